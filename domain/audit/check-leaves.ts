import { z } from "zod";

import { commitToWhat, commitToWho, hashLeaf, type SealedEntry } from "./leaf";

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
export const recordFault = z.object({
  kind: z.enum(FAULT_KINDS),
  /** The entry's number; null where what was there is not known any more. */
  seq: z.number().nullable(),
  /** Its place in the tree; null where it has none. */
  place: z.number().nullable(),
});
export type RecordFault = z.output<typeof recordFault>;

/** Bytes of a hash. */
export const HASH = 32;

/** Faults that are named one by one; the first is what matters. */
export const MOST_FAULTS = 20;

/** Some leaves in their order, each with its entry. */
export type Leaves = {
  /** JSON: of each leaf what `LEAF_VALUES` gives. */
  rows: string;
  /** The place that the first of them has where none is missing, and the hash of the leaf before it in hex. */
  place: number;
  previous: string;
};

export type CheckedLeaves = {
  /** One after the other, 32 bytes each, as they are stored. */
  hashes: Uint8Array;
  seqs: number[];
  /** `index`: at which of these leaves. */
  faults: { index: number; fault: RecordFault }[];
};

/** As a JSON array, of audit_leaves as `l`, audit_entries as `e` and audit_erasures as `x`; hashes and salts in hex. */
export const LEAF_VALUES = `json_build_array(
  l.place, l.seq, encode(l.who_salt, 'hex'), encode(l.what_salt, 'hex'), encode(l.what, 'hex'),
  encode(l.hash, 'hex'), x.seq is not null, e.at at time zone 'UTC', e.action, e.actor_kind, e.actor_id,
  e.subject_type, e.subject_id, e.before, e.after)`;

/** The entry's columns are null where it is gone. */
type LeafRow = readonly [
  place: number,
  seq: number,
  whoSalt: string | null,
  whatSalt: string | null,
  what: string | null,
  hash: string | null,
  isErased: boolean,
  at: string | null,
  action: string | null,
  actorKind: string | null,
  actorId: string | null,
  subjectType: string | null,
  subjectId: string | null,
  before: unknown,
  after: unknown,
];

/**
 * Makes each leaf anew, from its entry and the hash that is stored of the leaf before: so leaves are
 * looked at on any thread, and only the tree above them has to grow in order.
 */
export function checkLeaves({ rows, place, previous }: Leaves): CheckedLeaves {
  const leaves = JSON.parse(rows) as LeafRow[];
  const hashes = Buffer.alloc(HASH * leaves.length);
  const [seqs, faults]: [number[], CheckedLeaves["faults"]] = [[], []];
  let before = previous;
  for (const [index, row] of leaves.entries()) {
    const [its, seq] = row;
    const note = (fault: RecordFault) =>
      faults.length < MOST_FAULTS && faults.push({ index, fault });
    // What follows a gap stands at other places all the same.
    if (its !== place + index && faults.length === 0)
      note({ kind: "missing", seq: null, place: place + index });
    const kind = faultOf(row, before);
    if (kind) note({ kind, seq, place: its });
    before = row[HASH_OF_LEAF] ?? "";
    seqs.push(seq);
    hashes.write(before, HASH * index, HASH, "hex");
  }
  return { hashes, seqs, faults };
}

const HASH_OF_LEAF = 5;

type Kind = RecordFault["kind"];

function faultOf(row: LeafRow, previous: string): Kind | null {
  const [place, seq, whoSalt, , what, hash] = row;
  const entry = entryOf(row);
  if (!entry) return "missing";
  const kind = faultOfContents(row, entry);
  if (kind) return kind;
  const who = commitToWho(whoSalt ?? "", entry);
  const leaf = { seq, at: entry.at, action: entry.action, place, who, what: what ?? "", previous };
  return hashLeaf(leaf) === hash ? null : "changed";
}

function faultOfContents(row: LeafRow, entry: SealedEntry): Kind | null {
  const [, , , whatSalt, what, , isErased] = row;
  if (isErased) {
    const isGone = whatSalt === null && entry.before === null && entry.after === null;
    return isGone ? null : "erased";
  }
  if (whatSalt === null) return "erased";
  return commitToWhat(whatSalt, entry) === what ? null : "changed";
}

/** Its columns are all there, or none: none of them may be null. */
function entryOf(row: LeafRow): SealedEntry | null {
  const [, seq, , , , , , at, action, actorKind, actorId, subjectType, subjectId, before, after] =
    row;
  if (at === null || action === null || actorKind === null) return null;
  if (actorId === null || subjectType === null || subjectId === null) return null;
  const who = { actorKind, actorId, subjectType, subjectId };
  return { seq, at: withMicroseconds(at), action, ...who, before, after };
}

/** PostgreSQL's JSON leaves out the zeros at a moment's end: "2026-03-02T04:00:00.5", "2026-03-02T04:00:00". */
const withMicroseconds = (at: string): string =>
  `${at.includes(".") ? at.padEnd(MICROSECONDS, "0") : `${at}.000000`}Z`;
const MICROSECONDS = "2026-03-02T04:00:00.000000".length;
