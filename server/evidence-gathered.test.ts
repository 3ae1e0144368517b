import { and, eq, inArray } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";

import { db } from "@/db/client";
import { apps, auditEntries, broadcasts, requestMessages, requestReceipts } from "@/db/schema";
import type { EvidenceScope } from "@/db/vocabulary/evidence";
import { listRecordKeys } from "@/domain/audit/checkpoint";
import type { Person } from "@/domain/context";
import { readEvidence, readTellingProof } from "@/domain/evidence/take-evidence";
import { type BundleFiles, unpackBundle } from "@/lib/bundle-zip";
import { checkBundle } from "@/lib/check-proof";
import { hashOf, sha256Hex } from "@/lib/hash";
import { seal as sealText } from "@/lib/seal";
import { giveAnswer } from "@/tests/support/answers";
import { prepareAll, renderPlainly } from "@/tests/support/broadcasts";
import { acting, beijing } from "@/tests/support/context";
import { givenIncident, givenNotice, markedParts, published } from "@/tests/support/notices";
import { givenAccount, givenMember, givenStaff } from "@/tests/support/people";
import { givenApproved, givenInForce, MAJOR_CHANGE } from "@/tests/support/policies";
import {
  givenApproval,
  givenProposal,
  givenRequest,
  givenRequestDesk,
  givenTaken,
} from "@/tests/support/requests";
import { givenSigner, seal } from "@/tests/support/sealed-record";

import { gatherEvidence } from "./evidence-gathered";
import { streamDownload } from "./file-download";

/** In a bundle of some hundred kilobytes, so many bytes are each made another. */
const MUTANTS = Number(process.env["MUTANTS"] ?? 30);
const LATER = "2026-03-25 09:00";

type Asked = { scope: EvidenceScope; id: string; from?: string; to?: string };
type Given = Awaited<ReturnType<typeof given>>;
let story: Given;

/** Two accounts told of a change, one of which answered, and a request that was answered. */
async function given() {
  const desk = await givenInForce();
  const { id: accountId } = await givenAccount({ productId: desk.productId });
  const owner = await givenMember(accountId, "owner");
  const other = await givenAccount({ productId: desk.productId });
  const stranger = await givenMember(other.id, "owner");
  const auditor = await givenStaff("auditor");
  const version = await givenApproved(desk, MAJOR_CHANGE);
  await prepareAll(beijing(LATER));
  await renderPlainly(beijing(LATER));
  await giveAnswer(owner, version, { accountId });
  const cases = await givenRequestDesk();
  const request = await givenRequest(cases.requester.id, { type: "consult" });
  await givenTaken(request, cases.handler);
  const { decisionId } = await givenProposal(request, cases.handler, {
    ...{ decision: "refused", code: "R-a" },
  });
  await givenApproval(request, cases.approver, decisionId);
  await seal(givenSigner(), beijing(LATER));
  const [telling] = await db
    .select({ id: broadcasts.id })
    .from(broadcasts)
    .where(and(eq(broadcasts.subjectId, version.id), eq(broadcasts.kind, "policy_change")));
  const [app] = await db.select().from(apps).where(eq(apps.accountId, accountId));
  const keys = await listRecordKeys(acting(auditor, LATER), {});
  return {
    ...{
      accountId,
      owner,
      stranger,
      auditor,
      request,
      requester: cases.requester,
      handler: cases.handler,
    },
    ...{ broadcastId: telling?.id ?? "", appId: app?.id ?? "", productId: desk.productId },
    keys: keys.map(({ publicKey }) => publicKey),
  };
}

beforeAll(async () => {
  story = await given();
});

async function zipFor(by: Person, asked: Asked): Promise<Uint8Array> {
  const { name, pieces } = await gatherEvidence(acting(by, LATER), asked);
  const answer = streamDownload({ name, mediaType: "application/zip", pieces });
  return new Uint8Array(await answer.arrayBuffer());
}

