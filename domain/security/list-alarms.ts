import { desc, eq, gt } from "drizzle-orm";
import { z } from "zod";

import { securityAlarms, users } from "@/db/schema";

import { query } from "../query";

const DAYS_MS = 7 * 86_400_000;
const MOST = 10;

export type ListedAlarm = Awaited<ReturnType<typeof listAlarms>>[number];

/** The alarms of the last seven days, the newest first and no more than ten. */
export const listAlarms = query({
  may: "security.read",
  input: z.object({}),

  async run({ db, now }) {
    return db
      .select({
        id: securityAlarms.id,
        pattern: securityAlarms.pattern,
        count: securityAlarms.count,
        network: securityAlarms.network,
        personEmail: users.email,
        personName: users.name,
        raisedAt: securityAlarms.raisedAt,
      })
      .from(securityAlarms)
      .leftJoin(users, eq(users.id, securityAlarms.userId))
      .where(gt(securityAlarms.raisedAt, new Date(now.getTime() - DAYS_MS)))
      .orderBy(desc(securityAlarms.raisedAt), desc(securityAlarms.id))
      .limit(MOST);
  },
});
