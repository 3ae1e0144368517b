import { sql } from "drizzle-orm";
import { z } from "zod";

import type { Tx } from "@/db/client";

import { chore } from "../chore";
import { changeRows, idRow, readRows } from "../rows";
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
  /** What was tried can no longer be repeated as it was: its outcome is not known. */
  z.object({ kind: z.literal("altered"), reason: z.string() }),
  z.object({
    kind: z.literal("halt"),
    reason: z.string(),
    detail: z.string(),
    retryAfterMs: z.number().optional(),
  }),
]);
type Outcome = z.output<typeof outcome>;
const settling = z.object({ batchId: z.uuid(), attempt: z.int(), outcome });
type Attempt = { batchId: string; attempt: number };
type Settling<Of extends Outcome = Outcome> = Attempt & { outcome: Of };
type Accepted = Settling<Extract<Outcome, { kind: "accepted" }>>;

/** A revoked key or a spent quota does not heal in seconds; asking again every five minutes burns nothing. */
const HALT_SECONDS = 300;
/** A server of SMTP that one mail does not reach, the next does not reach either: each would wait for it in vain. */
const AWAY_SECONDS = 60;
const LONGEST_BACKOFF_SECONDS = 600;

/**
 * Writes down what became of attempts, of those accepted all at once. Only the latest attempt of a
 * batch may settle: a sender that lost its lease changes nothing. Accepted mails get their provider
 * ids and whatever events came before them.
 * @returns how many of these attempts were the ones to settle.
 */
export const settleBatches = chore({
  may: "broadcast.deliver",
  input: z.object({ settlings: z.array(settling) }),

  async run({ tx }, { settlings }): Promise<number> {
    await noteAttempts(tx, settlings);
    const accepted = settlings.filter(isAccepted);
    let settled = await settleAccepted(tx, accepted);
    for (const one of settlings) if (!isAccepted(one) && (await settleOther(tx, one))) settled += 1;
    return settled;
  },
});

const isAccepted = (one: Settling): one is Accepted => one.outcome.kind === "accepted";

async function settleOther(tx: Tx, { batchId, attempt, outcome: result }: Settling) {
  const seconds = (ms: number | undefined, otherwise: number) =>
    ms === undefined ? otherwise : ms / 1000;
  switch (result.kind) {
    case "accepted":
      return false;
    case "refused": {
      const status = (await mayHaveLeft(tx, { batchId, attempt })) ? "unknown" : "failed";
      return close(tx, { batchId, attempt, status, reason: result.reason });
    }
    case "altered":
      return close(tx, { batchId, attempt, status: "unknown", reason: result.reason });
    case "retry": {
      const backoff = Math.min(2 ** Math.min(attempt, 10) / 2, LONGEST_BACKOFF_SECONDS);
      const wait = seconds(result.retryAfterMs, backoff);
      if (result.reason === "no_answer")
        await holdBackOthers(tx, { batchId, seconds: AWAY_SECONDS });
      return postpone(tx, { batchId, attempt, error: saidOf(result), seconds: wait });
    }
    case "halt": {
      const wait = seconds(result.retryAfterMs, HALT_SECONDS);
      await holdBackOthers(tx, { batchId, seconds: wait });
      return postpone(tx, { batchId, attempt, error: saidOf(result), seconds: wait });
    }
  }
}

/** What came of an attempt is written down even where it comes too late to settle anything. */
async function noteAttempts(tx: Tx, settlings: readonly Settling[]): Promise<void> {
  const details = settlings.map(({ outcome: one }) => ("reason" in one ? saidOf(one) : null));
  // What no longer had its bytes was refused by ourselves.
  const kinds = settlings.map(({ outcome: { kind } }) => (kind === "altered" ? "refused" : kind));
  await tx.execute(sql`
    update mail_attempts m set ended_at = clock_timestamp(), outcome = t.outcome, detail = t.detail
    from unnest(${ids(settlings)}::uuid[], ${attempts(settlings)}::int[],
      ${sql.param(kinds)}::text[], ${sql.param(details)}::text[]) as t(batch_id, number, outcome, detail)
    where m.batch_id = t.batch_id and m.number = t.number`);
}

const ids = (settlings: readonly Attempt[]) => sql.param(settlings.map(({ batchId }) => batchId));
const attempts = (settlings: readonly Attempt[]) =>
  sql.param(settlings.map(({ attempt }) => attempt));

const saidOf = (result: { reason: string; detail?: string }): string =>
  result.detail ? `${result.reason}: ${result.detail}` : result.reason;

/**
 * Whether the provider may have accepted the batch in an earlier attempt, whose answer never came or was
 * no clear no. Then what it says now does not tell that nobody was told. What a server of SMTP is asked again, it had not taken.
 */