async function taken(by: Person, asked: Asked) {
  const { files, byte } = await unpackBundle(await zipFor(by, asked));
  expect(byte).toBeNull();
  const found = await checkBundle(files, story.keys);
  expect(found).toMatchObject({ fault: null, isKnown: true });
  const actions = [...found.proofs.values()].map(({ proof }) => proof.entry.action);
  return { files, actions, sealed: found.list?.sealed.map(({ file }) => file) ?? [] };
}

const text = (bytes: Uint8Array | undefined) => new TextDecoder().decode(bytes);
const all = (files: BundleFiles) => [...files].map(([, bytes]) => text(bytes)).join("\n");
const pathIn = (files: BundleFiles, end: string) =>
  [...files.keys()].find((path) => path.endsWith(end));

describe("what is gathered holds by itself, with text, facts and answers as they were sealed", () => {
  test("of an account, for its members: what it was told and did, without addresses", async () => {
    const { accountId, owner, stranger } = story;
    const { files, actions, sealed } = await taken(owner, { scope: "account", id: accountId });
    expect(sealed).toEqual([
      "tellings/0001-policy_change/facts.json",
      "versions/0001/content.json",
    ]);
    expect(actions).toEqual(
      expect.arrayContaining(["version.approved", "broadcast.started", "acknowledgement.given"]),
    );
    expect(actions).not.toContain("version.submitted");
    const told = text(files.get("tellings/0001-policy_change/deliveries-0001.json"));
    expect(JSON.parse(told).deliveries).toHaveLength(2);
    expect(all(files)).not.toContain(owner.email);
    expect(all(files)).not.toContain(stranger.id);
  });

  test("of an account, for auditors: all of it", async () => {
    const { accountId, auditor, owner } = story;
    const { files, actions } = await taken(auditor, { scope: "account", id: accountId });
    expect(actions).toContain("version.submitted");
    const [head = "", ...lines] = text(files.get("entries.csv")).trim().split("\r\n");
    expect(head).toContain("proof,place,number,at,action");
    expect(lines).toHaveLength(actions.length);
    for (const line of lines) expect(files.has(line.split(",")[0] ?? "")).toBe(true);
    expect(all(files)).toContain(owner.email);
  });

  test("of a telling: every recipient", async () => {
    const { broadcastId, auditor, owner, stranger } = story;
    const { files, sealed } = await taken(auditor, { scope: "broadcast", id: broadcastId });
    expect(sealed).toContain("versions/0001/content.json");
    const { deliveries } = JSON.parse(text(files.get(pathIn(files, "deliveries-0001.json") ?? "")));
    const people = new Set(deliveries.map(({ person }: { person: { id: string } }) => person.id));
    expect([...people]).toEqual(expect.arrayContaining([owner.id, stranger.id]));
  });

  test("of a request, for its requester: each answer, word for word as it was sealed", async () => {
    const { request, requester } = story;
    const { files, actions, sealed } = await taken(requester, {
      ...{ scope: "request", id: request.id },
    });
    expect(sealed).toContain("answers/01.json");
    expect(JSON.parse(text(files.get("answers/01.json")))).toMatchObject({
      ...{ number: request.number, decision: "refused" },
    });
    expect(actions).toContain("request.answered");
    expect(actions).not.toContain("request.proposed");
  });

  test("of days: what was sealed and told within them, and nothing else", async () => {
    const { auditor } = story;
    const days = { scope: "record", id: "all", from: "2026-03-01", to: "2026-03-31" } as const;
    const { files, actions } = await taken(auditor, days);
    expect(actions).toContain("acknowledgement.given");
    expect(JSON.parse(text(files.get("manifest.json")))).toMatchObject({
      about: { scope: "record", from: "2026-03-01", to: "2026-03-31" },
      next: null,
    });
    const none = { ...days, from: "2020-01-01", to: "2020-01-01" };
    expect((await taken(auditor, none)).actions).toEqual([]);
  });

  test("of an app: its own entries", async () => {
    const { appId, owner } = story;
    expect((await taken(owner, { scope: "app", id: appId })).files.has("keys.json")).toBe(true);
  });
});

