import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";

import type { Tx } from "@/db/client";
import { CHANNELS, DELIVERY_STATUSES } from "@/db/vocabulary/broadcasts";
import { REFUSED_LIKE } from "@/db/vocabulary/routes";

import { readRows } from "../rows";
import { OPEN_STATUSES, TOLD_STATUSES } from "./delivery-status";
import { IS_MANDATORY, IS_RESTRICTED } from "./mandatory";
import { wayOf } from "./mail-routes";
import { IS_RETRYABLE } from "./retryable";

type Following = { tx: Tx; now: Date; broadcastIds: readonly string[] };

const MISSED: SQL = sql`d.channel = 'email' and d.status in ('bounced', 'deferred', 'suppressed', 'failed', 'unknown')`;

/**
 * Turns to the next contact of every account whose mail of a mandatory broadcast came back or was
 * refused, unless somebody else of the account got it or still may. The next contact gets the mail and
 * the in-site message; a suppressed address is written down as tried and the one after it gets them.
 * Who was mailed already is not mailed again.
 * @returns how many mails were queued
 */
export async function tellNextContacts(following: Following): Promise<number> {
  let queued = 0;
  for (;;) {
    const told = await tellOneMore(following);
    queued += told.filter((status) => status === "queued").length;
    if (!told.includes("suppressed")) return queued;
  }
}

const toldRow = z.object({ channel: z.enum(CHANNELS), status: z.enum(DELIVERY_STATUSES) });

async function tellOneMore({ tx, now, broadcastIds }: Following): Promise<string[]> {
  const at = sql`${now.toISOString()}::timestamptz`;
  const told = await readRows(tx, toldRow)`
    with returned as (
      select distinct on (b.id, a.id) b.id as broadcast_id, a.id as account_id,
        d.id as delivery_id, d.app_ids, ${IS_RESTRICTED} as is_restricted
      from broadcasts b
      join deliveries d on d.broadcast_id = b.id and ${MISSED}
      left join mail_batches m on m.id = d.batch_id
      join accounts a on a.id = any(d.account_ids) and a.closed_at is null
      where b.id = any(${ids(broadcastIds)}) and b.cancelled_at is null and ${IS_MANDATORY}
        and d.status <> 'unknown' and not coalesce(${IS_RETRYABLE}, false)
        -- Of an account whose region no mail leaves to, nobody else's would.
        and coalesce(d.reason, '') not like ${REFUSED_LIKE}
      order by b.id, a.id, d.settled_at desc, d.id
    ), next as (
      select distinct on (r.broadcast_id, r.account_id) r.*, c.user_id
      from returned r
      join (${contactsInOrder(sql`select account_id from returned`)}) as c on c.account_id = r.account_id
      where (c.rank <= ${LAST_RESTRICTED_RANK} or not r.is_restricted)
        and not ${mayBeReached({ broadcastId: sql`r.broadcast_id`, accountId: sql`r.account_id` })}
        and not exists (
          select from deliveries o
          where o.broadcast_id = r.broadcast_id and o.user_id = c.user_id and o.channel = 'email'
        )
      order by r.broadcast_id, r.account_id, c.rank, c.user_id
    ), person as (
      select n.broadcast_id, n.user_id, array_agg(distinct n.account_id) as account_ids,
        coalesce(array_agg(distinct p.id) filter (where p.id is not null), '{}') as app_ids,
        (array_agg(n.delivery_id order by n.account_id))[1] as fallback_of
      from next n
      left join apps p on p.account_id = n.account_id and p.id = any(n.app_ids)
      group by n.broadcast_id, n.user_id
    )
    insert into deliveries
      (broadcast_id, channel, user_id, account_ids, app_ids, fallback_of, address, locale, status, reason, created_at, settled_at, route)
    select p.broadcast_id, channel, p.user_id, p.account_ids, p.app_ids, p.fallback_of,
      case when channel = 'email' then u.email end, u.locale,
      case when channel = 'inbox' then 'placed'
        when way.refused is not null or s.address is not null then 'suppressed' else 'queued' end,
      case when channel = 'email' then coalesce(way.refused, s.reason) end, ${at},
      case when channel = 'inbox' or way.refused is not null or s.address is not null then ${at} end,
      case when channel = 'email' then way.route end
    from person p
    join users u on u.id = p.user_id
    cross join unnest(array['inbox', 'email']) as channel
    cross join ${wayOf({ accountIds: sql`p.account_ids`, routes: sql`select b.routes from broadcasts b where b.id = p.broadcast_id` })} as way
    left join suppressions s on s.address = u.email
    on conflict (broadcast_id, user_id, channel) do nothing
    returning channel, status`;
  return told.filter(({ channel }) => channel === "email").map(({ status }) => status);
}

