import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { and, eq } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";

import { db } from "@/db/client";
import { auditEntries, broadcasts } from "@/db/schema";
import { listRecordKeys } from "@/domain/audit/checkpoint";
import { proofText } from "@/domain/audit/proof";
import { asJob, type Person } from "@/domain/context";
import { readTellingProof } from "@/domain/evidence/take-evidence";
import { packBundle, unpackBundle } from "@/lib/bundle-zip";
import { check, checkBundle } from "@/lib/check-proof";
import { provide } from "@/lib/env";
import { hashOf, sha256Hex } from "@/lib/hash";
import { inRoot } from "@/lib/paths";
import { checkTimeStamp, readCertificates } from "@/lib/time-stamp";
import { renderWaiting } from "@/jobs/deliver-mails";
import { stampRecord } from "@/jobs/keep-sealing";
import { startTsa } from "@/stand-ins/tsa/start";
import { translator } from "@/messages/translator";
import { giveAnswer } from "@/tests/support/answers";
import { prepareAll } from "@/tests/support/broadcasts";
import { acting, beijing } from "@/tests/support/context";
import { givenAccount, givenMember, givenStaff } from "@/tests/support/people";
import { givenApproved, givenInForce, MAJOR_CHANGE } from "@/tests/support/policies";
import { givenSigner, seal } from "@/tests/support/sealed-record";

import { evidenceBundle } from "./evidence-bundle";

/** In a bundle of some hundred kilobytes, so many bytes are each made another. */
const MUTANTS = Number(process.env["MUTANTS"] ?? 40);
const LATER = "2026-03-25 09:00";

let about = { broadcastId: "", accountId: "" };
let [auditor, owner, stranger]: Person[] = [];
let zip: Uint8Array = new Uint8Array();
let keys: string[] = [];

const taken = async (by: Person | undefined, at = LATER) => {
  if (!by) throw new Error("nobody takes it");
  return (await evidenceBundle(acting(by, at), about)).bytes;
};
const text = (bytes: Uint8Array | undefined) => new TextDecoder().decode(bytes);
const bytesOf = (words: string) => new TextEncoder().encode(words);

beforeAll(async () => {
  const desk = await givenInForce();
  const account = await givenAccount({ productId: desk.productId });
  owner = await givenMember(account.id, "owner");
  stranger = await givenMember((await givenAccount({ productId: desk.productId })).id, "owner");
  auditor = await givenStaff("auditor");
  const version = await givenApproved(desk, MAJOR_CHANGE);
  await prepareAll(beijing(LATER));
  await renderWaiting(asJob("deliver-mails", beijing(LATER)));
  await giveAnswer(owner, version, { accountId: account.id });
  await seal(givenSigner(), beijing(LATER));
  const [telling] = await db
    .select({ id: broadcasts.id })
    .from(broadcasts)
    .where(and(eq(broadcasts.subjectId, version.id), eq(broadcasts.kind, "policy_change")));
  about = { broadcastId: telling?.id ?? "", accountId: account.id };
  zip = await taken(auditor);
  keys = (await listRecordKeys(acting(auditor, LATER), {})).map(({ publicKey }) => publicKey);
});

test("of an account that was not told, who audits takes a bundle that says so and why; its members do not", async () => {
  const elsewhere = await givenAccount({ name: "不用这个产品的公司" });
  const of = { broadcastId: about.broadcastId, accountId: elsewhere.id };
  const member = await givenMember(elsewhere.id, "owner");
  await expect(evidenceBundle(acting(member, LATER), of)).rejects.toThrow("errors.notFound");
  const { files } = await unpackBundle((await evidenceBundle(acting(auditor!, LATER), of)).bytes);
  expect(await checkBundle(files, keys)).toMatchObject({ fault: null, isKnown: true });
  const readme = text(files.get("README.md"));
  expect(readme).toContain("不用这个产品的公司");
  expect(readme).toContain("没有被告知");
  expect(readme).toContain("was not told");
  expect(readme).toContain(translator("zh-CN", "broadcasts")("selection.notTold"));
  expect(JSON.parse(text(files.get("told/deliveries.json")))).toMatchObject({ deliveries: [] });
  expect(JSON.parse(text(files.get("told/selection.json")))).toMatchObject({
    ...{ isTold: false, isSelected: false },
  });
  expect([...files.keys()].filter((file) => file.startsWith("told/mail"))).toEqual([]);
});

