import { lte, sql } from "drizzle-orm";

import type { Tx } from "@/db/client";
import { handlerMails } from "@/db/schema";

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
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('requests.handlerMails'))`);
  const turns = await tx
    .insert(handlerMails)
    .values(userIds.toSorted().map((userId) => ({ userId, mailedAt: now, digestedAt: now })))
    .onConflictDoUpdate({
      target: handlerMails.userId,
      set: { mailedAt: now },
      setWhere: lte(handlerMails.mailedAt, pauseBefore(now)),
    })
    .returning({ userId: handlerMails.userId });
  return new Set(turns.map(({ userId }) => userId));
}

/** Who was mailed no later may be mailed again. */
export const pauseBefore = (now: Date) => new Date(now.getTime() - HANDLER_MAIL_PAUSE);
