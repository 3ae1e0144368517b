import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";

import type { Tx } from "@/db/client";
import type { Severity } from "@/db/vocabulary/incidents";
import { env } from "@/lib/env";

import { wakeJob } from "../jobs";
import { changeRows, readRows } from "../rows";
import { OPTIONAL_PUSH } from "./optional-mails";

/** What an endpoint chooses by, of the row `b` of broadcasts; null for what concerns one person alone. */
const TOPIC: SQL = sql`(case b.kind
  when 'incident_notice' then 'incidents'
  when 'policy_change' then 'policies'
  when 'acknowledgement_reminder' then 'policies'
  when 'announcement' then 'announcements'
  when 'request_update' then 'requests'
  when 'withdrawal' then case b.facts #>> '{what,kind}'
    when 'version' then 'policies' when 'incident' then 'incidents' else 'announcements' end
end)`;

/** Incidents of these grades are told by text message too; of others only who is told in the place of a contact that no mail reached. */
export const GRAVE: readonly Severity[] = ["very_major", "major"];

/** Whether a channel is set up here and used for the broadcast `b`, of the row `e` of endpoints. */
const mayPost = (): SQL => sql`(case e.channel
  when 'push' then ${env().PUSH_KEY !== undefined}
  when 'sms' then ${env().SMS_OPERATOR !== undefined} and b.kind = 'incident_notice' and (
    b.facts ->> 'severity' = any(${sql.param([...GRAVE])}::text[])
    or exists (
      select from deliveries f
      where f.broadcast_id = b.id and f.user_id = e.user_id and f.fallback_of is not null))
  else true
end)`;

type Writing = {
  broadcastIds: readonly string[];
  now: Date;
  /** Only for who was told after the others, in the place of a contact. */
  toSecond?: boolean;
};

/**
 * Writes what broadcasts post: a row for each endpoint of each account that they tell and for each
 * browser of each person, once, with all of their deliveries, and wakes who posts them. Where nobody
 * has an endpoint it costs one look.
 */
export async function writeDispatches(
  tx: Tx,
  { broadcastIds, now, toSecond = false }: Writing,
): Promise<void> {
  const second = sql`${toSecond}::boolean`;
  const at = sql`${now.toISOString()}::timestamptz`;
  const written = await changeRows(tx)`
    with told as (
      select distinct d.broadcast_id, one.account_id as owner, '{}'::uuid[] as app_ids
      from deliveries d cross join unnest(d.account_ids) as one(account_id)
      where d.broadcast_id = any(${sql.param([...broadcastIds])}::uuid[]) and d.channel = 'inbox'
        and exists (select from endpoints where ended_at is null) and not ${second}
      union
      select d.broadcast_id, d.user_id, d.app_ids from deliveries d
      join endpoints e on e.user_id = d.user_id and e.ended_at is null
      join broadcasts b on b.id = d.broadcast_id
      where d.broadcast_id = any(${sql.param([...broadcastIds])}::uuid[]) and d.channel = 'inbox'
        and ${mayPost()} and (not ${second} or d.fallback_of is not null)
      union
      -- An account that has nobody to tell may still have an endpoint.
      select b.id, t.account_id, '{}' from broadcasts b join notice_targets t on t.notice_id = b.subject_id
      where b.id = any(${sql.param([...broadcastIds])}::uuid[])
        and b.kind in ('incident_notice', 'announcement')
        and exists (select from endpoints where ended_at is null) and not ${second}
      union
      -- Of a false alarm, whoever a notice of its incident concerned; not whom one held back never left for.
      select b.id, t.account_id, '{}' from broadcasts b
      join notices n on n.incident_id = b.subject_id and n.broadcast_id is not null
        and not exists (
          select from broadcast_waves w where w.broadcast_id = n.broadcast_id and w.released_at is null)
      join notice_targets t on t.notice_id = n.id
      where b.id = any(${sql.param([...broadcastIds])}::uuid[])
        and b.kind = 'withdrawal' and b.facts #>> '{what,kind}' = 'incident'
        and exists (select from endpoints where ended_at is null) and not ${second}
    )
    insert into dispatches (broadcast_id, endpoint_id, app_ids, status, next_attempt_at, created_at, settled_at)
    select b.id, e.id,
      coalesce((
        select array_agg(t.app_id order by t.app_id) from notice_targets t
        where t.notice_id = b.subject_id and t.account_id = e.account_id), told.app_ids),
      case when b.cancelled_at is null then 'queued' else 'cancelled' end, ${at}, ${at},
      case when b.cancelled_at is not null then ${at} end
    from told
    join broadcasts b on b.id = told.broadcast_id
    join endpoints e on coalesce(e.account_id, e.user_id) = told.owner and e.ended_at is null
      and ${TOPIC} = any(e.topics) and ${mayPost()}
      and not exists (select from users u where u.id = e.user_id and ${OPTIONAL_PUSH} = any(u.muted_pushes))
      and not exists (select from accounts a where a.id = e.account_id and a.closed_at is not null)
      -- What follows an announcement goes to those endpoints of an account that had it, to none that came later.
      and (e.account_id is null or not b.facts ? 'follows' or exists (
        select from notices n join dispatches r on r.broadcast_id = n.broadcast_id
        where n.id = (b.facts #>> '{follows,noticeId}')::uuid
          and r.endpoint_id = e.id and r.status <> 'cancelled'))
    on conflict (broadcast_id, endpoint_id) do nothing`;
  if (written > 0) await wakeJob(tx, "post-dispatches");
}

