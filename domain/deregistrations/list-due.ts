import { and, asc, eq, lte } from "drizzle-orm";
import { z } from "zod";

import { deregistrations } from "@/db/schema";

import { query } from "../query";
import { momentColumn, readOneRow } from "../rows";

/** The database's clock: a worker whose own is wrong must close no account too early. */
export const readDatabaseTime = query({
  may: "deregistration.execute",
  input: z.object({}),

  async run({ db }): Promise<Date> {
    const schema = z.object({ now: momentColumn });
    const { now } = await readOneRow(db, schema)`select clock_timestamp() as now`;
    return now;
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
