import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import { env } from "@/lib/env";
import { shanghaiDay, shanghaiMidnight } from "@/lib/shanghai";

import { changeRows, countColumn, readOneRow, readRow } from "../rows";

/** Of a message that was not sent because the budget of its telling, or of the day, is used up. */
export const OVER_BUDGET = "budget";

/** Messages that left since the day began in Shanghai: attempts, since each may have been charged. */
const sentSince = (now: Date): SQL => sql`(
  select count(*)::int from dispatch_attempts t
  join dispatches s on s.id = t.dispatch_id join endpoints n on n.id = s.endpoint_id
  where n.channel = 'sms' and t.started_at >= ${shanghaiMidnight(shanghaiDay(now)).toISOString()}::timestamptz)`;

/**
 * Ends what is over the budget before anything of it is claimed: of a telling, and of a day over all of
 * them, the first written leave. It stands on the board with its reason. One worker at a time looks, so
 * that no two pass the budget together.
 */
export async function endOverBudget(tx: Tx, now: Date): Promise<void> {
  if (!env().SMS_OPERATOR) return;
  const waiting = await readRow(tx, z.object({}))`
    select from dispatches d join endpoints e on e.id = d.endpoint_id and e.channel = 'sms'
    where d.status = 'queued' and d.attempts = 0 limit 1`;
  if (!waiting) return;
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('dispatches.budget'))`);
  await changeRows(tx)`
    with waiting as (
      select d.id, d.broadcast_id, d.created_at from dispatches d
      join endpoints e on e.id = d.endpoint_id and e.channel = 'sms'
      left join broadcasts b on b.id = d.broadcast_id
      where d.status = 'queued' and d.attempts = 0 and b.status is distinct from 'paused'
    ), ranked as (
      select w.id,
        row_number() over (order by w.created_at, w.id) + ${sentSince(now)} as of_day,
        row_number() over (partition by w.broadcast_id order by w.created_at, w.id) + (
          select count(*) from dispatches s join endpoints n on n.id = s.endpoint_id
          where s.broadcast_id = w.broadcast_id and n.channel = 'sms' and s.attempts > 0) as of_telling
      from waiting w
    )
    update dispatches d set status = 'failed', reason = ${OVER_BUDGET}, settled_at = clock_timestamp()
    from ranked r
    where r.id = d.id
      and (r.of_telling > ${env().SMS_BUDGET_TELLING} or r.of_day > ${env().SMS_BUDGET_DAY})`;
}

const plannedRow = z.object({ numbers: countColumn, sentToday: countColumn });

export type PlannedTexts = {
  /** Of the people told, who has a number. */
  numbers: number;
  perTelling: number;
  leftToday: number;
  /** Who has one and would have no message. */
  over: number;
};

/** How many messages a telling to these people (rows user_id) would send now; null where none are sent here. */
export async function planTexts(
  db: Db | Tx,
  { people, now }: { people: SQL; now: Date },
): Promise<PlannedTexts | null> {
  const { SMS_OPERATOR, SMS_BUDGET_TELLING: perTelling, SMS_BUDGET_DAY: perDay } = env();
  if (!SMS_OPERATOR) return null;
  const { numbers, sentToday } = await readOneRow(db, plannedRow)`
    select count(*)::int as numbers, ${sentSince(now)} as "sentToday" from endpoints e
    where e.channel = 'sms' and e.ended_at is null and 'incidents' = any(e.topics)
      and e.user_id in (select p.user_id from (${people}) p)`;
  const leftToday = Math.max(0, perDay - sentToday);
  const over = Math.max(0, numbers - Math.min(perTelling, leftToday));
  return { numbers, perTelling, leftToday, over };
}
