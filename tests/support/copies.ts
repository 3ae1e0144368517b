import { type SQL, sql } from "drizzle-orm";

import { asOwner } from "./owner";

/** The id of the n-th copy of a row, where a statement counts by `n`. */
export const copyOf = (table: string, id: string) => sql`md5(${`${table} ${id}`} || n)::uuid`;

type Copies = {
  id: string;
  times: number;
  /** What of a copy is not the row's own, by column; `n` counts them from 1. */
  changes: Record<string, SQL>;
};

/**
 * Copies a row many times in one statement, each with an id of its own. Triggers and references do
 * not look at the copies: they are many, and no test asks what they mean.
 */
export async function copyRow(table: string, { id, times, changes }: Copies): Promise<void> {
  const changed = Object.entries({ id: copyOf(table, id), ...changes }).map(
    ([column, value]) => sql`${column}::text, ${value}`,
  );
  const name = sql.identifier(table);
  await asOwner((own) =>
    own.transaction(async (tx) => {
      await tx.execute(sql`set local session_replication_role = replica`);
      await tx.execute(sql`
        insert into ${name}
        select (jsonb_populate_record(one, jsonb_build_object(${sql.join(changed, sql`, `)}))).*
        from ${name} one, generate_series(1, ${times}::int) n where one.id = ${id}`);
    }),
  );
}
