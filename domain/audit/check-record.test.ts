import { asc, inArray, sql } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { z } from "zod";

import { db, type Tx } from "@/db/client";
import { auditCheckpoints, auditLeaves } from "@/db/schema";
import { beijing } from "@/tests/support/context";
import { asOwner } from "@/tests/support/owner";
import { givenStaff } from "@/tests/support/people";
import { resetDatabase } from "@/tests/support/reset-database";
import { appendEntries, givenSigner, seal } from "@/tests/support/sealed-record";

import { asJob } from "../context";
import type { RecordFault } from "./check-leaves";
import { askForCheck, checkRecord, examineRecord, readLastCheck } from "./check-record";
import { eraseEntries } from "./erase-entries";
import { leafText } from "./leaf";
import { sealRecord } from "./seal-record";
import { CHUNK } from "./walk-leaves";
import { verb } from "../verb";

const NOON = beijing("2026-03-02 12:00");
const job = asJob("check-record", NOON);

/** 60 entries and the key's own, in checkpoints at 21, 41 and 61. */
async function givenSealed() {
  const signer = givenSigner();
  for (let round = 0; round < 3; round += 1) {
    await appendEntries(20);
    await seal(signer);
  }
  return signer;
}

/** What a superuser can do: nothing refuses it. */
async function tamper(...statements: string[]) {
  await pastTriggers(async (tx) => {
    for (const statement of statements) await tx.execute(sql.raw(statement));
  });
}

const pastTriggers = (act: (tx: Tx) => Promise<void>) =>
  asOwner((own) =>
    own.transaction(async (tx) => {
      await tx.execute(sql`set local session_replication_role = replica`);
      await act(tx);
    }),
  );

const examine = async (...notes: string[]) => (await examineRecord(job, { notes })).faults;
const first = async (...notes: string[]): Promise<RecordFault | undefined> =>
  (await examine(...notes))[0];

beforeEach(() => resetDatabase());

test("a record that nobody touched holds, also against what was signed outside", async () => {
  const signer = await givenSealed();
  await appendEntries(2);
  expect(await examineRecord(job, { notes: signer.notes })).toEqual({
    ...{ entries: 61, checkpoints: 3, gaps: [], faults: [] },
  });
});

/** The number of the entry at a place, as long as nobody has touched it. */
const SEQ = "(select seq from audit_leaves where place = 30)";

const CHANGES: Record<string, string> = {
  "its time": `update audit_entries set at = at + interval '1 microsecond' where seq = ${SEQ}`,
  "its actor": `update audit_entries set actor_id = 'somebody' where seq = ${SEQ}`,
  "its kind of actor": `update audit_entries set actor_kind = 'nobody' where seq = ${SEQ}`,
  "its action": `update audit_entries set action = 'account.closed' where seq = ${SEQ}`,
  "its subject": `update audit_entries set subject_id = 'another' where seq = ${SEQ}`,
  "what it says": `update audit_entries set after = '{"name":"乙"}' where seq = ${SEQ}`,
  "what it said before": `update audit_entries set before = '{}' where seq = ${SEQ}`,
  "a salt": "update audit_leaves set who_salt = '\\x00' where place = 30",
  "a commitment": "update audit_leaves set what = hash where place = 30",
};

test("an entry of which anything was changed is named, whatever it is", async () => {
  await givenSealed();
  const [entry] = (await db.execute(sql.raw(`select ${SEQ} as seq`))).rows;
  const undone = new Error("undone");
  for (const [what, statement] of Object.entries(CHANGES)) {
    const changing = pastTriggers(async (tx) => {
      await tx.execute(sql.raw(statement));
      const { faults } = await examineRecord({ ...job, tx }, {});
      expect(faults, what).toEqual([{ kind: "changed", seq: Number(entry?.seq), place: 30 }]);
      throw undone;
    });
    await expect(changing).rejects.toBe(undone);
  }
});

