import { sql } from "drizzle-orm";
import { z } from "zod";

import type { Tx } from "@/db/client";

import { chore } from "../chore";
import { countColumn, momentColumn, readOneRow, readRow } from "../rows";

/** Longer than the mailer's own time-out of 15 s, so a living sender never loses its lease. */
const LEASE_SECONDS = 30;

const claimedRow = z.object({
  id: z.string(),
  body: z.string(),
  key: z.string(),
  attempts: countColumn,
});
export type ClaimedBatch = z.output<typeof claimedRow>;
const dueRow = z.object({ due: momentColumn.nullable() });

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
    return readRow(tx, claimedRow)`
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
      select id, body, idempotency_key as key, attempts from claimed`;
  },
});

/** When the earliest frozen batch can next be claimed, by the database's clock; null when none is left. */
export const nextBatchDueAt = chore({
  may: "broadcast.deliver",
  input: z.object({}),

  async run({ tx }): Promise<Date | null> {
    const { due } = await readOneRow(tx, dueRow)`
      select min(greatest(m.next_attempt_at, m.lease_until)) as due
      from mail_batches m join broadcasts b on b.id = m.broadcast_id and b.status = 'sending'
      where m.status = 'frozen'`;
    return due;
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
