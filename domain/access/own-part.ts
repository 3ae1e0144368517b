import { type SQL, sql } from "drizzle-orm";

import { type Key, up } from "../page";

/** Whose data: a person's own, or an account's for its owner (`readerId`). */
export type Whose =
  | { of: "person"; id: string; email: string }
  | { of: "account"; id: string; readerId: string };

/** A value as it is selected, or one that rests sealed and is opened for whose it is. */
type Column = SQL | { sealed: SQL; context: string };

/**
 * One kind of what is held: the tables its rows are of, what is told of them by name, and in which order.
 * Keys, hashes of secrets and what staff note among themselves are told to nobody.
 */
export type Part = {
  tables: readonly string[];
  columns: Record<string, Column>;
  from: SQL;
  where: SQL;
  keys: readonly Key[];
  /** Rows of a page, where they are long. */
  size?: number;
};
export type Parts = Record<string, Part>;

/** ISO 8601 in UTC, to the second. */
export const moment = (of: SQL): SQL =>
  sql`to_char(${of} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`;
export const oldest = (first: SQL, id: SQL) => [up("moment", first), up("uuid", id)];
