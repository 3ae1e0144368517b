import { asc, desc, sql } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import { auditChecks, auditCheckpoints, auditKeys } from "@/db/schema";
import { growingTree, same } from "@/lib/merkle";
import { isSignedBy, noteKey, readCheckpoint } from "@/lib/signed-note";

import { chore } from "../chore";
import { query } from "../query";
import { countColumn, momentColumn, readRows } from "../rows";
import { wrongErasures } from "./erase-entries";
import {
  commitToWhat,
  commitToWho,
  ENTRY_COLUMNS,
  hashLeaf,
  NO_LEAF,
  type SealedEntry,
} from "./leaf";
import { hashColumn, storedTree } from "./tree";

/**
 * `changed`: an entry or its leaf is not what was sealed. `missing`: an entry, or a leaf at its place, is
 * gone. `inserted`: an entry has no leaf and does not wait for one. `erased`: contents are gone, or stand,
 * against what the erasures say. `rewritten`: from this entry on the record is not the one that was
 * signed. `shortened`: a signed checkpoint reaches further than the record. `forged`: a checkpoint that
 * none of the keys signed.
 */
export const FAULT_KINDS = [
  "changed",
  "missing",
  "inserted",
  "erased",
  "rewritten",
  "shortened",
  "forged",
] as const;
const fault = z.object({
  kind: z.enum(FAULT_KINDS),
  /** The entry's number; null where what was there is not known any more. */
  seq: z.number().nullable(),
  /** Its place in the tree; null where it has none. */
  place: z.number().nullable(),
});
export type RecordFault = z.output<typeof fault>;

/** Faults that are named one by one; the first is what matters. */
const MOST = 20;
/** Leaves read at a time: few enough that they are garbage while they are young. */
const CHUNK = 2_000;

const gapRow = z.object({
  /** The entry that says so, and when it did. */
  seq: z.coerce.number(),
  at: momentColumn,
  keyId: z.string(),
  from: countColumn,
  entries: countColumn,
});
/** So many leaves from a place on that a restore has lost, as the record itself says. */
export type RecordGap = Pick<z.output<typeof gapRow>, "seq" | "from" | "entries">;

/** `entries` counts the leaves that were looked at. */
export type RecordCheck = {
  entries: number;
  checkpoints: number;
  gaps: RecordGap[];
  faults: RecordFault[];
};

const given = z.object({
  /** Signed notes from outside of the database: what the signer keeps, what an auditor has. */
  notes: z.array(z.string()).default([]),
});

/**
 * Makes the whole record anew, leaf by leaf, and compares it with what was sealed and signed. Faults
 * come in the order of their places.
 */
export const examineRecord = query({
  may: "audit.seal",
  input: given,
  run: ({ db }, { notes }) => examine(db, notes),
});

/** The same as a job does it: how it ended is kept, for the line on operations' pages and the alarm. */
export const checkRecord = chore({
  may: "audit.seal",
  input: given,

  async run({ tx, now }, { notes }): Promise<RecordCheck> {
    await tx.execute(sql`set transaction isolation level repeatable read`);
    const check = await examine(tx, notes);
    const { entries, faults } = check;
    await tx
      .insert(auditChecks)
      .values({ checkedAt: now, entries, fault: faults.length > 0 ? faults : null });
    return check;
  },
});

/** How the last check ended; null before the first. */
export const readLastCheck = query({
  may: "staff.home",
  input: z.object({}),

  async run({ db }) {
    const [last] = await db
      .select()
      .from(auditChecks)
      .orderBy(desc(auditChecks.checkedAt))
      .limit(1);
    if (!last) return null;
    return { ...last, faults: z.array(fault).parse(last.fault ?? []) };
  },
});

