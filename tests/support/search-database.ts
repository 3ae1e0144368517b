import { sql } from "drizzle-orm";

import { db } from "@/db/client";

/** The tables that hold a text anywhere in a row, by name: a canary's search. */
export async function tablesHolding(text: string): Promise<string[]> {
  const tables = await db.execute<{ name: string }>(sql`
    select quote_ident(table_schema) || '.' || quote_ident(table_name) as name
    from information_schema.tables
    where table_schema in ('public', 'graphile_worker') and table_type = 'BASE TABLE'
    order by 1`);
  const holding: string[] = [];
  for (const { name } of tables.rows) {
    const found = await db.execute(
      sql`select 1 from ${sql.raw(name)} t where position(${text} in t::text) > 0 limit 1`,
    );
    if (found.rows.length > 0) holding.push(name.replace(/^public\./, ""));
  }
  return holding;
}
