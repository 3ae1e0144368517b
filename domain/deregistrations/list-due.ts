import { and, asc, eq, lte } from "drizzle-orm";
import { z } from "zod";

import { accounts, deregistrations } from "@/db/schema";

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

/** The deregistrations whose cooling-off has passed, each with its account's UIN, the earliest first. */
export const listDueDeregistrations = query({
  may: "deregistration.execute",
  input: z.object({}),

  async run({ db, now }): Promise<{ id: string; uin: string }[]> {
    return db
      .select({ id: deregistrations.id, uin: accounts.uin })
      .from(deregistrations)
      .innerJoin(accounts, eq(accounts.id, deregistrations.accountId))
      .where(and(eq(deregistrations.status, "cooling_off"), lte(deregistrations.executeAfter, now)))
      .orderBy(asc(deregistrations.executeAfter));
  },
});
