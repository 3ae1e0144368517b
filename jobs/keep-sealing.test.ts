import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import { db } from "@/db/client";
import { auditTimeStamps } from "@/db/schema";
import { readSealing } from "@/domain/audit/checkpoint";
import { readEntryProof } from "@/domain/audit/proof";
import { readTimeStamps } from "@/domain/audit/stamp-record";
import { env, provide } from "@/lib/env";
import { keepTo, knownHosts } from "@/lib/outward";
import { checkTimeStamp, readCertificates } from "@/lib/time-stamp";
import { readCheckpoint } from "@/lib/signed-note";
import { startTsa } from "@/stand-ins/tsa/start";
import { acting, beijing } from "@/tests/support/context";
import { asOwner } from "@/tests/support/owner";
import { givenStaff } from "@/tests/support/people";
import { resetDatabase } from "@/tests/support/reset-database";
import { appendEntries, givenSigner, seal } from "@/tests/support/sealed-record";

import { stampRecord } from "./keep-sealing";

const chain = path.join(fs.mkdtempSync(path.join(os.tmpdir(), "gaozhi-tsa-")), "chain.pem");
/** The authority's own time, which is not ours. */
const THEIRS = new Date(Math.floor(Date.now() / 1000) * 1000);

let tsa: Awaited<ReturnType<typeof startTsa>>;
let signer = givenSigner();

beforeAll(async () => {
  tsa = await startTsa({ now: () => THEIRS });
  fs.writeFileSync(chain, tsa.chain);
});
afterAll(async () => {
  provide({ RECORD_TSA_URL: "", RECORD_TSA_CHAIN_FILE: "" });
  await tsa.close();
});
beforeEach(async () => {
  await resetDatabase();
  signer = givenSigner();
  tsa.faults.splice(0);
  tsa.seen.asked = 0;
  provide({ RECORD_TSA_URL: tsa.url, RECORD_TSA_CHAIN_FILE: chain });
});

async function sealMore(count: number): Promise<void> {
  await appendEntries(count);
  await seal(signer);
}
const stampAt = (moment: string) => stampRecord(beijing(moment));
const stamps = () => db.select().from(auditTimeStamps).orderBy(auditTimeStamps.size);
const sizes = async () => (await stamps()).map(({ size }) => size);

test("what was signed last gets an authority's time, once an hour at most, and never twice", async () => {
  await stampAt("2026-03-02 12:00");
  expect(tsa.seen.asked).toBe(0);
  await sealMore(4);
  await stampAt("2026-03-02 12:00");
  await sealMore(5);
  await stampAt("2026-03-02 12:59");
  expect(await sizes()).toEqual([5]);
  await stampAt("2026-03-02 13:00");
  await stampAt("2026-03-02 15:00");
  expect(await sizes()).toEqual([5, 10]);
  expect(tsa.seen.asked).toBe(2);
  provide({ RECORD_TSA_MINUTES: "2" });
  await sealMore(1);
  await stampAt("2026-03-02 13:03");
  provide({ RECORD_TSA_MINUTES: "60" });
  expect(await sizes()).toEqual([5, 10, 11]);

  const [kept] = await readTimeStamps(acting(await givenStaff("auditor"), "2026-03-02 16:00"), {
    sizes: [5],
  });
  if (!kept) throw new Error("no stamp was kept");
  expect(kept).toMatchObject({ authority: new URL(tsa.url).host, at: THEIRS });
  const roots = readCertificates(tsa.chain);
  expect(await checkTimeStamp(kept.token, { text: kept.note, roots })).toEqual(THEIRS);
  expect(readCheckpoint(kept.note)?.size).toBe(5);
});

test("an authority that is away, or whose word does not hold, is asked again with the next minute", async () => {
  await sealMore(2);
  for (const fault of [{ status: 500 }, "cut", "another root", "another text"] as const) {
    tsa.faults.push(fault);
    await stampAt("2026-03-02 12:00");
    expect(await sizes(), JSON.stringify(fault)).toEqual([]);
  }
  provide({ RECORD_TSA_CHAIN_FILE: `${chain}.gone` });
  await stampAt("2026-03-02 12:01");
  expect(await sizes()).toEqual([]);
  provide({ RECORD_TSA_CHAIN_FILE: chain });
  await stampAt("2026-03-02 12:02");
  expect(await sizes()).toEqual([3]);
});

test("no host is asked but the one that is set, and none where none is", async () => {
  await sealMore(1);
  // Another one, to which no connection stands open yet.
  const other = await startTsa();
  const keeping = keepTo(knownHosts(env()));
  provide({ RECORD_TSA_URL: other.url });
  await stampAt("2026-03-02 12:00");
  provide({ RECORD_TSA_URL: "", RECORD_TSA_CHAIN_FILE: "" });
  await stampAt("2026-03-02 12:00").finally(keeping);
  expect([other.seen.asked, tsa.seen.asked, await sizes()]).toEqual([0, 0, []]);
  await other.close();
});

test("an entry is proved against the first checkpoint that has a stamp, and one after it against the last", async () => {
  await sealMore(3);
  await sealMore(3);
  await stampAt("2026-03-02 12:00");
  await sealMore(3);
  const auditor = acting(await givenStaff("auditor"), "2026-03-02 16:00");
  const [early, late] = [
    await readEntryProof(auditor, { seq: 2 }),
    await readEntryProof(auditor, { seq: 9 }),
  ];
  expect(early).toMatchObject({ size: 7, stamp: { at: THEIRS } });
  expect(late).toMatchObject({ size: 10, stamp: null });
  expect(readCheckpoint(early.file.checkpoint)?.size).toBe(7);
  expect(await readSealing(auditor, {})).toMatchObject({
    last: { size: 10 },
    stamp: { size: 7, at: THEIRS, authority: new URL(tsa.url).host },
  });
});

test("a stamp is kept as it came: nobody changes it or takes it away", async () => {
  await sealMore(2);
  await stampAt("2026-03-02 12:00");
  for (const statement of [
    "update audit_time_stamps set at = now()",
    "delete from audit_time_stamps",
    "truncate audit_time_stamps",
  ])
    await expect(asOwner((owner) => owner.execute(statement))).rejects.toThrow();
  expect(await sizes()).toEqual([3]);
});
