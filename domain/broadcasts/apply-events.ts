import { sql } from "drizzle-orm";

import type { Tx } from "@/db/client";

import { wakeJob } from "../jobs";
import { rankOf, REPORTING_EVENTS, reportedStatus } from "./delivery-status";
import { IS_MANDATORY } from "./mandatory";

/**
 * Moves deliveries forward by the provider events stored for these provider ids, and suppresses
 * addresses that bounced for good or complained. Safe to run again: the highest rank wins. What came
 * back wakes the worker, which turns to the account's next contact.
 */
export async function applyProviderEvents(tx: Tx, providerIds: readonly string[]): Promise<void> {
  if (providerIds.length === 0) return;
  const ids = sql`${sql.param([...providerIds])}::text[]`;
  const types = sql`${sql.param([...REPORTING_EVENTS])}::text[]`;
  const moved = await tx.execute<{ broadcast_id: string }>(sql`
    with reported as (
      select distinct on (provider_id)
        provider_id, ${reportedStatus(sql`type`)} as status, occurred_at, detail
      from provider_events
      where provider_id = any(${ids}) and type = any(${types})
      order by provider_id, ${rankOf(reportedStatus(sql`type`))} desc, occurred_at
    ), moved as (
      update deliveries d
      set status = r.status, settled_at = r.occurred_at, reason = coalesce(r.detail, d.reason)
      from reported r
      where d.provider_id = r.provider_id and ${rankOf(sql`r.status`)} > ${rankOf(sql`d.status`)}
      returning d.broadcast_id, d.address, d.status, d.settled_at
    ), suppressed as (
      insert into suppressions (address, reason, since)
      select distinct on (address) address, status, settled_at
      from moved where status in ('bounced', 'complained') and address is not null
      on conflict (address) do nothing
    )
    select distinct broadcast_id from moved where status in ('bounced', 'failed', 'suppressed')`);
  if (moved.rowCount === 0) return;
  await reopen(
    tx,
    moved.rows.map((row) => row.broadcast_id),
  );
  await wakeJob(tx, "deliver-mails");
}

/**
 * Applies events that met their mail's settling halfway: each transaction was blind to the other's
 * rows, so the event was stored and the mail stayed as it was.
 */
export async function catchUpWithEvents(tx: Tx, broadcastIds: readonly string[]): Promise<void> {
  const { rows } = await tx.execute<{ id: string }>(sql`
    select d.provider_id as id
    from deliveries d
    where d.broadcast_id = any(${sql.param([...broadcastIds])}::uuid[])
      and d.channel = 'email' and d.status = 'sent'
      and exists (
        select from provider_events e
        where e.provider_id = d.provider_id and ${rankOf(reportedStatus(sql`e.type`))} > ${rankOf(sql`d.status`)}
      )`);
  await applyProviderEvents(
    tx,
    rows.map(({ id }) => id),
  );
}

/** A mail of a mandatory broadcast that comes back after its end is still followed up. */
async function reopen(tx: Tx, broadcastIds: readonly string[]): Promise<void> {
  await tx.execute(sql`
    update broadcasts b set status = 'sending', finished_at = null
    where b.id = any(${sql.param([...broadcastIds])}::uuid[]) and b.status = 'finished'
      and b.cancelled_at is null and ${IS_MANDATORY}`);
}
