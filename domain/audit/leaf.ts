import { hash, randomBytes } from "node:crypto";
import { z } from "zod";

import { canonicalJson } from "@/lib/hash";
import { leafHashHex } from "@/lib/merkle";

/** An entry as its leaf is made of it; `at` has microseconds, as PostgreSQL keeps them. */
export const entryRow = z.object({
  seq: z.coerce.number(),
  at: z.string(),
  action: z.string(),
  actorKind: z.string(),
  actorId: z.string(),
  subjectType: z.string(),
  subjectId: z.string(),
  before: z.unknown(),
  after: z.unknown(),
});
export type SealedEntry = z.output<typeof entryRow>;

/** The columns of `entryRow`, of audit_entries as `e`. */
export const ENTRY_COLUMNS = `
  e.seq, to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at, e.action,
  e.actor_kind as "actorKind", e.actor_id as "actorId",
  e.subject_type as "subjectType", e.subject_id as "subjectId", e.before, e.after`;

const SALT = 16;

/** Asked of the system for many at once: one by one, they cost as much as all else of sealing. */
let [random, taken] = [Buffer.alloc(0), 0];

export function newSalt(): Buffer {
  if (taken === random.length) [random, taken] = [randomBytes(4_096 * SALT), 0];
  taken += SALT;
  return random.subarray(taken - SALT, taken);
}

/** What stands for nobody's values: the commitment of an entry that was erased before it was sealed. */
export const emptyCommitment = (): string => randomBytes(32).toString("hex");

/** Its bytes, or these in hex. */
type Salt = Buffer | string;

/** Written over for each commitment, by the million; grows with the longest. */
let bytes = Buffer.alloc(4_096);

/** SHA-256 in hex over a salt of 16 bytes and the canonical JSON: tells nothing to who lacks the salt. */
function commit(salt: Salt, json: string): string {
  const most = salt.length + 3 * json.length;
  if (bytes.length < most) bytes = Buffer.alloc(2 * most);
  const from = typeof salt === "string" ? bytes.write(salt, "hex") : salt.copy(bytes);
  return hash("sha256", bytes.subarray(0, from + bytes.write(json, from)), "hex");
}

/** The same commitment to a value that is kept elsewhere, with its salt in hex. */
export function commitmentTo(value: unknown): { hash: string; salt: string } {
  const salt = newSalt().toString("hex");
  return { hash: commit(salt, canonicalJson(value)), salt };
}

/** The commitments to `whoOf` and `whatOf`; their outer objects are written out, which is twice as fast by the million. */
export const commitToWho = (salt: Salt, entry: SealedEntry): string => {
  const [actor, kind] = [JSON.stringify(entry.actorId), JSON.stringify(entry.actorKind)];
  const [subject, type] = [JSON.stringify(entry.subjectId), JSON.stringify(entry.subjectType)];
  const json = `{"actor":{"id":${actor},"kind":${kind}},"subject":{"id":${subject},"type":${type}}}`;
  return commit(salt, json);
};
export const commitToWhat = (salt: Salt, { before, after }: SealedEntry): string =>
  commit(salt, `{"after":${snapshot(after)},"before":${snapshot(before)}}`);
const snapshot = (value: unknown): string =>
  value === null ? "null" : canonicalJson(value ?? null);

/** Who acted upon what: in the leaf by its commitment alone. */
export const whoOf = ({ actorKind, actorId, subjectType, subjectId }: SealedEntry) => ({
  actor: { kind: actorKind, id: actorId },
  subject: { type: subjectType, id: subjectId },
});

/** What changed: in the leaf by its commitment alone, and the part that may be erased. */
export const whatOf = ({ before, after }: SealedEntry) => ({
  before: before ?? null,
  after: after ?? null,
});

/** The chain before its first entry. */
export const NO_LEAF = "0".repeat(64);

type Leaf = Pick<SealedEntry, "seq" | "at" | "action"> & {
  place: number;
  /** Commitments, in hex. */
  who: string;
  what: string;
  /** The hash of the leaf before in hex, which makes the leaves a chain as well. */
  previous: string;
};

/** The text of a leaf, canonical JSON (RFC 8785): no person's data, only commitments to it. */
export const leafText = ({ place, seq, at, action, who, what, previous }: Leaf): string =>
  `{"action":${JSON.stringify(action)},"at":"${at}","place":${place},"previous":"${previous}","seq":${seq},"v":1,"what":"${what}","who":"${who}"}`;

/** In hex. */
export const hashLeaf = (leaf: Leaf): string => leafHashHex(leafText(leaf));
