import { sql } from "drizzle-orm";
import { z } from "zod";

import type { Tx } from "@/db/client";

import { chore } from "../chore";

/** Longer than the mailer's own time-out of 15 s, so a living sender never loses its lease. */
const LEASE_SECONDS = 30;

export type ClaimedBatch = { id: string; body: string; idempotency_key: string; attempts: number };

/**
 * Claims the next batch that is due and nobody holds, of a broadcast that is not paused. The lease runs by the database's clock; the
 * attempt number is the fencing token that `settleBatch` asks for. A batch whose first attempt is
 * older than 23 hours is not tried again but marked unknown: Resend keeps an idempotency key for 24 h, and
 * past that a retry could double the mail.
 */
export const claimBatch = chore({
  may: "broadcast.deliver",
  input: z.object({}),

  async run({ tx }): Promise<ClaimedBatch | null> {
    await giveUpOnOldBatches(tx);
    const claimed = await tx.execute<ClaimedBatch>(sql`
      with due as (
        select m.id
        from mail_batches m
        join broadcasts b on b.id = m.broadcast_id and b.status = 'sending'
        where m.status = 'frozen' and m.next_attempt_at <= clock_timestamp()
          and (m.lease_until is null or m.lease_until < clock_timestamp())
        order by m.next_attempt_at
        limit 1
        for update of m skip locked
      ), claimed as (
        update mail_batches
        set attempts = attempts + 1,
          lease_until = clock_timestamp() + make_interval(secs => ${LEASE_SECONDS}),
          first_attempt_at = coalesce(first_attempt_at, clock_timestamp())
        where id = (select id from due)
        returning id, body, idempotency_key, attempts
      ), noted as (
        insert into mail_attempts (batch_id, number, started_at)
        select id, attempts, clock_timestamp() from claimed
      )
      select * from claimed`);
    return claimed.rows[0] ?? null;
  },
});

/** When the earliest frozen batch can next be claimed, by the database's clock; null when none is left. */
export const nextBatchDueAt = chore({
  may: "broadcast.deliver",
  input: z.object({}),

  async run({ tx }): Promise<Date | null> {
    const result = await tx.execute<{ due: string | null }>(sql`
      select to_char(
        min(greatest(m.next_attempt_at, m.lease_until)) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'
      ) as due
      from mail_batches m join broadcasts b on b.id = m.broadcast_id and b.status = 'sending'
      where m.status = 'frozen'`);
    const due = result.rows[0]?.due;
    return due ? new Date(due) : null;
  },
});

async function giveUpOnOldBatches(tx: Tx) {
  await tx.execute(sql`
    with old as (
      update mail_batches set status = 'unknown', settled_at = clock_timestamp()
      where status = 'frozen' and first_attempt_at < clock_timestamp() - interval '23 hours'
        and (lease_until is null or lease_until < clock_timestamp())
      returning id, last_error
    )
    update deliveries d set status = 'unknown', reason = old.last_error
    from old where d.batch_id = old.id and d.status = 'queued'`);
}
