import { sql } from "drizzle-orm";
import {
  bigint,
  bigserial,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uuid,
} from "drizzle-orm/pg-core";

import { at, bytes, id } from "../columns";
import { ACTOR_KINDS } from "../vocabulary/access";
import { users } from "./access";

/**
 * Who did what, when. Appended inside each verb's transaction; a trigger refuses delete, and every
 * update but one: what an erasure names loses its snapshots.
 */
export const auditEntries = pgTable(
  "audit_entries",
  {
    seq: bigserial({ mode: "number" }).primaryKey(),
    at: at().notNull(),
    action: text().notNull(),
    actorKind: text({ enum: ACTOR_KINDS }).notNull(),
    /** The person's id, the job's name, or "anonymous". */
    actorId: text().notNull(),
    subjectType: text().notNull(),
    subjectId: text().notNull(),
    before: jsonb(),
    after: jsonb(),
  },
  (t) => [
    index().on(t.subjectType, t.subjectId),
    index().on(t.subjectId),
    index().on(t.actorId, t.seq),
    index().on(t.action, t.seq),
    index().on(t.at),
    index("audit_entries_account").on(sql`(${t.after} ->> 'accountId')`),
    index("audit_entries_import").on(sql`(${t.after} ->> 'importId')`),
  ],
);

export type AuditEntry = typeof auditEntries.$inferSelect;

/** Entries that no leaf stands for yet; a trigger writes them in the entry's own transaction. */
export const auditQueue = pgTable("audit_queue", {
  seq: bigint({ mode: "number" }).primaryKey(),
});

/**
 * The sealed record (docs/decisions/038): the leaf of each entry in the order of sealing. It holds
 * hashes and salts, no values; without its salt a commitment tells nothing of what it was made of.
 */
export const auditLeaves = pgTable("audit_leaves", {
  /** The leaf's place in the tree, from 0, without gaps. */
  place: bigint({ mode: "number" }).primaryKey(),
  seq: bigint({ mode: "number" }).notNull().unique(),
  whoSalt: bytes().notNull(),
  /** Null once what it salted has been erased. */
  whatSalt: bytes(),
  /** The commitment to the snapshots; kept, because nobody can make it again after an erasure. */
  what: bytes().notNull(),
  hash: bytes().notNull(),
});

/** Hashes of whole subtrees of 256, 65,536, … leaves, from which proofs are made without all leaves. */
export const auditTiles = pgTable(
  "audit_tiles",
  {
    level: integer().notNull(),
    place: bigint({ mode: "number" }).notNull(),
    hash: bytes().notNull(),
  },
  (t) => [primaryKey({ columns: [t.level, t.place] })],
);

/** The public keys that checkpoints were signed with, in their order; the last one is in use. */
export const auditKeys = pgTable("audit_keys", {
  id: text().primaryKey(),
  name: text().notNull(),
  publicKey: bytes().notNull(),
  begunAt: at().notNull(),
});

/** What was signed and published: one size, one root, for ever. */
export const auditCheckpoints = pgTable("audit_checkpoints", {
  size: bigint({ mode: "number" }).primaryKey(),
  keyId: text()
    .notNull()
    .references(() => auditKeys.id),
  note: text().notNull(),
  sealedAt: at().notNull(),
});

/** What a witness signed below a checkpoint (lib/cosignature.ts): somebody else's word, kept for good. */
export const auditCosignatures = pgTable(
  "audit_cosignatures",
  {
    size: bigint({ mode: "number" })
      .notNull()
      .references(() => auditCheckpoints.size),
    /** The witness, as its key names it. */
    witness: text().notNull(),
    line: text().notNull(),
    at: at().notNull(),
  },
  (t) => [primaryKey({ columns: [t.witness, t.size] })],
);

/** The time that an authority put to a checkpoint (RFC 3161, lib/time-stamp.ts): its token, kept for good. */
export const auditTimeStamps = pgTable("audit_time_stamps", {
  size: bigint({ mode: "number" })
    .primaryKey()
    .references(() => auditCheckpoints.size),
  /** The authority's host. */
  authority: text().notNull(),
  /** The DER of a TimeStampToken. */
  token: bytes().notNull(),
  /** The authority's time, and when by our clock the token came. */
  at: at().notNull(),
  keptAt: at().notNull(),
});

/** Who has what was signed last mailed to them: who audits each day, everybody else each month. */
export const checkpointReaders = pgTable("checkpoint_readers", {
  userId: uuid()
    .primaryKey()
    .references(() => users.id),
  since: at().notNull(),
  /** Of the last mail: the size of the checkpoint in it, and when; null before the first. */
  size: bigint({ mode: "number" }),
  mailedAt: at(),
});

/** Whose snapshots were erased: the erasure is itself an entry, which commits to this list. */
export const auditErasures = pgTable(
  "audit_erasures",
  {
    seq: bigint({ mode: "number" }).primaryKey(),
    erasureId: uuid().notNull(),
  },
  (t) => [index().on(t.erasureId)],
);

/** How a check of the whole record ended; `fault` is null where it holds. */
export const auditChecks = pgTable(
  "audit_checks",
  {
    id: id(),
    checkedAt: at().notNull(),
    entries: bigint({ mode: "number" }).notNull(),
    fault: jsonb(),
  },
  (t) => [index().on(t.checkedAt)],
);

/**
 * The clusters and lines of history (timelines) in which the portal has begun. A restore and a
 * promotion open a new line, so that a start on one it does not know is a start on a restored database.
 */
export const databaseLines = pgTable(
  "database_lines",
  {
    /** PostgreSQL's system identifier. */
    cluster: text().notNull(),
    line: integer().notNull(),
    firstSeenAt: at().notNull(),
  },
  (t) => [primaryKey({ columns: [t.cluster, t.line] })],
);
