import { sql } from "drizzle-orm";
import { z } from "zod";

import type { Tx } from "@/db/client";

import { wakeJob } from "../jobs";
import { idRow, readRows } from "../rows";
import { rankOf, REPORTING_EVENTS, reportedStatus } from "./delivery-status";
import { IS_MANDATORY } from "./mandatory";

/**
 * How often a temporary bounce may come, and over how many days, without a delivery between, before the
 * address is stopped: three consecutive ones across at least 14 days is the common advice
 * (docs/decisions/011-temporary-bounces.md).
 */
export const TEMPORARY_BOUNCES = { most: 3, withinDays: 14 };

const movedRow = z.object({ broadcastId: z.string(), deferred: z.string().nullable() });

/**
 * Moves deliveries forward by the provider events stored for these provider ids, and suppresses
 * addresses that bounced for good or again and again, or complained. Safe to run again: the highest
 * rank wins, and between a delivery and a temporary bounce the later one. What came back wakes the
 * worker, which turns to the account's next contact.
 */
export async function applyProviderEvents(tx: Tx, providerIds: readonly string[]): Promise<void> {
  if (providerIds.length === 0) return;
  const ids = sql`${sql.param([...providerIds])}::text[]`;
  const types = sql`${sql.param([...REPORTING_EVENTS])}::text[]`;
  const moved = await readRows(tx, movedRow)`
    with reported as (
      select distinct on (provider_id)
        provider_id, ${reportedStatus(sql`type`)} as status, occurred_at, detail
      from provider_events
      where provider_id = any(${ids}) and type = any(${types})
      order by provider_id, ${rankOf(reportedStatus(sql`type`))} desc,
        case when ${reportedStatus(sql`type`)} in ('delivered', 'deferred') then occurred_at end desc,
        occurred_at
    ), moved as (
      update deliveries d
      set status = r.status, settled_at = r.occurred_at, reason = coalesce(r.detail, d.reason)
      from reported r
      where d.provider_id = r.provider_id and (
        ${rankOf(sql`r.status`)} > ${rankOf(sql`d.status`)}
        or (r.status in ('delivered', 'deferred') and d.status in ('delivered', 'deferred')
          and r.status <> d.status and r.occurred_at > d.settled_at))
      returning d.broadcast_id, d.address, d.status, d.settled_at, d.reason
    ), suppressed as (
      insert into suppressions (address, reason, since, broadcast_id, detail)
      select distinct on (address) address, status, settled_at, broadcast_id, reason
      from moved where status in ('bounced', 'complained') and address is not null
      on conflict (address) do nothing
    )
    select distinct broadcast_id as "broadcastId", case when status = 'deferred' then address end as deferred
    from moved where status in ('bounced', 'deferred', 'failed', 'suppressed')`;
  if (moved.length === 0) return;
  await stopWhatKeepsBouncing(
    tx,
    moved.flatMap(({ deferred }) => deferred ?? []),
  );
  await reopen(
    tx,
    moved.map(({ broadcastId }) => broadcastId),
  );
  await wakeJob(tx, "deliver-mails");
}

/**
 * Applies events that met their mail's settling halfway: each transaction was blind to the other's
 * rows, so the event was stored and the mail stayed as it was.
 */
export async function catchUpWithEvents(tx: Tx, broadcastIds: readonly string[]): Promise<void> {
  const rows = await readRows(tx, idRow)`
    select d.provider_id as id
    from deliveries d
    where d.broadcast_id = any(${sql.param([...broadcastIds])}::uuid[])
      and d.channel = 'email' and d.status = 'sent'
      and exists (
        select from provider_events e
        where e.provider_id = d.provider_id and ${rankOf(reportedStatus(sql`e.type`))} > ${rankOf(sql`d.status`)}
      )`;
  await applyProviderEvents(
    tx,
    rows.map(({ id }) => id),
  );
}

/** Stops the addresses whose last mails all bounced, however temporarily each. */
async function stopWhatKeepsBouncing(tx: Tx, addresses: readonly string[]): Promise<void> {
  if (addresses.length === 0) return;
  const { most, withinDays } = TEMPORARY_BOUNCES;
  await tx.execute(sql`
    insert into suppressions (address, reason, since, broadcast_id, detail)
    select d.address, 'deferred', max(d.settled_at),
      (array_agg(d.broadcast_id order by d.settled_at desc))[1],
      (array_agg(d.reason order by d.settled_at desc))[1]
    from users u
    join deliveries d on d.user_id = u.id and d.address = u.email and d.status = 'deferred'
    where u.email = any(${sql.param([...addresses])}::text[])
      and not exists (
        select from deliveries o
        where o.user_id = u.id and o.address = u.email and o.status in ('delivered', 'complained')
          and o.settled_at > d.settled_at
      )
      and not exists (
        select from suppression_lifts l where l.address = d.address and l.lifted_at > d.settled_at
      )
    group by d.address
    having count(*) >= ${most}
      and max(d.settled_at) - min(d.settled_at) >= make_interval(days => ${withinDays})
    on conflict (address) do nothing`);
}

/** A mail of a mandatory broadcast that comes back after its end is still followed up. */
async function reopen(tx: Tx, broadcastIds: readonly string[]): Promise<void> {
  await tx.execute(sql`
    update broadcasts b set status = 'sending', finished_at = null
    where b.id = any(${sql.param([...broadcastIds])}::uuid[]) and b.status = 'finished'
      and b.cancelled_at is null and ${IS_MANDATORY}`);
}