test("a bundle holds by itself: text and facts as sealed, the answer, every way of every copy", async () => {
  const { files, byte } = await unpackBundle(zip);
  expect(byte).toBeNull();
  const found = await checkBundle(files, keys);
  expect(found).toMatchObject({ fault: null, isKnown: true });
  expect(found.list?.sealed.map(({ file }) => file)).toEqual([
    "told/facts.json",
    "told/shown.zh-CN.json",
    "version/content.json",
  ]);
  const shown = JSON.parse(text(files.get("told/shown.zh-CN.json")));
  expect(shown).toMatchObject({
    mail: { html: text(files.get("told/mail.zh-CN.html")) },
    message: { title: expect.stringContaining("2.0") },
    popup: { changes: [{ text: expect.any(String) }] },
  });
  expect(JSON.parse(text(files.get("told/selection.json")))).toMatchObject({
    ...{ isSelected: true, isTold: true, apps: [{ leftOut: null }] },
  });
  const actions = [...found.proofs.values()].map(({ proof }) => proof.entry.action);
  expect(actions).toEqual(
    expect.arrayContaining(["version.approved", "broadcast.started", "acknowledgement.given"]),
  );
  const { deliveries } = JSON.parse(text(files.get("told/deliveries.json")));
  expect(deliveries).toHaveLength(2);
  expect(deliveries[0]).toMatchObject({ person: { id: owner?.id }, address: expect.any(String) });
  expect(await checkBundle(files, ["another"])).toMatchObject({ fault: null, isKnown: false });
});

test("that it was told is proved by itself, to members of the account and to auditors alone", async () => {
  if (!owner || !auditor || !stranger) throw new Error("nobody asks");
  const proof = await readTellingProof(acting(owner, LATER), about);
  const bytes = bytesOf(proofText(proof!.file));
  const found = await check(bytes, keys);
  expect(found).toMatchObject({ fault: null, isKnown: true });
  const { files } = await unpackBundle(zip);
  const facts: unknown = JSON.parse(text(files.get("told/facts.json")));
  expect(found.proof).toMatchObject({
    entry: { action: "broadcast.started" },
    what: { value: { after: { factsHash: hashOf(facts) } } },
  });
  expect(await readTellingProof(acting(auditor, LATER), about)).toEqual(proof);
  for (const ctx of [acting(stranger, LATER), acting(auditor, LATER)])
    await expect(
      readTellingProof(ctx, { ...about, accountId: crypto.randomUUID() }),
    ).rejects.toMatchObject({ code: "not_found" });
  await expect(readTellingProof(acting(stranger, LATER), about)).rejects.toMatchObject({
    code: "not_found",
  });
});

test("who took it, and which, is on the record", async () => {
  const { files } = await unpackBundle(zip);
  const [entry] = await db
    .select()
    .from(auditEntries)
    .where(eq(auditEntries.action, "evidence.taken"))
    .orderBy(auditEntries.seq);
  expect(entry).toMatchObject({
    ...{ actorId: auditor?.id, subjectId: about.broadcastId },
    after: {
      accountId: about.accountId,
      manifestHash: sha256Hex(text(files.get("manifest.json"))),
    },
  });
});

test("its members see no address and no work of operations; other accounts find nothing", async () => {
  const { files } = await unpackBundle(await taken(owner));
  expect(await checkBundle(files, keys)).toMatchObject({ fault: null });
  const all = [...files].map(([, bytes]) => text(bytes)).join("\n");
  expect(all).not.toContain(owner?.email);
  expect([...files.keys()].join()).not.toContain("version.submitted");
  await expect(taken(stranger)).rejects.toMatchObject({ code: "not_found" });
});

test(`${MUTANTS} zips with one byte changed are refused, and the place is named`, async () => {
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
});

const CHANGES: Record<string, [file: string, part: string, to: (was: string) => string | null]> = {
  "a file is left out": ["told/facts.json", "missing", () => null],
  "a delivery is better than it was": [
    ...(["told/deliveries.json", "hash"] as const),
    (was) => was.replace('"placed"', '"delivered"'),
  ],
  "a proof names another": ["proofs/001-version.submitted.json", "text", (was) => `${was} `],
  "the list says that a file is sealed which is not there": [
    ...(["manifest.json", "shape"] as const),
    (was) => was.replace('"file": "told/', '"file": "tell/'),
  ],
  "the list names another form": [
    ...(["manifest.json", "shape"] as const),
    (was) => was.replace("gaozhi-bundle/1", "gaozhi-bundle/2"),
  ],
};

