import { sql } from "drizzle-orm";
import { z } from "zod";

import { chore } from "../chore";
import { query } from "../query";
import { readRows } from "../rows";

/** Asked about in vain, a mail is asked about again so much later. */
const AGAIN_AFTER_HOURS = 24;

const silentRow = z.object({ providerId: z.string() });

/**
 * Mails that the provider accepted so many hours ago and of which no report has come that says how it
 * ended, of broadcasts that have not; those that were asked about within a day are left out. A
 * broadcast that began less long ago has none, and is not looked through.
 * @returns the provider's ids, at most so many
 */
export const listSilentMails = query({
  may: "broadcast.deliver",
  input: z.object({ hours: z.int().min(1), most: z.int().min(1) }),

  async run({ db, now }, { hours, most }): Promise<string[]> {
    const at = sql`${now.toISOString()}::timestamptz`;
    const before = sql`${at} - make_interval(hours => ${hours})`;
    const rows = await readRows(db, silentRow)`
      select d.provider_id as "providerId"
      from broadcasts b join deliveries d on d.broadcast_id = b.id
      where b.status in ('sending', 'paused') and b.started_at < ${before}
        and d.channel = 'email' and d.status = 'sent' and d.provider_id is not null and d.route is null
        and d.sent_at < ${before}
        and (d.asked_at is null
          or d.asked_at < ${at} - make_interval(hours => ${AGAIN_AFTER_HOURS}))
      limit ${most}`;
    return rows.map(({ providerId }) => providerId);
  },
});

/** Puts down that the provider was asked what became of a mail, whatever it answered. */
export const noteAsked = chore({
  may: "broadcast.deliver",
  input: z.object({ providerId: z.string() }),

  async run({ tx, now }, { providerId }): Promise<void> {
    await tx.execute(sql`
      update deliveries set asked_at = ${now.toISOString()}::timestamptz
      where provider_id = ${providerId}`);
  },
});