async function examine(db: Db | Tx, notes: readonly string[]): Promise<RecordCheck> {
  const gaps = await declaredGaps(db);
  const isLost = (note: string) => gaps.some((gap) => isWithin(gap, note));
  const { signed, forged } = await signedRoots(
    db,
    notes.filter((note) => !isLost(note)),
  );
  const walked = await walk(db, signed);
  const found = [
    ...walked.faults,
    ...forged.map((place) => ({ kind: "forged" as const, seq: null, place })),
    ...(await strayEntries(db)),
    ...(await wrongErasures(db)).map(({ seq }) => ({
      ...{ kind: "erased" as const, seq, place: null },
    })),
  ];
  return { entries: walked.entries, checkpoints: signed.size, gaps, faults: found.slice(0, MOST) };
}

const declaredGaps = (db: Db | Tx) => readRows(db, gapRow)`
  select seq, at, subject_id as "keyId", (after ->> 'from')::int as "from", (after ->> 'entries')::int as entries
  from audit_entries where action = 'record.continued' order by seq`;

/** Whether a note was signed over leaves that are lost: by the key of then, before the loss was put on the record. */
function isWithin({ at, keyId, from, entries }: z.output<typeof gapRow>, note: string): boolean {
  const said = readCheckpoint(note);
  if (!said || said.keyId !== keyId || said.sealedAt > at) return false;
  return said.size > from && said.size <= from + entries;
}

/** The signed root of each size, and the sizes that only an unknown key stands for. */
async function signedRoots(db: Db | Tx, notes: readonly string[]) {
  const stored = await db.select().from(auditCheckpoints).orderBy(asc(auditCheckpoints.size));
  const keys = (await db.select().from(auditKeys)).map(({ name, publicKey }) =>
    noteKey(name, publicKey),
  );
  const [signed, forged]: [Map<number, Buffer[]>, number[]] = [new Map(), []];
  for (const { note, size } of [...stored, ...notes.map((one) => ({ note: one, size: null }))]) {
    const said = readCheckpoint(note);
    const isGood = said !== null && keys.some((key) => isSignedBy(note, key));
    if (isGood && (size === null || size === said.size))
      signed.set(said.size, [...(signed.get(said.size) ?? []), said.root]);
    else forged.push(size ?? said?.size ?? 0);
  }
  return { signed, forged };
}

/** A leaf with its entry, whose columns are null where it is gone; hashes in hex. */
const leafRow = z.object({
  at: z.string().nullable(),
  action: z.string().nullable(),
  actorKind: z.string().nullable(),
  actorId: z.string().nullable(),
  subjectType: z.string().nullable(),
  subjectId: z.string().nullable(),
  before: z.unknown(),
  after: z.unknown(),
  place: z.coerce.number(),
  leafSeq: z.coerce.number(),
  whoSalt: hashColumn,
  whatSalt: hashColumn.nullable(),
  what: z.string(),
  hash: z.string(),
  isErased: z.boolean(),
});
type LeafRow = z.output<typeof leafRow>;

const leavesFrom = (db: Db | Tx, place: number) => readRows(db, leafRow)`
  select ${sql.raw(ENTRY_COLUMNS)}, l.place, l.seq as "leafSeq", l.who_salt as "whoSalt",
    l.what_salt as "whatSalt", encode(l.what, 'hex') as what, encode(l.hash, 'hex') as hash,
    x.seq is not null as "isErased"
  from (select * from audit_leaves where place >= ${place}::bigint order by place limit ${CHUNK}) l
    left join audit_entries e on e.seq = l.seq left join audit_erasures x on x.seq = l.seq
  order by l.place`;

type Roots = ReadonlyMap<number, readonly Buffer[]>;

