import { type AnyPgColumn, customType, integer, text, timestamp, uuid } from "drizzle-orm/pg-core";

export const id = () => uuid().primaryKey().defaultRandom();

/** A moment, stored in UTC. */
export const at = () => timestamp({ withTimezone: true });

/** Bytes as lib/seal.ts wrote them: encrypted, authenticated, useless without the data key. */
export const sealed = customType<{ data: Buffer }>({ dataType: () => "bytea" });

/** A hash, a salt, a public key: bytes as they are. */
export const bytes = customType<{ data: Buffer }>({ dataType: () => "bytea" });

/** What everything has that one person writes and another publishes (domain/reviews). */
export const reviewed = (person: () => AnyPgColumn) => ({
  /** Counts every saved edit, so two people cannot overwrite each other unseen. */
  revision: integer().notNull().default(1),
  authorId: uuid().notNull().references(person),
  /** Everybody who wrote any of it, the author first: none of them may approve it. */
  writerIds: uuid().array().notNull(),
  createdAt: at().notNull(),
  updatedAt: at().notNull(),
  submittedAt: at(),
  /** sha256 over the canonical content as submitted; the approval is bound to it. */
  contentHash: text(),
  approvedBy: uuid().references(person),
  discardedBy: uuid().references(person),
  discardedAt: at(),
});
