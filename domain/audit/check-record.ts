import { asc, desc, sql } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import { auditChecks, auditCheckpoints, auditKeys } from "@/db/schema";
import { growingTree, same } from "@/lib/merkle";
import { isSignedBy, noteKey, readCheckpoint } from "@/lib/signed-note";

import { chore } from "../chore";
import { wakeJob } from "../jobs";
import { query } from "../query";
import { countColumn, momentColumn, readRows } from "../rows";
import { HASH, MOST_FAULTS, recordFault, type RecordFault } from "./check-leaves";
import { wrongErasures } from "./erase-entries";
import { storedTree } from "./tree";
import { walkLeaves } from "./walk-leaves";

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

/** Has the whole record looked at now and not with the next hour; how it ends is for every page to see. */
export const askForCheck = chore({
  may: "audit.read",
  input: z.object({}),
  run: ({ tx }) => wakeJob(tx, "check-record"),
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
    return { ...last, faults: z.array(recordFault).parse(last.fault ?? []) };
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
  return {
    entries: walked.entries,
    checkpoints: signed.size,
    gaps,
    faults: found.slice(0, MOST_FAULTS),
  };
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

type Roots = ReadonlyMap<number, readonly Buffer[]>;

/** Every leaf in its order, and the root at every size that was signed. */
async function walk(db: Db | Tx, signed: Roots) {
  const [tree, faults]: [ReturnType<typeof growingTree>, RecordFault[]] = [growingTree(), []];
  const note = (one: RecordFault | null) => one && faults.length < MOST_FAULTS && faults.push(one);
  // A gap is of interest where nothing was wrong before it.
  const noteLeaf = (one: RecordFault | null) =>
    (one?.seq !== null || faults.length === 0) && note(one);
  const compareRoots = rootsComparer(signed, tree);

  for await (const { hashes, seqs, faults: found } of walkLeaves(db)) {
    for (const [index, seq] of seqs.entries()) {
      while (found[0]?.index === index) noteLeaf(found.shift()?.fault ?? null);
      tree.add(Buffer.from(hashes.buffer, hashes.byteOffset + index * HASH, HASH));
      note(compareRoots(seq));
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
    order by e.seq limit ${MOST_FAULTS})
    union all
    (select 'missing', q.seq from audit_queue q
    where not exists (select from audit_entries e where e.seq = q.seq)
    order by q.seq limit ${MOST_FAULTS})`;
  return strays.map((stray) => ({ ...stray, place: null }));
}
