import { sql } from "drizzle-orm";

import type { Tx } from "@/db/client";

import { rankOf, REPORTING_EVENTS, reportedStatus } from "./delivery-status";

/**
 * Moves deliveries forward by the provider events stored for these provider ids, and suppresses
 * addresses that bounced for good or complained. Safe to run again: the highest rank wins.
 */
export async function applyProviderEvents(tx: Tx, providerIds: readonly string[]): Promise<void> {
  if (providerIds.length === 0) return;
  const ids = sql`${sql.param([...providerIds])}::text[]`;
  const types = sql`${sql.param([...REPORTING_EVENTS])}::text[]`;
  await tx.execute(sql`
    with reported as (
      select distinct on (provider_id)
        provider_id, ${reportedStatus(sql`type`)} as status, occurred_at, detail
      from provider_events
      where provider_id = any(${ids}) and type = any(${types})
      order by provider_id, ${rankOf(reportedStatus(sql`type`))} desc, occurred_at
    )
    update deliveries d
    set status = r.status, settled_at = r.occurred_at, reason = coalesce(r.detail, d.reason)
    from reported r
    where d.provider_id = r.provider_id and ${rankOf(sql`r.status`)} > ${rankOf(sql`d.status`)}`);
  await tx.execute(sql`
    insert into suppressions (address, reason, since)
    select distinct on (d.address) d.address, d.status, d.settled_at
    from deliveries d
    where d.provider_id = any(${ids}) and d.status in ('bounced', 'complained') and d.address is not null
    on conflict (address) do nothing`);
}