test("what was deleted, inserted, swapped or cut off is named", async () => {
  const signer = await givenSealed();
  const [row] = (await db.execute(sql.raw(`select ${SEQ} as seq`))).rows;
  const seq = Number(row?.seq);
  const undo = async (statement: string, kind: RecordFault["kind"], named: number | null) => {
    const before = await first();
    expect(before).toBeUndefined();
    await tamper("create table kept_entries as table audit_entries", statement);
    expect(await first(...signer.notes), statement).toMatchObject({ kind, seq: named });
    await tamper(
      "delete from audit_entries",
      "insert into audit_entries select * from kept_entries",
      "drop table kept_entries",
    );
  };
  await undo(`delete from audit_entries where seq = ${seq}`, "missing", seq);
  await undo(
    `insert into audit_entries (seq, at, action, actor_kind, actor_id, subject_type, subject_id)
     values (100000, now(), 'account.closed', 'job', 'x', 'account', 'x')`,
    ...(["inserted", 100_000] as const),
  );
  await undo(
    `update audit_entries e set after = o.after from audit_entries o
     where (e.seq, o.seq) in ((${seq}, ${seq + 1}), (${seq + 1}, ${seq}))`,
    ...(["changed", seq] as const),
  );
});

test("a leaf that was taken out with its entry leaves a gap", async () => {
  await givenSealed();
  await tamper(
    `delete from audit_entries where seq = ${SEQ}`,
    "delete from audit_leaves where place = 30",
  );
  expect(await first()).toEqual({ kind: "missing", seq: null, place: 30 });
});

test("a record whose hashes were all made anew is not the one that was signed", async () => {
  await givenSealed();
  const [row] = (await db.execute(sql.raw("select seq from audit_leaves where place = 21"))).rows;
  // From place 30 on; the checkpoint at 21 still holds, so the fault lies behind it.
  await tamper(
    `update audit_entries set after = '{"name":"乙"}' where seq = ${SEQ}`,
    rehashFrom(30),
  );
  expect(await examine()).toEqual([{ kind: "rewritten", seq: Number(row?.seq), place: 21 }]);
});

/** Makes the leaves from a place on anew in SQL, as whoever wants to hide a change would. */
function rehashFrom(place: number): string {
  const text = leafText({
    ...{ place: 0, seq: 0, at: "@at", action: "account.edited" },
    ...{ who: "", what: "", previous: "" },
  });
  const [before = "", after = ""] = text.split('"@at"');
  expect([before, after]).toEqual([
    '{"action":"account.edited","at":',
    ',"place":0,"previous":"","seq":0,"v":1,"what":"","who":""}',
  ]);
  return `
    with recursive said as materialized (
      select l.place, l.seq, e.at, e.action,
        sha256(l.who_salt || convert_to('{"actor":{"id":"' || e.actor_id || '","kind":"' || e.actor_kind
          || '"},"subject":{"id":"' || e.subject_id || '","type":"' || e.subject_type || '"}}', 'UTF8')) as who,
        sha256(l.what_salt || convert_to('{"after":{"name":"' || (e.after ->> 'name') || '"},"before":null}', 'UTF8')) as what
      from audit_leaves l join audit_entries e on e.seq = l.seq where l.place >= ${place}
    ), anew as (
      select place, hash from audit_leaves where place = ${place - 1}
      union all
      select s.place, sha256('\\x00'::bytea || convert_to(
        '{"action":"' || s.action || '","at":"' || to_char(s.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
        || '","place":' || s.place || ',"previous":"' || encode(a.hash, 'hex') || '","seq":' || s.seq
        || ',"v":1,"what":"' || encode(s.what, 'hex') || '","who":"' || encode(s.who, 'hex') || '"}', 'UTF8'))
      from anew a join said s on s.place = a.place + 1
    )
    update audit_leaves l set what = s.what, hash = a.hash
    from anew a join said s on s.place = a.place where l.place = a.place`;
}

test("a tail that was cut off with everything about it is missed by what was signed outside", async () => {
  const signer = await givenSealed();
  await tamper(
    "delete from audit_entries where seq in (select seq from audit_leaves where place >= 41)",
    "delete from audit_leaves where place >= 41",
    "delete from audit_checkpoints where size > 41",
  );
  expect(await examine()).toEqual([]);
  expect(await examine(...signer.notes)).toEqual([{ kind: "shortened", seq: null, place: 41 }]);
  expect((await seal(signer)).state).toBe("forked");
});

test("an older copy that goes on by itself is not taken for the record", async () => {
  const signer = await givenSealed();
  await tamper(
    "delete from audit_entries where seq in (select seq from audit_leaves where place >= 41)",
    "delete from audit_leaves where place >= 41",
    "delete from audit_checkpoints where size > 41",
  );
  await appendEntries(40);
  expect((await seal(signer)).state).toBe("forked");
  expect(await first(...signer.notes)).toMatchObject({ kind: "rewritten", place: 41 });
});