async function mayHaveLeft(tx: Tx, { batchId, attempt }: Attempt): Promise<boolean> {
  const earlier = await changeRows(tx)`
    select from mail_attempts
    where batch_id = ${batchId} and number < ${attempt}
      and exists (select from mail_batches b where b.id = batch_id and b.route is null) and outcome is distinct from 'halt'
      and split_part(coalesce(detail, ''), ':', 1) <> 'rate_limited'`;
  return earlier > 0;
}

async function close(
  tx: Tx,
  { batchId, attempt, status, reason }: Attempt & { status: "failed" | "unknown"; reason: string },
): Promise<boolean> {
  const closed = await changeRows(tx)`
    update mail_batches
    set status = ${status}, last_error = ${reason}, lease_until = null, settled_at = clock_timestamp()
    where id = ${batchId} and attempts = ${attempt} and status = 'frozen'`;
  if (closed === 0) return false;
  // What failed has its end; what is unknown may still hear of it.
  await tx.execute(sql`
    update deliveries set status = ${status}, reason = ${reason},
      settled_at = case when ${status} = 'failed' then clock_timestamp() end
    where batch_id = ${batchId} and status = 'queued'`);
  return true;
}

async function postpone(
  tx: Tx,
  { batchId, attempt, error, seconds }: Attempt & { error: string; seconds: number },
): Promise<boolean> {
  const postponed = await changeRows(tx)`
    update mail_batches
    set last_error = ${error}, lease_until = null,
      next_attempt_at = clock_timestamp() + make_interval(secs => ${seconds})
    where id = ${batchId} and attempts = ${attempt} and status = 'frozen'`;
  return postponed === 1;
}

/**
 * Of a server of SMTP, all that waits for it. One that refuses the login refuses it for each mail, and asked
 * with every one it would lock the account.
 */
const holdBackOthers = (tx: Tx, { batchId, seconds }: { batchId: string; seconds: number }) =>
  changeRows(tx)`
    update mail_batches
    set next_attempt_at = greatest(next_attempt_at, clock_timestamp() + make_interval(secs => ${seconds}))
    where status = 'frozen' and route = 'smtp' and lease_until is null
      and exists (select from mail_batches b where b.id = ${batchId} and b.route = 'smtp')`;

async function settleAccepted(tx: Tx, settlings: readonly Accepted[]): Promise<number> {
  if (settlings.length === 0) return 0;
  const rows = await readRows(tx, idRow)`
    update mail_batches m
    set status = 'sent', last_error = null, lease_until = null, settled_at = clock_timestamp()
    from unnest(${ids(settlings)}::uuid[], ${attempts(settlings)}::int[]) as t(id, attempt)
    where m.id = t.id and m.attempts = t.attempt and m.status = 'frozen'
    returning m.id`;
  const own = new Set(rows.map(({ id }) => id));
  const closed = settlings.filter(({ batchId }) => own.has(batchId));
  if (closed.length > 0) await markAccepted(tx, closed);
  return closed.length;
}

/** Each mail of the batches by its place: with its provider id, refused for its address, or neither. */
async function markAccepted(tx: Tx, settlings: readonly Accepted[]): Promise<void> {
  const mails = settlings.flatMap(({ batchId, outcome: { ids: given, errors } }) => {
    const refused = new Map(errors.map(({ index, message }) => [index, message]));
    return given.map((id, index) => ({ batchId, index, id, error: refused.get(index) ?? null }));
  });
  await tx.execute(sql`
    update deliveries d set
      status = case when i.provider_id is not null then 'sent' when i.error is not null then 'failed' else 'unknown' end,
      provider_id = i.provider_id,
      sent_at = case when i.provider_id is not null then clock_timestamp() end,
      settled_at = case when i.error is not null then clock_timestamp() end,
      reason = case when i.provider_id is null then coalesce(i.error, 'no id in the answer') end
    from unnest(${sql.param(mails.map(({ batchId }) => batchId))}::uuid[],
      ${sql.param(mails.map(({ index }) => index))}::int[],
      ${sql.param(mails.map(({ id }) => id))}::text[],
      ${sql.param(mails.map(({ error }) => error))}::text[]) as i(batch_id, index, provider_id, error)
    where d.batch_id = any(${ids(settlings)}::uuid[]) and d.status = 'queued'
      and d.batch_id = i.batch_id and d.batch_index = i.index`);
  await tx.execute(sql`
    update deliveries set status = 'unknown', reason = 'no id in the answer'
    where batch_id = any(${ids(settlings)}::uuid[]) and status = 'queued'`);
  await applyProviderEvents(
    tx,
    mails.flatMap(({ id }) => id ?? []),
  );
}
