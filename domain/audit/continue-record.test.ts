import { sql } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";

import type { RecordSigner } from "@/lib/record-key";
import { signCheckpoint } from "@/lib/signed-note";
import { beijing } from "@/tests/support/context";
import { asOwner } from "@/tests/support/owner";
import { resetDatabase } from "@/tests/support/reset-database";
import { appendEntries, givenSigner, seal } from "@/tests/support/sealed-record";

import { asJob } from "../context";
import { examineRecord } from "./check-record";
import { continueRecord, keyOf, recordName } from "./seal-record";

beforeEach(resetDatabase);

const job = asJob("continue-record", beijing("2026-03-02 15:00"));
const examine = (notes: string[]) => examineRecord(job, { notes });

const pastTriggers = (statements: readonly string[]) =>
  asOwner((owner) =>
    owner.transaction(async (tx) => {
      await tx.execute(sql`set local session_replication_role = replica`);
      for (const statement of statements) await tx.execute(sql.raw(statement));
    }),
  );

/** Two checkpoints over the record, of which the later one is lost, as by a restore to between them. */
async function givenRestored(): Promise<ReturnType<typeof givenSigner> & RecordSigner> {
  const signer = givenSigner();
  await appendEntries(20);
  await seal(signer);
  const tables = ["audit_entries", "audit_leaves", "audit_tiles", "audit_checkpoints"];
  await asOwner(async (owner) => {
    for (const table of tables)
      await owner.execute(sql.raw(`create table kept_${table} as table ${table}`));
  });
  await appendEntries(7);
  await seal(signer);
  await pastTriggers(
    tables.flatMap((table) => [
      `delete from ${table}`,
      `insert into ${table} select * from kept_${table}`,
      `drop table kept_${table}`,
    ]),
  );
  return signer;
}

test("after a restore the record goes on under a new key, and says itself what it has lost", async () => {
  const before = await givenRestored();
  // The worker begins again: what it seals takes the lost places, and it signs none of it.
  await appendEntries(3);
  expect(await seal(before)).toMatchObject({ state: "forked" });
  expect((await examine(before.notes)).faults).toMatchObject([{ kind: "shortened" }]);

  const gone = { from: 21, entries: 7 };
  expect(await continueRecord(job, { signer: before })).toEqual({ state: "continued", ...gone });
  const after = givenSigner();
  expect(await seal(after, job.now)).toMatchObject({ state: "signed" });
  await appendEntries(10);
  await seal(after, job.now);

  const check = await examine([...before.notes, ...after.notes]);
  expect(check.faults).toEqual([]);
  expect(check.gaps).toMatchObject([gone]);
  expect(await seal(before)).toMatchObject({ state: "retired" });
});

test("what is said to be lost covers nothing else: a change before it, or what the key before signs later", async () => {
  const before = await givenRestored();
  await continueRecord(job, { signer: before });
  const after = givenSigner();
  await appendEntries(20);
  await seal(after, job.now);

  const later = {
    origin: recordName(),
    size: 24,
    root: Buffer.alloc(32),
    sealedAt: laterThan(job),
  };
  const note = signCheckpoint(later, keyOf(before), before.privateKey);
  expect((await examine([...before.notes, note])).faults).toMatchObject([{ kind: "rewritten" }]);

  await pastTriggers([
    `update audit_entries set after = '{"name":"乙"}'
     where seq = (select seq from audit_leaves where place = 20)`,
  ]);
  expect((await examine(before.notes)).faults).toMatchObject([{ kind: "changed", place: 20 }]);
});

const laterThan = ({ now }: { now: Date }) => new Date(now.getTime() + 1);

test("a record that nothing is missing from is left as it is", async () => {
  const signer = givenSigner();
  await expect(continueRecord(job, { signer })).rejects.toThrow(/nothing was signed/);
  await appendEntries(5);
  await seal(signer);
  expect(await continueRecord(job, { signer })).toMatchObject({ state: "whole" });
  await appendEntries(5);
  expect(await continueRecord(job, { signer })).toMatchObject({ state: "whole" });
});