test("a checkpoint that no key signed is forged, and a stored subtree that was changed is noticed", async () => {
  await givenSealed();
  await tamper("update audit_checkpoints set note = replace(note, 'sealed 2026', 'sealed 2025')");
  expect((await examine()).map(({ kind, place }) => [kind, place])).toEqual([
    ["forged", 21],
    ["forged", 41],
    ["forged", 61],
  ]);
  await resetDatabase();
  await appendEntries(300);
  await seal(givenSigner());
  await tamper("update audit_tiles set hash = sha256(hash)");
  expect(await examine()).toEqual([{ kind: "changed", seq: null, place: null }]);
});

const erase = verb({
  may: "audit.seal",
  input: z.object({ seqs: z.array(z.number()) }),
  run: (step, { seqs }) => eraseEntries(step, { number: "D-2026-000001", seqs }),
});

test("after an erasure in the middle, sealed or waiting, everything verifies and nothing of it is found", async () => {
  const signer = await givenSealed();
  await appendEntries(1);
  const [sealed] = (await db.execute(sql.raw(`select ${SEQ} as seq`))).rows;
  const [waiting] = (await db.execute(sql`select max(seq) as seq from audit_entries`)).rows;
  const seqs = [Number(sealed?.seq), Number(waiting?.seq)];
  await erase(job, { seqs });
  await seal(signer);
  expect(await examine(...signer.notes)).toEqual([]);
  const left = await db.execute(
    sql`select e.before, e.after, l.what_salt from audit_entries e join audit_leaves l on l.seq = e.seq
      where e.seq = any(${sql.param(seqs)}::bigint[])`,
  );
  expect(left.rows).toEqual([
    { before: null, after: null, what_salt: null },
    { before: null, after: null, what_salt: null },
  ]);
  const [said] = (
    await db.execute(sql`select after from audit_entries where action = 'record.erased'`)
  ).rows;
  expect(said?.after).toMatchObject({ number: "D-2026-000001", entries: 2 });
});

test("who erases past the record's own way is found", async () => {
  await givenSealed();
  await erase(job, { seqs: [5] });
  await seal(givenSigner());
  await tamper(
    `insert into audit_erasures select ${SEQ}, erasure_id from audit_erasures`,
    `update audit_entries set after = null where seq = ${SEQ}`,
    "update audit_leaves set what_salt = null where place = 30",
  );
  expect(await first()).toMatchObject({ kind: "erased", seq: 5 });
});

test("how the last check ended is there for every page of operations", async () => {
  const ctx = { actor: await givenStaff("support"), now: NOON };
  expect(await readLastCheck(ctx, {})).toBeNull();
  await givenSealed();
  await checkRecord(job, {});
  expect((await readLastCheck(ctx, {}))?.faults).toEqual([]);
  await tamper(`update audit_entries set actor_id = 'somebody' where seq = ${SEQ}`);
  await checkRecord(asJob("check-record", new Date(NOON.getTime() + 1)), {});
  expect((await readLastCheck(ctx, {}))?.faults).toMatchObject([{ kind: "changed", place: 30 }]);
});

test("who audits has the record looked at now, and it is looked at once however often they ask", async () => {
  const ctx = { actor: await givenStaff("auditor"), now: NOON };
  await Promise.all([askForCheck(ctx, {}), askForCheck(ctx, {})]);
  const { rows } = await db.execute(
    sql`select task_identifier from graphile_worker.jobs where task_identifier = 'check-record'`,
  );
  expect(rows).toHaveLength(1);
  const other = { actor: await givenStaff("support"), now: NOON };
  await expect(askForCheck(other, {})).rejects.toMatchObject({ code: "not_allowed" });
});

/** `RECORD_ENTRIES=100000 npm run test:unit check-record` plays it on as many. */
const MANY = Number(process.env.RECORD_ENTRIES ?? 1_200);

/** In three checkpoints of a third each; what is changed lies behind the second. */
async function givenLong() {
  const signer = givenSigner();
  for (let round = 0; round < 3; round += 1) {
    await appendEntries(Math.floor(MANY / 3));
    await seal(signer);
  }
  const [, last = 0] = await roundSizes();
  return { signer, cut: last, place: last + Math.floor(MANY / 7) };
}

