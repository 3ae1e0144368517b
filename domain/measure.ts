import { sql } from "drizzle-orm";
import { z } from "zod";

import {
  broadcasts,
  deliveries,
  emergencySendings,
  mailBatches,
  requests,
  unreachedAccounts,
} from "@/db/schema";
import { addDays, shanghaiDay } from "@/lib/shanghai";

import { query } from "./query";
import { countColumn, readOneRow } from "./rows";

/** Beyond so many it does not matter how many. */
const MOST = 1_000_000;

const seconds = z.number().min(0);

const measured = z.object({
  mailsWaiting: countColumn,
  /** Seconds; 0 where nothing waits. */
  oldestMail: seconds,
  batchesDue: countColumn,
  batchesLater: countColumn,
  jobsWaiting: countColumn,
  oldestJob: seconds,
  jobsGivenUp: countColumn,
  overdue: countColumn,
  dueToday: countColumn,
  dueSoon: countColumn,
  unreached: countColumn,
  /** Notices that one person sent alone and nobody has looked at within half an hour. */
  unseen: countColumn,
  /** Seconds by which this process's clock is ahead of the database's, or behind (OWASP ASVS 16.2.2). */
  clockAhead: z.number(),
});

/** How much work lies there and since when: counts and seconds, of nobody in particular. */
export const measureWork = query({
  may: "broadcast.deliver",
  input: z.object({}),

  async run({ db, now }) {
    const today = shanghaiDay(now);
    const soon = addDays(today, 3);
    const moment = sql`${now.toISOString()}::timestamptz`;
    const waits = sql`d.channel = 'email' and d.status = 'queued' and d.batch_id is null`;
    const isReady = sql`run_at <= ${moment} and locked_at is null and attempts < max_attempts`;
    const since = (oldest: ReturnType<typeof sql>) =>
      sql`greatest(coalesce(extract(epoch from ${moment} - (${oldest})), 0), 0)::float8`;
    return readOneRow(db, measured)`
      select
        (select count(*)::int from (select from ${deliveries} d where ${waits} limit ${MOST}) w) as "mailsWaiting",
        ${since(sql`
          select least(
            (select min(b.started_at) from ${broadcasts} b
              where b.status = 'sending'
                and exists (select from ${deliveries} d where d.broadcast_id = b.id and ${waits})),
            (select min(frozen_at) from ${mailBatches} where status = 'frozen'))`)} as "oldestMail",
        (select count(*)::int from ${mailBatches}
          where status = 'frozen' and next_attempt_at <= ${moment}) as "batchesDue",
        (select count(*)::int from ${mailBatches}
          where status = 'frozen' and next_attempt_at > ${moment}) as "batchesLater",
        (select count(*)::int from graphile_worker.jobs where ${isReady}) as "jobsWaiting",
        ${since(sql`select min(run_at) from graphile_worker.jobs where ${isReady}`)} as "oldestJob",
        (select count(*)::int from graphile_worker.jobs where attempts >= max_attempts) as "jobsGivenUp",
        due.*,
        (select count(*)::int from ${unreachedAccounts} where settled_at is null) as unreached,
        (select count(*)::int from ${emergencySendings}
          where verdict is null and look_due_at <= ${moment}) as unseen,
        extract(epoch from ${moment} - clock_timestamp())::float8 as "clockAhead"
      from (
        select
          count(*) filter (where due_date < ${today})::int as overdue,
          count(*) filter (where due_date = ${today})::int as "dueToday",
          count(*) filter (where due_date > ${today} and due_date <= ${soon})::int as "dueSoon"
        from ${requests} where answered_at is null and status <> 'withdrawn') due`;
  },
});
