import { sql } from "drizzle-orm";
import { z } from "zod";

import type { Tx } from "@/db/client";

import { idRow, readRows } from "../rows";
import { verb } from "../verb";
import { catchUpWithEvents } from "./apply-events";
import { findUnreached, settleReached, tellNextContacts } from "./fall-back";

/** How long a mail may be on its way without news: Resend tells webhooks for about 28 hours (its retry schedule). */
const NEWS_WITHIN_HOURS = 72;

/**
 * Follows up what runs: a mail without news for 72 hours is final as "unconfirmed"; what came back of
 * a mandatory broadcast goes to the account's next contact, or makes the account a task; and a
 * broadcast ends when each of its mails is final.
 * @returns the ids of the broadcasts that ended, and how many mails were queued for next contacts.
 */
export const finishBroadcasts = verb({
  may: "broadcast.deliver",
  input: z.object({}),

  async run({ tx, now, record, recordEach, unchanged }) {
    unchanged();
    await settleReached({ tx, now });
    const broadcastIds = await lockRunning(tx);
    if (broadcastIds.length === 0) return { ended: [], queued: 0 };

    const following = { tx, now, broadcastIds };
    await catchUpWithEvents(tx, broadcastIds);
    await giveUpWaiting(following);
    const queued = await tellNextContacts(following);
    const unreached = await findUnreached(following);
    await recordEach(
      "unreached.found",
      unreached.map(({ broadcastId, accountId }) => ({
        subject: { type: "account", id: accountId },
        after: { broadcastId },
      })),
    );
    const ended = await endFinal(following);
    for (const id of ended)
      await record("broadcast.finished", { subject: { type: "broadcast", id } });
    return { ended, queued };
  },
});

type Following = { tx: Tx; now: Date; broadcastIds: readonly string[] };

async function lockRunning(tx: Tx): Promise<string[]> {
  const rows = await readRows(tx, idRow)`
    select id from broadcasts where status = 'sending' order by id for no key update`;
  return rows.map(({ id }) => id);
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
    returning id`;
  return rows.map(({ id }) => id);
}