const roundSizes = async () =>
  (await db.select().from(auditCheckpoints).orderBy(asc(auditCheckpoints.size))).map(
    ({ size }) => size,
  );

test(
  "in a long record each edit of a superuser is found, and the first entry it touched is named",
  { timeout: 300_000 },
  async () => {
    const { signer, cut, place } = await givenLong();
    const numbers = await db
      .select()
      .from(auditLeaves)
      .where(inArray(auditLeaves.place, [cut, place]))
      .orderBy(asc(auditLeaves.place));
    const [cutSeq = 0, seq = 0] = numbers.map((leaf) => leaf.seq);
    const cutOff = [
      `delete from audit_entries where seq in (select seq from audit_leaves where place >= ${cut})`,
      `delete from audit_leaves where place >= ${cut}`,
      `delete from audit_checkpoints where size > ${cut}`,
      `delete from audit_tiles where (place + 1) * 256 ^ level > ${cut}`,
    ];
    const plays: [string, string[], RecordFault][] = [
      [
        "change",
        [`update audit_entries set after = '{"name":"乙"}' where seq = ${seq}`],
        { kind: "changed", seq, place },
      ],
      [
        "insert",
        [
          `insert into audit_entries (seq, at, action, actor_kind, actor_id, subject_type, subject_id)
         values (10000000, now(), 'account.closed', 'job', 'x', 'account', 'x')`,
        ],
        { kind: "inserted", seq: 10_000_000, place: null },
      ],
      ["delete", [`delete from audit_entries where seq = ${seq}`], { kind: "missing", seq, place }],
      [
        "delete with its leaf",
        [
          `delete from audit_entries where seq = ${seq}`,
          `delete from audit_leaves where place = ${place}`,
        ],
        { kind: "missing", seq: null, place },
      ],
      [
        "swap",
        [
          `update audit_entries e set actor_id = o.actor_id, subject_id = o.subject_id, after = o.after
         from audit_entries o where (e.seq, o.seq) in ((${seq}, ${seq + Math.floor(MANY / 10)}), (${seq + Math.floor(MANY / 10)}, ${seq}))`,
        ],
        { kind: "changed", seq, place },
      ],
      [
        "hash everything anew",
        [`update audit_entries set after = '{"name":"乙"}' where seq = ${seq}`, rehashFrom(place)],
        { kind: "rewritten", seq: cutSeq, place: cut },
      ],
      ["cut off the tail", cutOff, { kind: "shortened", seq: null, place: cut }],
      [
        "go back to an older copy",
        cutOff,
        { kind: "rewritten", seq: expect.any(Number), place: cut },
      ],
    ];
    expect(await examine(...signer.notes)).toEqual([]);
    const undone = new Error("undone");
    for (const [what, statements, fault] of plays) {
      const playing = pastTriggers(async (tx) => {
        for (const statement of statements) await tx.execute(sql.raw(statement));
        if (what === "go back to an older copy") {
          await tx.execute(sql`set local session_replication_role = origin`);
          await appendEntries(Math.floor(MANY / 2), tx);
          expect((await sealRecord({ ...job, tx }, signer)).state).toBe("forked");
        }
        const { faults } = await examineRecord({ ...job, tx }, { notes: signer.notes });
        expect(faults[0], what).toEqual(fault);
        throw undone;
      });
      await expect(playing).rejects.toBe(undone);
    }
  },
);

test("what threads look at, piece by piece, is the same as what is looked at in one", async () => {
  await appendEntries(CHUNK + 100);
  await seal(givenSigner());
  const places = [0, CHUNK - 1, CHUNK, CHUNK + 100];
  const leaves = await db.select().from(auditLeaves).where(inArray(auditLeaves.place, places));
  const seqs = leaves.map(({ seq }) => seq);
  await tamper(
    `update audit_entries set actor_id = 'somebody' where seq in (${seqs.join()})`,
    `delete from audit_leaves where place = ${CHUNK + 50}`,
  );
  expect(await examine()).toMatchObject([
    ...[0, CHUNK - 1, CHUNK].map((place) => ({ kind: "changed", place })),
    // The leaf behind the gap was made of the one that is gone.
    { kind: "changed", place: CHUNK + 51 },
    { kind: "changed", place: CHUNK + 100 },
    { kind: "shortened", place: CHUNK + 100 },
    { kind: "inserted" },
  ]);
});
