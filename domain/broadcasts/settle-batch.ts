import { sql } from "drizzle-orm";
import { z } from "zod";

import type { Tx } from "@/db/client";

import { chore } from "../chore";
import { changeRows } from "../rows";
import { applyProviderEvents } from "./apply-events";

const outcome = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("accepted"),
    ids: z.array(z.string().nullable()),
    errors: z.array(z.object({ index: z.number(), message: z.string() })),
  }),
  z.object({
    kind: z.literal("retry"),
    reason: z.string(),
    detail: z.string(),
    retryAfterMs: z.number().optional(),
  }),
  z.object({ kind: z.literal("refused"), reason: z.string() }),
  z.object({
    kind: z.literal("halt"),
    reason: z.string(),
    detail: z.string(),
    retryAfterMs: z.number().optional(),
  }),
]);
type Settling = { batchId: string; attempt: number };

/** A revoked key or a spent quota does not heal in seconds; asking again every five minutes burns nothing. */
const HALT_SECONDS = 300;
const LONGEST_BACKOFF_SECONDS = 600;

/**
 * Writes down what became of an attempt. Only the latest attempt may settle: a sender that lost its
 * lease changes nothing. Accepted mails get their provider ids and whatever events came before them.
 * @returns whether this attempt was the one to settle.
 */
export const settleBatch = chore({
  may: "broadcast.deliver",
  input: z.object({ batchId: z.uuid(), attempt: z.int(), outcome }),

  async run({ tx }, { batchId, attempt, outcome: result }) {
    const settling = { batchId, attempt };
    await noteAttempt(tx, { ...settling, result });
    switch (result.kind) {
      case "accepted": {
        if (!(await close(tx, settling, { status: "sent", error: null }))) return false;
        await markAccepted(tx, batchId, result);
        return true;
      }
      case "refused": {
        if (!(await close(tx, settling, { status: "failed", error: result.reason }))) return false;
        await tx.execute(sql`
          update deliveries set status = 'failed', reason = ${result.reason}, settled_at = clock_timestamp()
          where batch_id = ${batchId} and status = 'queued'`);
        return true;
      }
      case "retry":
        return postpone(tx, settling, {
          error: saidOf(result),
          seconds:
            result.retryAfterMs === undefined
              ? Math.min(2 ** Math.min(attempt, 10) / 2, LONGEST_BACKOFF_SECONDS)
              : result.retryAfterMs / 1000,
        });
      case "halt":
        return postpone(tx, settling, {
          error: saidOf(result),
          seconds: (result.retryAfterMs ?? HALT_SECONDS * 1000) / 1000,
        });
    }
  },
});

/** What came of an attempt is written down even where it comes too late to settle anything. */
async function noteAttempt(
  tx: Tx,
  { batchId, attempt, result }: Settling & { result: z.output<typeof outcome> },
): Promise<void> {
  const detail = "reason" in result ? saidOf(result) : null;
  await tx.execute(sql`
    update mail_attempts set ended_at = clock_timestamp(), outcome = ${result.kind}, detail = ${detail}
    where batch_id = ${batchId} and number = ${attempt}`);
}

const saidOf = (result: { reason: string; detail?: string }): string =>
  result.detail ? `${result.reason}: ${result.detail}` : result.reason;

async function close(
  tx: Tx,
  { batchId, attempt }: Settling,
  { status, error }: { status: "sent" | "failed"; error: string | null },
): Promise<boolean> {
  const closed = await changeRows(tx)`
    update mail_batches
    set status = ${status}, last_error = ${error}, lease_until = null, settled_at = clock_timestamp()
    where id = ${batchId} and attempts = ${attempt} and status = 'frozen'`;
  return closed === 1;
}

async function postpone(
  tx: Tx,
  { batchId, attempt }: Settling,
  { error, seconds }: { error: string; seconds: number },
): Promise<boolean> {
  const postponed = await changeRows(tx)`
    update mail_batches
    set last_error = ${error}, lease_until = null,
      next_attempt_at = clock_timestamp() + make_interval(secs => ${seconds})
    where id = ${batchId} and attempts = ${attempt} and status = 'frozen'`;
  return postponed === 1;
}

type Accepted = { ids: (string | null)[]; errors: { index: number; message: string }[] };

async function markAccepted(tx: Tx, batchId: string, { ids, errors }: Accepted): Promise<void> {
  await tx.execute(sql`
    update deliveries d
    set status = 'sent', provider_id = i.id, sent_at = clock_timestamp()
    from unnest(${sql.param(ids)}::text[]) with ordinality as i(id, position)
    where d.batch_id = ${batchId} and d.batch_index = i.position - 1 and i.id is not null and d.status = 'queued'`);
  await tx.execute(sql`
    update deliveries d
    set status = 'failed', reason = e.message, settled_at = clock_timestamp()
    from unnest(${sql.param(errors.map(({ index }) => index))}::int[],
      ${sql.param(errors.map(({ message }) => message))}::text[]) as e(index, message)
    where d.batch_id = ${batchId} and d.batch_index = e.index and d.status = 'queued'`);
  await tx.execute(sql`
    update deliveries set status = 'unknown', reason = 'no id in the answer'
    where batch_id = ${batchId} and status = 'queued'`);
  await applyProviderEvents(
    tx,
    ids.filter((id) => id !== null),
  );
}