test("who began to take it and which bundle it was is on the record", async () => {
  const { accountId, owner } = story;
  const { files } = await taken(owner, { scope: "account", id: accountId, from: "2026-03-01" });
  const rows = await db
    .select()
    .from(auditEntries)
    .where(inArray(auditEntries.action, ["evidence.opened", "evidence.gathered"]))
    .orderBy(auditEntries.seq);
  const days = { accountId, from: "2026-03-01", to: null };
  const by = { actorId: owner.id, subjectType: "account", subjectId: accountId };
  expect(rows.slice(-2)).toMatchObject([
    { ...by, action: "evidence.opened", after: days },
    {
      ...by,
      action: "evidence.gathered",
      after: { ...days, manifestHash: sha256Hex(text(files.get("manifest.json"))) },
    },
  ]);
});

test("nobody takes what is another's, nor all recipients or the whole record without auditing", async () => {
  const { accountId, appId, broadcastId, request, owner, stranger } = story;
  const days = { from: "2026-03-25", to: "2026-03-25" };
  const refused: [Person, Asked][] = [
    [stranger, { scope: "account", id: accountId }],
    [stranger, { scope: "app", id: appId }],
    [stranger, { scope: "request", id: request.id }],
    [owner, { scope: "broadcast", id: broadcastId }],
    [owner, { scope: "record", id: "all", ...days }],
    [await givenStaff("support"), { scope: "account", id: accountId }],
  ];
  for (const [by, asked] of refused)
    await expect(zipFor(by, asked), asked.scope).rejects.toMatchObject({ code: "not_found" });
  const { auditor } = story;
  await expect(zipFor(auditor, { scope: "record", id: "all" })).rejects.toMatchObject({
    ...{ code: "invalid", fields: { from: ["errors.field.required"] } },
  });
  const backwards = { scope: "account", id: accountId, from: "2026-03-02", to: "2026-03-01" };
  await expect(zipFor(owner, backwards as Asked)).rejects.toMatchObject({ code: "invalid" });
});

test("P25: what is restricted is in nobody's bundle but theirs who were told, and auditors'", async () => {
  const { accountId, owner, auditor, productId } = story;
  const viewer = await givenMember(accountId, "viewer");
  const desk = {
    ...{ author: await givenStaff("author"), approver: await givenStaff("approver"), productId },
  };
  const mark = "机密标记";
  const incident = await givenIncident(desk, { visibility: "restricted", mark });
  const draft = await givenNotice(desk, {
    ...{ incidentId: incident.id, audience: { platforms: ["android"] } },
    ...markedParts(mark),
  });
  const { broadcastId } = await published(desk, draft, { typedPeople: 2 });
  await prepareAll(beijing(LATER));
  const asked = { scope: "account", id: accountId } as const;
  expect(all((await taken(owner, asked)).files)).toContain(mark);
  expect(all((await taken(auditor, asked)).files)).toContain(mark);
  expect(all((await taken(viewer, asked)).files)).not.toContain(mark);
  const about = { broadcastId: broadcastId ?? "", accountId };
  expect(await readTellingProof(acting(owner, LATER), about)).toBeNull();
  for (const read of [readTellingProof, readEvidence])
    await expect(read(acting(viewer, LATER), about)).rejects.toMatchObject({ code: "not_found" });
});

test("a receipt issued before it said as much is given word for word, so that its fingerprint holds", async () => {
  const { request, requester } = story;
  const facts = {
    ...{ receiptNumber: "D-2026-900001", requestNumber: request.number, type: "delete" },
    ...{ decision: "fulfilled", subjectCount: 1 },
    ...{ receivedAt: "2026-03-02T01:00:00.000Z", issuedAt: "2026-03-06T01:00:00.000Z" },
    stores: [{ store: "profile", action: "delete", doneAt: null, result: "1", holdReason: null }],
  };
  const factsHash = hashOf(facts);
  await db.insert(requestReceipts).values({
    ...{ number: facts.receiptNumber, requestId: request.id, facts, factsHash },
    issuedAt: beijing(LATER),
  });
  const { files } = await taken(requester, { scope: "request", id: request.id });
  expect(hashOf(JSON.parse(text(files.get("receipt.json"))))).toBe(factsHash);
});