/** Of the row `b`: an incident grave enough that an account which does not act is reached by whatever it has. */
export const IS_GRAVE: SQL = sql`(b.kind = 'incident_notice'
  and b.facts ->> 'severity' = any(${sql.param([...GRAVE])}::text[]))`;

/** A statement that holds for the row `c` (user_id) where that person can be reached otherwise than by mail, told by `b`. */
export const hasAnotherChannel = (): SQL => sql`exists (
  select from endpoints e where e.user_id = c.user_id and e.ended_at is null and ${mayPost()})`;

const postedRow = z.object({ accountId: z.string(), broadcastId: z.string() });
type Account = z.output<typeof postedRow>;

/**
 * Posts a grave incident's notice to every channel that these accounts and their people who were told have and
 * it was not posted to yet, also where they chose not to hear of incidents there: nobody has acted for hours
 * (docs/decisions/099). A webhook is read by programs and keeps to what it asked for. An endpoint has a row
 * for a broadcast once. @returns the accounts that had one
 */
export async function postToOtherChannels(
  tx: Tx,
  { accounts, now }: { accounts: readonly Account[]; now: Date },
): Promise<Account[]> {
  if (accounts.length === 0) return [];
  const at = sql`${now.toISOString()}::timestamptz`;
  const posted = await readRows(tx, postedRow)`
    with waits as (
      select b.id, b.subject_id, w."accountId" as account_id
      from jsonb_to_recordset(${JSON.stringify(accounts)}::jsonb) as w("broadcastId" uuid, "accountId" uuid)
      join broadcasts b on b.id = w."broadcastId" and ${IS_GRAVE}
    ), other as (
      select w.id as broadcast_id, w.account_id, e.id as endpoint_id, array(
        select t.app_id from notice_targets t
        where t.notice_id = w.subject_id and t.account_id = w.account_id order by 1) as app_ids
      from waits w
      join endpoints e on e.account_id = w.account_id and e.ended_at is null
        and (e.channel <> 'webhook' or 'incidents' = any(e.topics))
      union all
      select w.id, w.account_id, e.id, d.app_ids from waits w
      join broadcasts b on b.id = w.id
      join deliveries d on d.broadcast_id = w.id and d.channel = 'inbox' and d.account_ids @> array[w.account_id]
      join endpoints e on e.user_id = d.user_id and e.ended_at is null and ${mayPost()}
      -- Who has left the account since hears of its incident no more.
      where exists (
          select from members m
          where m.account_id = w.account_id and m.user_id = d.user_id and m.left_at is null)
        or exists (
          select from contacts k
          where k.account_id = w.account_id and k.user_id = d.user_id and k.removed_at is null)
    ), written as (
      insert into dispatches (broadcast_id, endpoint_id, app_ids, status, next_attempt_at, created_at)
      select broadcast_id, endpoint_id, app_ids, 'queued', ${at}, ${at} from other
      on conflict (broadcast_id, endpoint_id) do nothing
      returning broadcast_id, endpoint_id
    )
    select distinct broadcast_id as "broadcastId", account_id as "accountId"
    from written join other using (broadcast_id, endpoint_id) order by 1, 2`;
  if (posted.length === 0) return posted;
  await goOnTelling(tx, [...new Set(posted.map(({ broadcastId }) => broadcastId))]);
  await wakeJob(tx, "post-dispatches");
  return posted;
}

/** What had ended goes on: another of its mails or posts is to leave, of which the record hears with its next end. */
export async function goOnTelling(tx: Tx, broadcastIds: readonly string[]): Promise<void> {
  await changeRows(tx)`
    update broadcasts set status = 'sending', finished_at = null
    where id = any(${sql.param([...broadcastIds])}::uuid[]) and status = 'finished'`;
  await wakeJob(tx, "deliver-mails");
}

/**
 * Writes that a ticket's request is there or has moved, to be posted to the ticket system, with the move
 * itself (docs/decisions/079). Where none is named nobody is called.
 */
export async function callBackTicket(
  tx: Tx,
  { requestEventId, now }: { requestEventId: string; now: Date },
): Promise<void> {
  const at = sql`${now.toISOString()}::timestamptz`;
  const written = await changeRows(tx)`
    insert into dispatches (request_event_id, endpoint_id, status, next_attempt_at, created_at)
    select ${requestEventId}::uuid, e.id, 'queued', ${at}, ${at}
    from endpoints e where ${IS_TICKET_SYSTEM} and e.ended_at is null`;
  if (written > 0) await wakeJob(tx, "post-dispatches");
}

/** Of the row `e`: the one endpoint that belongs to no account and no person. */
export const IS_TICKET_SYSTEM = sql`(e.account_id is null and e.user_id is null)`;

/** Nothing that nobody has tried to post yet leaves any more; what was tried is followed to its end. */
export async function cancelDispatches(
  tx: Tx,
  { broadcastId, now }: { broadcastId: string; now: Date },
): Promise<void> {
  await tx.execute(sql`
    update dispatches set status = 'cancelled', settled_at = ${now.toISOString()}::timestamptz
    where broadcast_id = ${broadcastId} and status = 'queued' and attempts = 0`);
}
