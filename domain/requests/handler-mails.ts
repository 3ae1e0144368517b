import { sql } from "drizzle-orm";
import { z } from "zod";

import type { Tx } from "@/db/client";

import { readRows } from "../rows";

/**
 * The one rule of how often handlers are mailed of work that nobody has taken: the first at once, then
 * at most one mail in this time (milliseconds), which sums up what came meanwhile. In-site all of it
 * stands at once, and child data is mailed at once to each (tellHandlers).
 */
const HANDLER_MAIL_PAUSE = 3_600_000;

/**
 * Takes the turn to be mailed now of those who have one; two filings of one moment share it. One
 * transaction at a time: a morning's reminders ask for one case's handlers after another's, so by their
 * rows alone they and a filing could wait for each other for ever.
 */
export async function takeMailTurns(
  tx: Tx,
  userIds: readonly string[],
  now: Date,
): Promise<ReadonlySet<string>> {
  if (userIds.length === 0) return new Set();
  const at = sql`${now.toISOString()}::timestamptz`;
  const rows = await readRows(tx, z.object({ userId: z.string() }))`
    with alone as materialized (select pg_advisory_xact_lock(hashtext('requests.handlerMails')))
    insert into handler_mails (user_id, mailed_at, digested_at)
    select id, ${at}, ${at} from alone, unnest(${sql.param([...userIds])}::uuid[]) as id order by id
    on conflict (user_id) do update set mailed_at = excluded.mailed_at
      where handler_mails.mailed_at <= ${pauseBefore(now).toISOString()}::timestamptz
    returning user_id as "userId"`;
  return new Set(rows.map(({ userId }) => userId));
}

/** Who was mailed no later may be mailed again. */
export const pauseBefore = (now: Date) => new Date(now.getTime() - HANDLER_MAIL_PAUSE);
