import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { eq } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";

import { db } from "@/db/client";
import { auditEntries } from "@/db/schema";
import { listRecordKeys } from "@/domain/audit/checkpoint";
import { openList } from "@/domain/evidence/list-entries";
import type { Context } from "@/domain/context";
import { check, checkList } from "@/lib/check-proof";
import { inRoot } from "@/lib/paths";
import { acting } from "@/tests/support/context";
import { givenStaff } from "@/tests/support/people";
import { appendEntries, givenSigner, seal } from "@/tests/support/sealed-record";
import { canVerifyInPython, verifyInPython } from "@/tests/support/verify-python";

import { askedFilter, listedLines, listedProofs } from "./entry-list";

/** More than one part of it. */
const ENTRIES = 230;
let [auditor, keys, bytes]: [Context, string[], Uint8Array] = [{} as Context, [], new Uint8Array()];

const filter = askedFilter(new URLSearchParams({ action: "account.edited", page: "nonsense" }));
const proofs = async (asked = filter) => Buffer.concat(await all(listedProofs(auditor, asked)));

async function all<Piece>(pieces: AsyncGenerator<Piece>): Promise<Piece[]> {
  const taken: Piece[] = [];
  for await (const piece of pieces) taken.push(piece);
  return taken;
}

beforeAll(async () => {
  await appendEntries(ENTRIES);
  await seal(givenSigner());
  auditor = acting(await givenStaff("auditor"), "2026-03-02 12:01");
  keys = (await listRecordKeys(auditor, {})).map(({ publicKey }) => publicKey);
  bytes = await proofs();
});

test("what the page lists is taken as a list of proofs, each of which holds, the newest first", async () => {
  const found = await checkList(bytes, keys);
  expect(found).toMatchObject({ fault: null, isKnown: true });
  expect(found.proofs).toHaveLength(ENTRIES);
  const seqs = (found.proofs ?? []).map(({ proof }) => proof.entry.seq);
  expect(seqs).toEqual(seqs.toSorted((one, other) => other - one));
  const [one] = JSON.parse(Buffer.from(bytes).toString()) as unknown[];
  expect(await check(textOf(one), keys)).toMatchObject({ fault: null, isKnown: true });
  expect((await checkList(bytes, ["another"])).isKnown).toBe(false);
  expect(await checkList(await proofs({ ...filter, entry: 999_999 }), keys)).toMatchObject({
    ...{ fault: null, proofs: [] },
  });
});

const textOf = (value: unknown) => new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`);

test("a byte that was changed anywhere in it is refused, and every program names the same proof and part", async () => {
  const [wrong, said]: [Uint8Array[], string[]] = [[], []];
  for (let n = 0; n < 24; n += 1) {
    const mutant = Uint8Array.from(bytes);
    const at = Math.floor((n * bytes.length) / 24) + 3 * n;
    mutant[at] = (mutant[at] ?? 0) ^ (1 << (n % 8));
    const { fault } = await checkList(mutant, keys);
    expect(fault, `byte ${at}`).not.toBeNull();
    wrong.push(mutant);
    said.push(fault?.number ? `${fault.part}:${fault.number}` : (fault?.part ?? ""));
  }
  const list = JSON.parse(Buffer.from(bytes).toString()) as { what: { value: unknown } }[];
  list[140]!.what.value = { after: { name: "乙" }, before: null };
  const forged = textOf(list);
  const { fault } = await checkList(forged, keys);
  expect(fault).toMatchObject({ part: "what", number: 141 });
  expect(Buffer.from(forged.slice(fault?.byte)).toString()).toMatch(/^ {2}\{\n {4}"format"/);
  if (canVerifyInPython) {
    expect(verifyInPython([bytes, forged, ...wrong], keys)).toEqual(["ok", "what:141", ...said]);
  }
});

test("verify-list.mjs says so on the command line", () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "gaozhi-list-"));
  fs.writeFileSync(path.join(folder, "entries.json"), bytes);
  const run = () =>
    spawnSync(process.execPath, [inRoot("public", "verify-list.mjs"), "entries.json"], {
      ...{ cwd: folder, encoding: "utf8" },
    });
  expect(run()).toMatchObject({ status: 0, stdout: expect.stringContaining("✓") });
  const wrong = Buffer.from(bytes).toString().replace("甲", "乙");
  fs.writeFileSync(path.join(folder, "entries.json"), wrong);
  expect(run()).toMatchObject({ status: 1, stdout: expect.stringContaining("number: 1") });
});

test("the table names nobody, holds what is not sealed yet, and who takes either is on record", async () => {
  await openList(auditor, { filter: { ...filter, from: "2026-03-01" } });
  const [entry] = await db
    .select()
    .from(auditEntries)
    .where(eq(auditEntries.action, "evidence.opened"));
  expect(entry).toMatchObject({
    ...{ subjectType: "record", subjectId: "list" },
    after: { accountId: null, from: "2026-03-01", to: null },
  });
  const lines = (await all(listedLines(auditor, askedFilter(new URLSearchParams())))).flat();
  expect(lines.find(([number]) => number === String(entry?.seq))).toEqual([
    ...[String(entry?.seq), "", entry?.at.toISOString(), "evidence.opened"],
    ...["person", entry?.actorId, "record", "list"],
  ]);
  expect(lines.filter(([, place]) => place !== "").length).toBeGreaterThanOrEqual(ENTRIES);
  const support = acting(await givenStaff("support"), "2026-03-02 12:01");
  await expect(openList(support, { filter })).rejects.toMatchObject({ code: "not_allowed" });
  await expect(all(listedProofs(support, filter))).rejects.toMatchObject({ code: "not_allowed" });
  await expect(all(listedLines(support, filter))).rejects.toMatchObject({ code: "not_allowed" });
});