test("P25: a request's own words stand in its bundle; its identifiers in the requester's alone, notes in nobody's", async () => {
  const { auditor, handler, requester } = story;
  const { id, number } = await givenRequest(requester.id);
  await db.insert(requestMessages).values(
    (["to_requester", "from_requester", "internal"] as const).map((direction, minute) => ({
      ...{ requestId: id, authorId: handler.id, direction },
      body: sealText(`${direction} 的话`, "request.message"),
      at: beijing(`2026-03-02 10:0${minute}`),
    })),
  );
  const asked = { scope: "request", id } as const;
  const { files: own } = await taken(requester, asked);
  const { files: audited } = await taken(auditor, asked);
  const said = { number, type: "delete", facts: "请删除我的聊天记录", subjectCount: 2 };
  const messages = [
    { isFromRequester: false, text: "to_requester 的话" },
    { isFromRequester: true, text: "from_requester 的话" },
  ];
  expect(JSON.parse(text(own.get("request.json")))).toMatchObject({
    ...{ ...said, messages, subjects: ["alice-0815", "bob-0816"] },
  });
  const seen = text(audited.get("request.json"));
  expect(JSON.parse(seen)).toMatchObject({ ...said, messages });
  expect(all(audited)).not.toContain("alice-0815");
  for (const files of [own, audited]) expect(all(files)).not.toContain("internal 的话");
});

test("staff who audit but handle no cases are refused a request's evidence, before a byte of it leaves", async () => {
  const { request, auditor, requester } = story;
  const asked = { scope: "request", id: request.id } as const;
  const begun = () => db.$count(auditEntries, eq(auditEntries.action, "evidence.opened"));
  const before = await begun();
  await expect(zipFor(await givenStaff("admin"), asked)).rejects.toMatchObject({
    code: "not_allowed",
  });
  expect(await begun()).toBe(before);
  expect((await taken(auditor, asked)).sealed).toContain("answers/01.json");
  // Whose own case it is takes what its requester may, whatever their office.
  for (const role of ["auditor", "admin"] as const) {
    const own = { ...requester, staffRoles: [role] };
    const { sealed, actions } = await taken(own, asked);
    expect(sealed).toContain("answers/01.json");
    expect(actions).not.toContain("request.proposed");
  }
});

test("a day beyond every calendar is refused where it was typed", async () => {
  const { accountId, owner } = story;
  for (const days of [{ to: "9999-12-31" }, { from: "0000-01-01" }])
    await expect(zipFor(owner, { scope: "account", id: accountId, ...days })).rejects.toMatchObject(
      {
        ...{ code: "invalid", fields: { [Object.keys(days)[0] ?? ""]: ["errors.field.date"] } },
      },
    );
});

test("a bundle that is broken off leaves its beginning on the record, and nothing is read on", async () => {
  const { accountId, owner } = story;
  const count = () => db.$count(auditEntries, eq(auditEntries.action, "evidence.gathered"));
  const before = await count();
  const { name, pieces } = await gatherEvidence(acting(owner, LATER), {
    ...{ scope: "account", id: accountId },
  });
  const { body } = streamDownload({ name, mediaType: "application/zip", pieces });
  const reader = body?.getReader();
  await reader?.read();
  await reader?.cancel();
  expect(await pieces.next()).toEqual({ done: true, value: undefined });
  expect(await count()).toBe(before);
});

test(
  `${MUTANTS} gathered zips with one byte changed are refused, and the place is named`,
  async () => {
    const { accountId, auditor, keys } = story;
    const zip = await zipFor(auditor, { scope: "account", id: accountId });
    for (let n = 0; n < MUTANTS; n += 1) {
      const at = Math.floor((n * zip.length) / MUTANTS);
      const mutant = Uint8Array.from(zip);
      mutant[at] = (mutant[at] ?? 0) ^ (1 << (n % 8));
      const fault = await unpackBundle(mutant).then(
        async ({ files, byte }) => (await checkBundle(files, keys)).fault ?? byte,
        () => "no zip",
      );
      expect(fault, `byte ${at}`).not.toBeNull();
    }
  },
  60_000 + MUTANTS * 500,
);