const unreachedRow = z.object({ broadcastId: z.string(), accountId: z.string() });

/**
 * Writes down the accounts none of whose people a mandatory broadcast reached or still may reach.
 * What was cancelled was decided by somebody, and is nobody's task.
 * @returns the accounts, each with its broadcast
 */
export const findUnreached = ({ tx, now, broadcastIds }: Following) =>
  readRows(tx, unreachedRow)`
    insert into unreached_accounts (broadcast_id, account_id, found_at)
    select distinct b.id, a.id, ${now.toISOString()}::timestamptz
    from broadcasts b
    join deliveries d on d.broadcast_id = b.id and ${MISSED}
    join accounts a on a.id = any(d.account_ids) and a.closed_at is null
    where b.id = any(${ids(broadcastIds)}) and b.cancelled_at is null and ${IS_MANDATORY}
      and not ${mayBeReached({ broadcastId: sql`b.id`, accountId: sql`a.id` })}
    on conflict do nothing
    returning broadcast_id as "broadcastId", account_id as "accountId"`;

/**
 * Settles by itself what solved itself: a later mail arrived, or somebody read the in-site message.
 * @returns the accounts, each with its broadcast
 */
export const settleReached = ({ tx, now }: { tx: Tx; now: Date }) =>
  readRows(tx, unreachedRow)`
    update unreached_accounts u set settled_at = ${now.toISOString()}::timestamptz
    where u.settled_at is null
      and ${isReached({ broadcastId: sql`u.broadcast_id`, accountId: sql`u.account_id` })}
    returning broadcast_id as "broadcastId", account_id as "accountId"`;

const ids = (broadcastIds: readonly string[]): SQL => sql`${sql.param([...broadcastIds])}::uuid[]`;

/** The last rank that may learn of a restricted incident. */
export const LAST_RESTRICTED_RANK = 2;

/**
 * Whom to turn to, one after the other, when a mandatory mail does not arrive: 1 the verified
 * security contacts, 2 the owners, 3 the legal members and verified legal contacts, 4 all other
 * members and the verified technical contacts. Rows (account_id, user_id, rank) of the accounts in
 * the statement `accounts` (rows account_id), each person once an account, with the first rank they have.
 */
export function contactsInOrder(accounts: SQL): SQL {
  return sql`
    select account_id, user_id, min(rank) as rank
    from (
      select k.account_id, k.user_id,
        case k.kind when 'security' then 1 when 'legal' then 3 else 4 end as rank
      from contacts k
      where k.verified_at is not null and k.removed_at is null and k.account_id in (${accounts})
      union all
      select m.account_id, m.user_id, case m.role when 'owner' then 2 when 'legal' then 3 else 4 end
      from members m
      where m.left_at is null and m.account_id in (${accounts})
    ) as person
    group by account_id, user_id`;
}

type Of = { broadcastId: SQL; accountId: SQL };

/** Whether somebody of the account got the broadcast's mail, or has read its in-site message. */
const isReached = (of: Of): SQL => hasPersonWith(of, TOLD_STATUSES);

/** The same, or a mail to somebody of the account is still on its way. */
const mayBeReached = (of: Of): SQL => hasPersonWith(of, [...TOLD_STATUSES, ...OPEN_STATUSES]);

/** Everybody who is or was of the account counts: they were when they were told. */
function hasPersonWith({ broadcastId, accountId }: Of, statuses: readonly string[]): SQL {
  return sql`exists (
    select from (
      select user_id from members where account_id = ${accountId}
      union select user_id from contacts where account_id = ${accountId}
    ) as person
    join deliveries o on o.broadcast_id = ${broadcastId} and o.user_id = person.user_id
    where (o.channel = 'email' and o.status = any(${sql.param([...statuses])}::text[]))
      or (o.channel = 'inbox' and o.read_at is not null)
  )`;
}
