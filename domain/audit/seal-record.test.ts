import { asc, eq, sql } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";

import { db } from "@/db/client";
import { auditCheckpoints, auditEntries, auditLeaves, auditQueue } from "@/db/schema";
import { rootByInclusion } from "@/lib/merkle";
import { isSignedBy, readCheckpoint } from "@/lib/signed-note";
import type { RecordSigner } from "@/lib/record-key";
import { beijing } from "@/tests/support/context";
import { resetDatabase } from "@/tests/support/reset-database";
import { appendEntries as append, givenSigner } from "@/tests/support/sealed-record";

import { asJob } from "../context";
import { listRecordKeys, readLastCheckpoint } from "./checkpoint";
import { keyOf, sealRecord } from "./seal-record";
import { storedTree } from "./tree";

const NOON = beijing("2026-03-02 12:00");
const job = (now = NOON) => asJob("seal-record", now);

const leaves = () => db.select().from(auditLeaves).orderBy(asc(auditLeaves.place));
const checkpoints = () => db.select().from(auditCheckpoints).orderBy(asc(auditCheckpoints.size));

/** Everything that was appended has one leaf, in an order without gaps, and a proof that leads to the signed root. */
async function assertSealed(signer: RecordSigner) {
  const all = await leaves();
  expect(await db.$count(auditQueue)).toBe(0);
  expect(all.map(({ place }) => place)).toEqual(all.map((_, index) => index));
  const entries = await db.select({ seq: auditEntries.seq }).from(auditEntries);
  expect(all.map(({ seq }) => seq).toSorted((a, b) => a - b)).toEqual(
    entries.map(({ seq }) => seq).toSorted((a, b) => a - b),
  );
  const { note } = await readLastCheckpoint(job(), {});
  const checkpoint = readCheckpoint(note);
  expect(isSignedBy(note, keyOf(signer))).toBe(true);
  expect(checkpoint?.size).toBe(all.length);
  for (const index of [0, all.length >> 1, all.length - 1]) {
    const proof = await storedTree(db).inclusion(index, all.length);
    const root = rootByInclusion(all[index]?.hash ?? Buffer.of(), {
      ...{ index, proof, size: all.length },
    });
    expect(root).toEqual(checkpoint?.root);
  }
}

beforeEach(() => resetDatabase());

test("what is appended is sealed in order, signed, and sealed once", async () => {
  const signer = givenSigner();
  await append(700);
  expect(await sealRecord(job(), signer)).toEqual({ sealed: 701, state: "signed" });
  expect(await sealRecord(job(), signer)).toEqual({ sealed: 0, state: "unchanged" });
  await append(2100);
  expect(await sealRecord(job(), signer)).toEqual({ sealed: 2100, state: "signed" });
  await assertSealed(signer);
  expect((await checkpoints()).map(({ size }) => size)).toEqual([701, 2801]);
});

test("two sealers at once seal everything once", async () => {
  const signer = givenSigner();
  await append(3000);
  const both = await Promise.all([
    sealRecord(job(), signer),
    sealRecord(job(), signer),
    sealRecord(job(), signer),
  ]);
  expect(both.reduce((sum, { sealed }) => sum + sealed, 0)).toBe(3001);
  await assertSealed(signer);
});

test("an entry of a verb that commits late is sealed after those that were appended later", async () => {
  const signer = givenSigner();
  let commit: () => void = () => undefined;
  const waits = new Promise<void>((resolve) => (commit = resolve));
  const late = db.transaction(async (tx) => {
    await tx.insert(auditEntries).values({
      ...{ action: "account.edited", actorKind: "job", actorId: "late", at: NOON },
      ...{ subjectType: "account", subjectId: "late" },
    });
    await append(3);
    await sealRecord(job(), signer);
    await waits;
  });
  await expect.poll(() => db.$count(auditLeaves)).toBe(4);
  commit();
  await late;
  await sealRecord(job(), signer);
  await assertSealed(signer);
  const [entry] = await db.select().from(auditEntries).where(eq(auditEntries.actorId, "late"));
  expect((await leaves()).at(-1)?.seq).toBe(entry?.seq);
});

test("a sealer that dies before, while or after it keeps its signature leaves nothing half done", async () => {
  const signer = givenSigner();
  const dying = (keep: (note: string) => void): RecordSigner => ({ ...signer, keep });
  await append(5);
  await expect(
    sealRecord(
      job(),
      dying(() => {
        throw new Error("killed before");
      }),
    ),
  ).rejects.toThrow("killed before");
  expect([(await leaves()).length, (await checkpoints()).length]).toEqual([6, 0]);
  await expect(
    sealRecord(
      job(),
      dying((note) => {
        signer.keep(note);
        throw new Error("killed after");
      }),
    ),
  ).rejects.toThrow("killed after");
  expect([signer.notes.length, (await checkpoints()).length]).toEqual([1, 0]);
  // The next one publishes what was signed then, and signs no second note for the same tree.
  const later = new Date(NOON.getTime() + 60_000);
  expect((await sealRecord(job(later), signer)).state).toBe("signed");
  expect((await checkpoints()).map(({ note }) => note)).toEqual([signer.notes[0]]);
  await append(1);
  await sealRecord(job(later), signer);
  await assertSealed(signer);
});

test("a clock that goes back changes no order and no earlier time is signed", async () => {
  const signer = givenSigner();
  await append(2);
  await sealRecord(job(), signer);
  await append(2);
  await sealRecord(job(beijing("2026-03-01 12:00")), signer);
  await assertSealed(signer);
  const [first, second] = await checkpoints();
  expect(second?.sealedAt).toEqual(first?.sealedAt);
});

test("nothing is signed that does not begin with what was signed before", async () => {
  const signer = givenSigner();
  await append(10);
  await sealRecord(job(), signer);
  const notes = [...signer.notes];
  // As after a restore of an older copy: the database knows less than what was signed.
  await resetDatabase();
  await append(5);
  expect((await sealRecord(job(), signer)).state).toBe("forked");
  await append(50);
  expect((await sealRecord(job(), signer)).state).toBe("forked");
  expect(signer.notes).toEqual(notes);
  expect(await checkpoints()).toEqual([]);
});

test("a new key goes on record before it signs, what the old one signed stays, and it never comes back", async () => {
  const [first, second] = [givenSigner(), givenSigner()];
  await append(3);
  await sealRecord(job(), first);
  const later = beijing("2026-03-03 12:00");
  second.keep(first.notes[0] ?? "");
  expect(await sealRecord(job(later), second)).toEqual({ sealed: 1, state: "signed" });
  await assertSealed(second);
  expect(await sealRecord(job(later), first)).toEqual({ sealed: 0, state: "retired" });

  const keys = await listRecordKeys(job(), {});
  expect(keys.map(({ from, until }) => [from, until])).toEqual([
    [NOON, later],
    [later, null],
  ]);
  const [old] = await checkpoints();
  expect(isSignedBy(old?.note ?? "", keyOf(first))).toBe(true);
});

test("leaves, checkpoints and keys neither change nor go", async () => {
  await append(300);
  await sealRecord(job(), givenSigner());
  const tables = ["leaves", "tiles", "checkpoints", "keys"].map((name) => sql.raw(`audit_${name}`));
  for (const table of tables) {
    await expect(db.execute(sql`delete from ${table}`)).rejects.toThrow();
    await expect(db.execute(sql`truncate ${table} cascade`)).rejects.toThrow();
  }
  await expect(db.execute(sql`update audit_leaves set what_salt = null`)).rejects.toThrow();
  await expect(db.execute(sql`update audit_entries set after = null`)).rejects.toThrow();
});
