import { sql } from "drizzle-orm";
import { z } from "zod";

import { MAILS_PER_BATCH } from "@/lib/mailer";

import { chore } from "../chore";
import { countColumn, readOneRow } from "../rows";
import { ON_KNOWN_LINE } from "./known-line";
import { oneWaiting, urgencyOf } from "./turns";

/** How many batches are frozen in one transaction. */
const BATCHES_AT_ONCE = 10;

/**
 * Takes the next waiting deliveries of one broadcast and language, the most urgent's and else theirs
 * whose turn is longest ago, in the order of their key, and freezes their mails in batches of 100: what differs between the mails and the idempotency key are
 * stored before the first attempt, so that every retry sends the same under the same key. All in one
 * statement: no person passes through this process.
 * @returns how many mails were frozen; 0 when none waits.
 */
export const freezeNextBatches = chore({
  may: "broadcast.deliver",
  input: z.object({ from: z.string(), most: z.int().default(BATCHES_AT_ONCE) }),

  async run({ tx }, { from, most }) {
    const { mails } = await readOneRow(tx, z.object({ mails: countColumn }))`
      with next as (
        select m.broadcast_id, m.locale
        from broadcast_mails m
        join broadcasts b on b.id = m.broadcast_id and b.status = 'sending'
        cross join lateral (${oneWaiting({ broadcastId: sql`m.broadcast_id`, locale: sql`m.locale` })}) as waiting
        where ${ON_KNOWN_LINE}
        order by ${urgencyOf(sql`b.kind`)}, (
            select max(f.frozen_at) from mail_batches f
            where f.broadcast_id = m.broadcast_id and f.locale = m.locale
          ) nulls first, b.started_at
        limit 1
        -- Whoever pauses or cancels waits for this, and this for them.
        for share of b
      ), taken as materialized (
        select d.id, d.broadcast_id, d.locale, d.address, d.user_id, d.account_ids, d.app_ids, d.route
        from deliveries d
        -- Of one broadcast and language, so that the index gives the order and no more is read than taken.
        where d.broadcast_id = (select broadcast_id from next) and d.locale = (select locale from next)
          and d.status = 'queued' and d.batch_id is null
        order by d.user_id
        limit ${most * MAILS_PER_BATCH}
        for update of d skip locked
      ), numbered as (
        select t.*, (row_number() over (partition by route order by user_id) - 1)::int as n from taken t
      ), mails as materialized (
        select t.id, t.broadcast_id, t.locale, t.address, t.route, u.name,
          -- A server of SMTP answers for each mail, and forgets it: each is a batch of its own (decision 091).
          case when t.route is null then t.n / ${MAILS_PER_BATCH} else t.n end as number,
          case when t.route is null then t.n % ${MAILS_PER_BATCH} else 0 end as place,
          coalesce((select string_agg(a.name || ' (' || a.uin || ')', ', ' order by a.uin)
           from accounts a where a.id = any(t.account_ids)), '') as accounts,
          case when t.app_ids = '{}' then '' else coalesce((select string_agg(p.name || ' (' || p.sdk_app_id || ')', ', ' order by p.sdk_app_id)
           from apps p where p.id = any(t.app_ids)), '') end as apps,
          case when (select m.unsubscribe from broadcast_mails m where m.broadcast_id = t.broadcast_id and m.locale = t.locale) is null then ''
            when (select b.kind from broadcasts b where b.id = t.broadcast_id) = 'bulletin'
            then coalesce((select s.key::text from subscriptions s where s.user_id = t.user_id), '')
            else coalesce((select k.key::text from mail_keys k where k.user_id = t.user_id), '') end as key
        from numbered t join users u on u.id = t.user_id
      ), batches as materialized (
        select gen_random_uuid() as id, broadcast_id, locale, route, number, count(*)::int as size,
          array_agg(address order by place) as addresses, array_agg(name order by place) as names,
          array_agg(accounts order by place) as accounts, array_agg(apps order by place) as apps, array_agg(key order by place) as keys
        from mails group by broadcast_id, locale, route, number
      ), frozen as (
        insert into mail_batches
          (id, broadcast_id, idempotency_key, locale, sender, route, size, addresses, names, accounts, apps, keys, frozen_at, next_attempt_at)
        -- The key is of the batch, not of its recipients: those who failed may stand in another one later.
        select id, broadcast_id, 'broadcast/' || broadcast_id || '/' || id, locale, ${from}, route, size,
          addresses, names, accounts, apps, keys, clock_timestamp(), clock_timestamp()
        from batches
      ), marked as (
        update deliveries d set batch_id = b.id, batch_index = m.place
        from mails m join batches b on b.number = m.number and b.route is not distinct from m.route
        where d.id = m.id
      )
      select count(*) as mails from mails`;
    return mails;
  },
});
