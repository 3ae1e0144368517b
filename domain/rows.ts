import { sql } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";

/** As PostgreSQL writes a moment, by the clock of the session: "2026-03-02 09:30:00.123456+08". */
const WRITTEN = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?[+-]\d\d(:\d\d)?$/;

export const momentColumn = z.unknown().transform((written, ctx) => {
  const moment = new Date(typeof written === "string" && WRITTEN.test(written) ? written : NaN);
  if (!Number.isNaN(moment.getTime())) return moment;
  ctx.addIssue("is no moment");
  return z.NEVER;
});

/** A number of things; as text where PostgreSQL counts in `bigint`. */
export const countColumn = z.unknown().transform((counted, ctx) => {
  const count = typeof counted === "string" && /^\d+$/.test(counted) ? Number(counted) : counted;
  if (typeof count === "number" && Number.isSafeInteger(count) && count >= 0) return count;
  ctx.addIssue("is no count");
  return z.NEVER;
});

/** What only names things: `select id`, `returning id`. */
export const idRow = z.object({ id: z.string() });

/** What a statement selects, by the names the code uses (`as "userId"`). Other columns are left out. */
type RowSchema = z.ZodObject;

type Statement<Result> = (text: TemplateStringsArray, ...values: unknown[]) => Promise<Result>;

/** The one way to read what a written-out statement gives: its schema is the type of its rows. */
export function readRows<Schema extends RowSchema>(
  db: Db | Tx,
  schema: Schema,
): Statement<z.output<Schema>[]> {
  return async (text, ...values) => {
    const { rows } = await db.execute(sql(text, ...values));
    return rows.map((row) => parseRow(schema, row));
  };
}

/** The first row; null where there is none. */
export function readRow<Schema extends RowSchema>(
  db: Db | Tx,
  schema: Schema,
): Statement<z.output<Schema> | null> {
  return async (text, ...values) => (await readRows(db, schema)(text, ...values))[0] ?? null;
}

/** The one row that an aggregate without groups, or another statement that always gives one, has. */
export function readOneRow<Schema extends RowSchema>(
  db: Db | Tx,
  schema: Schema,
): Statement<z.output<Schema>> {
  return async (text, ...values) => {
    const row = await readRow(db, schema)(text, ...values);
    if (!row) throw new Error("a statement that always gives a row gave none");
    return row;
  };
}

/** Runs a statement that changes rows. @returns how many */
export function changeRows(tx: Tx): Statement<number> {
  return async (text, ...values) => (await tx.execute(sql(text, ...values))).rowCount ?? 0;
}

/** A fault of ours, never of who asks, and without the values of the row: it is written to the log. */
function parseRow<Schema extends RowSchema>(schema: Schema, row: unknown): z.output<Schema> {
  const read = schema.safeParse(row);
  if (read.success) return read.data;
  const faults = read.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
  throw new Error(`a row is not what its schema says (${faults.join("; ")})`);
}
