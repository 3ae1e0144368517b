import { type SQL, sql } from "drizzle-orm";

/** A moment in SQL as text that `readMoment` reads: raw statements give the driver's own format. */
export const utc = (column: SQL): SQL =>
  sql`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

export const readMoment = (value: string | null): Date | null => (value ? new Date(value) : null);