test.each(Object.entries(CHANGES))("what was changed is named: %s", async (_, [file, part, to]) => {
  const { files } = await unpackBundle(zip);
  const name = [...files.keys()].find((one) => one === file) ?? proofAmong(files);
  const changed = to(text(files.get(name)));
  if (changed === null) files.delete(name);
  else files.set(name, bytesOf(changed));
  expect((await checkBundle(files, keys)).fault).toMatchObject({ file: name, part });
});

test("an authority's time stands in it, bound to the proofs; a stamp of something else is named", async () => {
  if (!auditor) throw new Error("nobody asks");
  const at = new Date(Math.floor(Date.now() / 1000) * 1000);
  const tsa = await startTsa({ now: () => at });
  const chain = path.join(fs.mkdtempSync(path.join(os.tmpdir(), "gaozhi-tsa-")), "chain.pem");
  fs.writeFileSync(chain, tsa.chain);
  provide({ RECORD_TSA_URL: tsa.url, RECORD_TSA_CHAIN_FILE: chain });
  await stampRecord(beijing(LATER));
  const stamped = await taken(auditor);
  provide({ RECORD_TSA_URL: "", RECORD_TSA_CHAIN_FILE: "" });
  await tsa.close();

  const { files } = await unpackBundle(stamped);
  const found = await checkBundle(files, keys);
  const said = at.toISOString().replace(".000Z", "Z");
  const count = found.proofs.size;
  expect(found).toMatchObject({ fault: null, stamps: [{ at: said, proofs: count }] });
  const file = found.stamps[0]?.file ?? "";
  const token = Buffer.from(files.get(file) ?? []);
  const note = text(files.get(file.replace("tst", "txt")));
  expect(await checkTimeStamp(token, { text: note, roots: readCertificates(tsa.chain) })).toEqual(
    at,
  );
  expect(text(files.get("time-stamps/authority.pem"))).toBe(tsa.chain);
  expect(text(files.get("README.md")).match(/openssl ts -verify/g)).toHaveLength(2);

  // The list may be written anew by whoever changes a file; the stamp is of its note all the same.
  const other = file.replace("tst", "txt");
  const changed = `${note}\n`;
  const list = JSON.parse(text(files.get("manifest.json")));
  for (const one of list.files) if (one.path === other) one.sha256 = sha256Hex(changed);
  files.set(other, bytesOf(changed));
  files.set("manifest.json", bytesOf(`${JSON.stringify(list, null, 2)}\n`));
  expect((await checkBundle(files, keys)).fault).toMatchObject({ file, part: "stamp" });
});

test("a text that was changed together with the list is not the sealed one", async () => {
  const { files } = await unpackBundle(zip);
  const content = JSON.parse(text(files.get("version/content.json")));
  content.texts["zh-CN"] += "又及。";
  const changed = `${JSON.stringify(content, null, 2)}\n`;
  const list = JSON.parse(text(files.get("manifest.json")));
  for (const one of list.files)
    if (one.path === "version/content.json") one.sha256 = sha256Hex(changed);
  files.set("version/content.json", bytesOf(changed));
  files.set("manifest.json", bytesOf(`${JSON.stringify(list, null, 2)}\n`));
  expect((await checkBundle(files, keys)).fault).toMatchObject({
    ...{ file: "version/content.json", part: "sealed" },
  });
  expect((await unpackBundle(await packBundle(files))).byte).toBeNull();
});

test("verify-bundle.mjs says the same of the unpacked folder, and loads verify.mjs alone", async () => {
  const source = fs.readFileSync(inRoot("public", "verify-bundle.mjs"), "utf8");
  expect(source.split("\n").length - 1).toBeLessThanOrEqual(150);
  expect([...source.matchAll(/from "(.*)"/g)].map(([, name]) => name)).toEqual(["./verify.mjs"]);
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "gaozhi-bundle-"));
  const { files } = await unpackBundle(zip);
  for (const [name, bytes] of files) {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    fs.writeFileSync(path.join(folder, name), bytes);
  }
  const run = () =>
    spawnSync(process.execPath, ["verify-bundle.mjs", ".", "keys.json"], {
      cwd: folder,
      encoding: "utf8",
    });
  expect(run()).toMatchObject({ status: 0, stdout: expect.stringContaining("✓"), stderr: "" });
  fs.appendFileSync(path.join(folder, "README.md"), "又及。");
  expect(run()).toMatchObject({ status: 1, stdout: expect.stringContaining("README.md") });
});

function proofAmong(files: Map<string, Uint8Array>): string {
  return [...files.keys()].find((name) => name.startsWith("proofs/")) ?? "";
}
