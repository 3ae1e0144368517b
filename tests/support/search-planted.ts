import { sql } from "drizzle-orm";

import { db } from "@/db/client";
import { unseal } from "@/lib/seal";

const VALUE = /planted\d+z/g;
/** What values are sealed for, wherever they rest. */
const CONTEXTS = [
  ...["request.facts", "request.subjects", "request.details", "request.reply_to", "request.stop"],
  ...["request.message", "request.explanation", "request.file", "request.draft", "factor.secret"],
  ...["endpoint.address", "endpoint.secret", "endpoint.secret_before", "ticket.link"],
];

/**
 * Every planted value that stands anywhere in the database: in the text of a row, as a plain dump would
 * have it, or in a sealed value, opened with the key. By value, the columns or tables that hold it.
 */
export async function searchPlanted(): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  const note = (value: string, where: string) =>
    found.set(value, [...(found.get(value) ?? []), where]);
  const tables = await db.execute<{ name: string; sealed: string[] }>(sql`
    select quote_ident(t.table_schema) || '.' || quote_ident(t.table_name) as name,
      array(select quote_ident(c.column_name)::text from information_schema.columns c
        where c.table_schema = t.table_schema and c.table_name = t.table_name
          and c.data_type = 'bytea') as sealed
    from information_schema.tables t
    where t.table_schema in ('public', 'graphile_worker') and t.table_type = 'BASE TABLE'`);
  for (const { name, sealed } of tables.rows) {
    const dump = await db.execute<{ value: string }>(sql`
      select distinct (regexp_matches(t::text, 'planted[0-9]+z', 'g'))[1] as value
      from ${sql.raw(name)} t`);
    for (const { value } of dump.rows) note(value, name);
    for (const column of sealed) {
      const values = await db.execute<{ bytes: Buffer }>(
        sql`select ${sql.raw(column)} as bytes from ${sql.raw(name)} where ${sql.raw(column)} is not null`,
      );
      for (const { bytes } of values.rows)
        for (const [value] of opened(bytes).matchAll(VALUE)) note(value, `${name}.${column}`);
    }
  }
  return found;
}

/** What is no sealed value, such as a hash, has no words. */
function opened(bytes: Buffer): string {
  for (const context of CONTEXTS) {
    try {
      return unseal(bytes, context).toString("utf8");
    } catch {
      continue;
    }
  }
  return "";
}