/** Every leaf in its order, and the root at every size that was signed. */
async function walk(db: Db | Tx, signed: Roots) {
  const [tree, faults]: [ReturnType<typeof growingTree>, RecordFault[]] = [growingTree(), []];
  const note = (one: RecordFault | null) => one && faults.length < MOST && faults.push(one);
  const compareRoots = rootsComparer(signed, tree);
  let previous = NO_LEAF;

  let reading = leavesFrom(db, 0);
  for (let rows = await reading; rows.length > 0; rows = await reading) {
    // The database reads on meanwhile.
    reading = leavesFrom(db, (rows.at(-1)?.place ?? 0) + 1);
    reading.catch(() => undefined);
    for (const row of rows) {
      const place = tree.size();
      if (row.place !== place && faults.length === 0) note({ kind: "missing", seq: null, place });
      const kind = faultOf(row, previous);
      note(kind && { kind, seq: row.leafSeq, place: row.place });
      previous = row.hash;
      tree.add(Buffer.from(row.hash, "hex"));
      note(compareRoots(row.leafSeq));
    }
  }
  const entries = tree.size();
  const isShort = [...signed.keys()].some((size) => size > entries);
  note(isShort ? { kind: "shortened", seq: null, place: entries } : null);
  if (faults.length === 0) note(await faultOfTiles(db, tree));
  return { entries, faults };
}

/** Says, once, that a signed root is not the tree's: from the first entry on that no good root covers. */
function rootsComparer(signed: Roots, tree: ReturnType<typeof growingTree>) {
  let isRewritten = false;
  let good: { size: number; nextSeq: number | null } = { size: 0, nextSeq: null };
  return (seq: number): RecordFault | null => {
    good = { ...good, nextSeq: good.nextSeq ?? seq };
    const roots = isRewritten ? undefined : signed.get(tree.size());
    if (!roots) return null;
    const [size, root] = [tree.size(), tree.root()];
    isRewritten = !roots.every((one) => same(one, root));
    if (isRewritten) return { kind: "rewritten", seq: good.nextSeq, place: good.size };
    good = { size, nextSeq: null };
    return null;
  };
}

function faultOf(row: LeafRow, previous: string): RecordFault["kind"] | null {
  const { whoSalt, whatSalt, what } = row;
  const entry = entryOf(row);
  if (!entry) return "missing";
  if (row.isErased) {
    if (whatSalt || entry.before !== null || entry.after !== null) return "erased";
  } else if (!whatSalt) return "erased";
  else if (commitToWhat(whatSalt, entry) !== what) return "changed";
  const who = commitToWho(whoSalt, entry);
  const { seq, at, action } = entry;
  const sealed = hashLeaf({ seq, at, action, place: row.place, who, what, previous });
  return sealed.toString("hex") === row.hash ? null : "changed";
}

/** Its columns are all there, or none: none of them may be null. */
function entryOf(row: LeafRow): SealedEntry | null {
  const { at, action, actorKind, actorId, subjectType, subjectId, before, after } = row;
  if (at === null || action === null || actorKind === null) return null;
  if (actorId === null || subjectType === null || subjectId === null) return null;
  const who = { actorKind, actorId, subjectType, subjectId };
  return { seq: row.leafSeq, at, action, ...who, before, after };
}

/** What proofs are made from has to lead to the same root. */
async function faultOfTiles(
  db: Db | Tx,
  tree: ReturnType<typeof growingTree>,
): Promise<RecordFault | null> {
  const stored = await storedTree(db).root(tree.size());
  return same(stored, tree.root()) ? null : { kind: "changed", seq: null, place: null };
}

const strayRow = z.object({ kind: z.enum(["inserted", "missing"]), seq: z.coerce.number() });

/** Entries that nothing stands for, and what waits for its leaf and is gone. */
async function strayEntries(db: Db | Tx): Promise<RecordFault[]> {
  const strays = await readRows(db, strayRow)`
    (select 'inserted' as kind, e.seq from audit_entries e
    where not exists (select from audit_leaves l where l.seq = e.seq)
      and not exists (select from audit_queue q where q.seq = e.seq)
    order by e.seq limit ${MOST})
    union all
    (select 'missing', q.seq from audit_queue q
    where not exists (select from audit_entries e where e.seq = q.seq)
    order by q.seq limit ${MOST})`;
  return strays.map((stray) => ({ ...stray, place: null }));
}
