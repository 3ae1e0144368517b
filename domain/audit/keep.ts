import { z } from "zod";

import type { Tx } from "@/db/client";
import { setting } from "@/lib/env";

import { countColumn, readOneRow } from "../rows";

/** In tests, where a verb that breaks the record's rules is a failing test and no lost change. */
export const isKept = setting("NODE_ENV") === "test";

/** What the verbs that have ended in a transaction have written. */
const written = new WeakMap<Tx, number>();

/** Begins to count what a verb writes. @returns how much, without what the verbs it calls write */
export async function countOwnWrites(tx: Tx): Promise<() => Promise<number>> {
  const [before, byOthers] = [await countWrites(tx), written.get(tx) ?? 0];
  return async () => {
    const all = (await countWrites(tx)) - before;
    const own = all - ((written.get(tx) ?? 0) - byOthers);
    written.set(tx, byOthers + all);
    return own;
  };
}

/**
 * Rows entered, changed and deleted, as PostgreSQL itself counts them, whoever wrote the statement. What
 * came and went again counts as nothing: it counts so a row that gave way to another's (ON CONFLICT).
 */
async function countWrites(tx: Tx): Promise<number> {
  const { rows } = await readOneRow(tx, z.object({ rows: countColumn }))`
    select coalesce(sum(
      abs(pg_stat_get_xact_tuples_inserted(oid) - pg_stat_get_xact_tuples_deleted(oid))
        + pg_stat_get_xact_tuples_updated(oid)), 0) as rows
    from pg_class where relkind = 'r' and oid >= 16384`;
  return rows;
}
