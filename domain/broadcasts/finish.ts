import { sql } from "drizzle-orm";
import { z } from "zod";

import type { Tx } from "@/db/client";

import { chore } from "../chore";
import { uuid } from "../input";
import { idRow, readRows } from "../rows";
import { verb } from "../verb";
import { catchUpWithEvents } from "./apply-events";
import { findUnreached, settleReached, tellNextContacts } from "./fall-back";
import { rootOfPosts } from "./posted";
import { writeDispatches } from "./write-dispatches";

/** How long a mail may be on its way without news: Resend tells webhooks for about 28 hours (its retry schedule). */
const NEWS_WITHIN_HOURS = 72;

/**
 * Follows up what runs: a mail without news for 72 hours is final as "unconfirmed"; what came back of
 * a mandatory broadcast goes to the account's next contact, or makes the account a task; and a
 * broadcast ends when each of its mails and posts is final. One that is still being prepared is left alone: who
 * has no delivery yet is not missed.
 * @returns the ids of the broadcasts that ended, and how many mails were queued for next contacts.
 */
export const finishBroadcasts = chore({
  may: "broadcast.deliver",
  input: z.object({}),

  async run(step) {
    const { tx, now } = step;
    const broadcastIds = await lockRunning(tx);
    const queued = broadcastIds.length === 0 ? 0 : await followUp({ tx, now, broadcastIds });
    return { ended: await conclude(step, { broadcastIds }), queued };
  },
});

/** What became of accounts and broadcasts; the deliveries above are a trail of their own. */
const conclude = verb({
  may: "broadcast.deliver",
  input: z.object({ broadcastIds: z.array(uuid) }),

  async run({ tx, now, recordEach, unchanged }, { broadcastIds }) {
    const following = { tx, now, broadcastIds };
    const reached = await settleReached(following);
    const unreached = await findUnreached(following);
    const ended = await endFinal(following);
    if (reached.length + unreached.length + ended.length === 0) return unchanged(ended);
    await recordEach(
      "unreached.settled",
      reached.map(({ broadcastId, accountId }) => ({
        id: accountId,
        after: { broadcastId, note: null },
      })),
    );
    await recordEach(
      "unreached.found",
      unreached.map(({ broadcastId, accountId }) => ({
        id: accountId,
        after: { broadcastId },
      })),
    );
    for (const id of ended) {
      const posted = await rootOfPosts(tx, id);
      if (posted) await recordEach("broadcast.posted", [{ id, after: posted }]);
    }
    await recordEach(
      "broadcast.finished",
      ended.map((id) => ({ id })),
    );
    return ended;
  },
});

type Following = { tx: Tx; now: Date; broadcastIds: readonly string[] };

async function lockRunning(tx: Tx): Promise<string[]> {
  const rows = await readRows(tx, idRow)`
    select id from broadcasts where status = 'sending' and prepared_at is not null
    order by id for no key update`;
  return rows.map(({ id }) => id);
}

async function followUp(following: Following): Promise<number> {
  await catchUpWithEvents(following.tx, following.broadcastIds);
  await giveUpWaiting(following);
  const queued = await tellNextContacts(following);
  if (queued > 0) await writeDispatches(following.tx, { ...following, toSecond: true });
  return queued;
}

async function giveUpWaiting({ tx, now, broadcastIds }: Following): Promise<void> {
  await tx.execute(sql`
    update deliveries set status = 'unconfirmed', settled_at = ${now.toISOString()}::timestamptz
    where broadcast_id = any(${sql.param([...broadcastIds])}::uuid[])
      and channel = 'email' and status = 'sent'
      and sent_at < ${now.toISOString()}::timestamptz - make_interval(hours => ${NEWS_WITHIN_HOURS})`);
}

async function endFinal({ tx, now, broadcastIds }: Following): Promise<string[]> {
  const rows = await readRows(tx, idRow)`
    update broadcasts b set status = 'finished', finished_at = ${now.toISOString()}::timestamptz
    where b.id = any(${sql.param([...broadcastIds])}::uuid[])
      and not exists (
        select from deliveries d
        where d.broadcast_id = b.id and d.channel = 'email' and d.status in ('queued', 'sent')
      )
      and not exists (
        select from dispatches d where d.broadcast_id = b.id and d.status = 'queued'
      )
    returning id`;
  return rows.map(({ id }) => id);
}
