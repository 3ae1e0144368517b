import { eq, inArray } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";

import { db } from "@/db/client";
import { accounts, accountSyncLines } from "@/db/schema";
import { findSyncRun } from "@/domain/accounts/find-sync-run";
import { listSyncs } from "@/domain/accounts/list-syncs";
import { NotAllowed } from "@/domain/errors";
import { syncAccounts } from "@/jobs/due";
import { acting } from "@/tests/support/context";
import { mailed } from "@/tests/support/memberships";
import { givenProduct, givenStaff } from "@/tests/support/people";
import { recordLength, recordOf } from "@/tests/support/record";
import { givenToken } from "@/tests/support/tickets";

import { getSync, postSync } from "./account-sync-api";

let issued = 820_000_000_000;
let number = 1_700_000_000;
let token = "";
let product = "";

beforeAll(async () => {
  ({ token } = await givenToken({ scopes: ["accounts_read", "accounts_write"] }));
  product = (await givenProduct()).slug;
});

type Said = Record<string, unknown> & { uin: string };

const said = (change: Record<string, unknown> = {}): Said => {
  const uin = String(issued++);
  return {
    ...{ uin, revision: 1, name: `公司 ${uin}` },
    members: [{ email: `o-${uin}@bulk.example`, name: "所有者", role: "owner" }],
    apps: [
      {
        ...{ sdkAppId: String(number++), name: "应用", product },
        platforms: { ios: { sdkVersion: "8.1.0" } },
      },
    ],
    ...change,
  };
};
const bodyOf = (lines: readonly unknown[]) =>
  lines.map((one) => (typeof one === "string" ? one : JSON.stringify(one))).join("\n");

type Sending = { query?: string; key?: string; type?: string };

async function send(
  body: string,
  { query = "", key, type = "application/x-ndjson" }: Sending = {},
) {
  const bytes = new TextEncoder().encode(body);
  // In pieces that end anywhere, as a network brings them.
  const pieces = new ReadableStream<Uint8Array>({
    start(controller) {
      for (let at = 0; at < bytes.length; at += 7000)
        controller.enqueue(bytes.subarray(at, at + 7000));
      controller.close();
    },
  });
  const request = new Request(`http://localhost:3000/api/v1/account-syncs${query}`, {
    method: "POST",
    headers: {
      ...{ authorization: `Bearer ${token}`, "content-type": type },
      ...(key && { "idempotency-key": key }),
    },
    body: pieces,
    duplex: "half",
  } as RequestInit);
  const response = await postSync(request);
  const answer = (await response.json()) as { id: string } & Record<string, unknown>;
  return { status: response.status, headers: response.headers, answer };
}

async function read(id: string) {
  const request = new Request(`http://localhost:3000/api/v1/account-syncs/${id}`, {
    headers: { authorization: `Bearer ${token}`, "accept-language": "en" },
  });
  const response = await getSync(request, { params: Promise.resolve({ id }) });
  return (await response.json()) as Record<string, unknown>;
}

/** Sends a bulk and lets the worker carry it out. */
async function sync(lines: readonly unknown[], sending: Sending = {}) {
  const { answer } = await send(bodyOf(lines), sending);
  await syncAccounts(new Date());
  return { id: answer.id, ...(await read(answer.id)) };
}

const countOf = (lines: readonly Said[]) =>
  db.$count(
    accounts,
    inArray(
      accounts.uin,
      lines.map(({ uin }) => uin),
    ),
  );

