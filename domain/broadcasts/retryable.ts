import { type SQL, sql } from "drizzle-orm";

/**
 * Mails that the provider refused together with their whole batch, so that none of them was ever
 * accepted and the address is not to blame. A refused address, a bounce or an unknown outcome is not
 * tried again: the first two would fail again, the last might tell somebody twice. Nor is somebody
 * whose address has been erased, nor a mail that tells of what is withdrawn. A condition on the rows `d` of deliveries and `m` of their batches.
 */
export const IS_RETRYABLE: SQL = sql`(
  d.channel = 'email' and d.status = 'failed' and d.provider_id is null and m.status = 'failed'
  and d.address is not null
  and not exists (
    select from withdrawals w join broadcasts b on b.subject_id = w.subject_id
    where b.id = d.broadcast_id and b.kind <> 'withdrawal' and w.decision = 'approved'
  )
  and not exists (select from suppressions s where s.address = d.address)
)`;
