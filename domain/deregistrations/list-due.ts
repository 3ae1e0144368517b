import { and, asc, eq, lte, sql } from "drizzle-orm";
import { z } from "zod";

import { deregistrations } from "@/db/schema";

import { query } from "../query";

/** The database's clock: a worker whose own is wrong must close no account too early. */
export const readDatabaseTime = query({
  may: "deregistration.execute",
  input: z.object({}),

  async run({ db }): Promise<Date> {
    const result = await db.execute<{ now: string }>(sql`
      select to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as now`);
    return new Date(result.rows[0]?.now ?? "");
  },
});

/** The ids of the deregistrations whose cooling-off has passed, the earliest first. */
export const listDueDeregistrations = query({
  may: "deregistration.execute",
  input: z.object({}),

  async run({ db, now }): Promise<string[]> {
    const due = await db
      .select({ id: deregistrations.id })
      .from(deregistrations)
      .where(and(eq(deregistrations.status, "cooling_off"), lte(deregistrations.executeAfter, now)))
      .orderBy(asc(deregistrations.executeAfter));
    return due.map(({ id }) => id);
  },
});