describe("POST /api/v1/account-syncs", () => {
  test("1,203 accounts in one call are entered by the worker; the same call again changes nothing", async () => {
    const lines = Array.from({ length: 1203 }, () => said());
    const sent = await send(bodyOf(lines));
    expect([sent.status, sent.answer.state, sent.answer.lines]).toEqual([202, "waiting", 1203]);
    expect(sent.headers.get("location")).toBe(`/api/v1/account-syncs/${sent.answer.id}`);
    await syncAccounts(new Date());
    expect(await read(sent.answer.id)).toMatchObject({
      ...{ state: "done", lines: 1203, linesDone: 1203, added: 1203, changed: 0, unchanged: 0 },
      ...{ problemCount: 0, problems: [] },
    });
    expect(await countOf(lines)).toBe(1203);
    expect(await recordOf(sent.answer.id)).toEqual(["account.imported"]);
    expect(await db.$count(accountSyncLines, eq(accountSyncLines.syncId, sent.answer.id))).toBe(0);

    const before = await recordLength();
    expect(await sync(lines)).toMatchObject({
      state: "done",
      added: 0,
      changed: 0,
      unchanged: 1203,
    });
    expect(await recordLength()).toBe(before);
  });

  test("whoever it makes a member of an account that had some, or no member any more, is told; a dry run tells nobody", async () => {
    const [kept, left, newcomer] = ["k", "l", "n"].map((who) => ({
      ...{ email: `${who}-${issued}@bulk.example`, name: who, role: "owner" },
    }));
    const first = said({ members: [kept, left] });
    await sync([first]);
    const lines = [{ ...first, revision: 2, members: [kept, newcomer] }];
    const told = () => Promise.all([kept, left, newcomer].map((one) => mailed(one?.email ?? "")));
    await sync(lines, { query: "?dryRun=true" });
    expect(await told()).toEqual([[], [], []]);
    for (let n = 0; n < 2; n += 1) await sync(lines);
    expect(await told()).toEqual([[], ["member_removed zh-CN"], ["member_added zh-CN"]]);
  });

  test("one bad line in the middle is told by its number and place, and nothing of the call stands", async () => {
    const lines = Array.from({ length: 700 }, () => said());
    const known = said();
    await sync([known]);
    const bad = [...lines.slice(0, 350), said({ revision: 0 }), ...lines.slice(350)];
    const got = await sync([...bad, "{", { ...known, name: "改了" }]);
    expect(got).toMatchObject({ state: "refused", added: 700, problemCount: 3 });
    expect(got).toHaveProperty("problems", [
      { line: 351, uin: "", pointer: "/revision", detail: expect.stringMatching(/whole number/) },
      { line: 702, uin: "", pointer: "", detail: "This line is not JSON." },
      {
        ...{ line: 703, uin: known.uin, pointer: "/revision" },
        detail: expect.stringMatching(/^Revision 1 was synced before/),
      },
    ]);
    expect(await countOf(lines)).toBe(0);
    expect(await recordOf(got.id)).toEqual([]);

    const auditor = acting(await givenStaff("auditor"), "2026-11-29 12:00");
    const { rows: failed } = await listSyncs(auditor, { view: "failed" });
    expect(failed).toContainEqual(expect.objectContaining({ id: got.id, problemCount: 3 }));
    const run = await findSyncRun(auditor, { syncId: got.id });
    expect(run).toMatchObject({ token: expect.stringContaining("工单系统"), lines: 703 });
    expect(run.problems.rows.map(({ line, messageKey }) => [line, messageKey])).toEqual([
      [351, "accounts.errors.sync.revision"],
      [702, "accounts.errors.sync.notJson"],
      [703, "accounts.errors.sync.revisionReused"],
    ]);
    const support = acting(await givenStaff("support"), "2026-11-29 12:00");
    await expect(listSyncs(support, { view: "all" })).rejects.toThrow(NotAllowed);
    await expect(findSyncRun(support, { syncId: got.id })).rejects.toThrow(NotAllowed);
  });

  test("what lines contradict each other in is told at the later one", async () => {
    const [one, two, three] = [said(), said(), said()];
    const got = await sync([
      ...[one, two, three],
      { uin: one.uin, revision: 2, name: "再说一次" },
      said({ apps: two.apps }),
      said({ members: [{ ...(three.members as object[])[0], name: "别名" }] }),
    ]);
    expect(got).toMatchObject({
      ...{ state: "refused", problemCount: 3 },
      problems: [
        { line: 4, pointer: "/uin" },
        { line: 5, pointer: "/apps/0/sdkAppId" },
        { line: 6, pointer: "/members/0/name" },
      ],
    });
    expect(await countOf([one, two, three])).toBe(0);
  });

  test("a dry run tells what would be done and does none of it", async () => {
    const lines = [said(), said()];
    const got = await sync(lines, { query: "?dryRun=true" });
    expect(got).toMatchObject({ state: "checked", dryRun: true, added: 2, problemCount: 0 });
    expect(await countOf(lines)).toBe(0);
    expect(await recordOf(got.id)).toEqual([]);
  });

  test("under the same key the same body is the same bulk, another one 409", async () => {
    const body = bodyOf([said()]);
    const first = await send(body, { key: "nightly-1" });
    const again = await send(body, { key: "nightly-1" });
    expect(again.answer.id).toBe(first.answer.id);
    expect(again.headers.get("idempotency-replayed")).toBe("true");
    const other = await send(bodyOf([said()]), { key: "nightly-1" });
    expect([other.status, other.answer.code]).toEqual([409, "idempotency_key_used"]);
  });

  test("what is no bulk is refused at once, and its key stays free", async () => {
    const long = await send(`{"uin":"${"1".repeat(300_000)}"}`, { key: "free" });
    expect([long.status, long.answer.code]).toEqual([413, "too_large"]);
    expect((await send("{}", { type: "application/json" })).status).toBe(415);
    expect((await send(bodyOf([said()]), { key: "free" })).status).toBe(202);
    expect(await read("none")).toMatchObject({ status: 404 });
    expect(await read("00000000-0000-4000-8000-000000000000")).toMatchObject({ status: 404 });
    expect(await sync([""])).toMatchObject({ state: "done", lines: 0 });
  });
});
