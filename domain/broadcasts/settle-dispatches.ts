import { z } from "zod";

import { ADDRESSES } from "@/channels/addresses";
import type { Tx } from "@/db/client";
import { DISPATCH_OUTCOMES, ENDPOINT_CHANNELS } from "@/db/vocabulary/endpoints";

import { chore } from "../chore";
import { changeRows, readRow } from "../rows";
import { endpointEnded } from "./end-endpoint";
import { FIRST_ASK } from "./settle-reports";

/** Seconds from one attempt to the next, as the Standard Webhooks specification proposes; then it has failed. */
export const BACKOFF_SECONDS = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400];

const settling = z.object({
  dispatchId: z.uuid(),
  attempt: z.int(),
  outcome: z.object({
    kind: z.enum(DISPATCH_OUTCOMES),
    reason: z.string().optional(),
    retryAfterMs: z.number().optional(),
    /** HTTP status; absent without an answer. */
    answer: z.int().optional(),
    /** Messages that the operator charged for it. */
    fee: z.int().optional(),
    /** The operator reports later whether it arrived. */
    receipt: z.string().optional(),
  }),
});
type Settling = z.output<typeof settling>;

const openRow = z.object({
  endpointId: z.string(),
  channel: z.enum(ENDPOINT_CHANNELS),
  tries: z.int(),
});

/**
 * Writes down what became of attempts. Only the latest attempt of a dispatch may settle it. What may
 * have arrived is repeated where the receiver knows a repeated post, and is `unknown` where it does not.
 * @returns how many of these attempts were the ones to settle
 */
export const settleDispatches = chore({
  may: "broadcast.deliver",
  input: z.object({ settlings: z.array(settling) }),

  async run(step, { settlings }): Promise<number> {
    let settled = 0;
    for (const one of settlings) {
      await noteAttempt(step.tx, one);
      const open = await lockOpen(step.tx, one);
      if (!open) continue;
      settled += 1;
      await settle(step.tx, one, open);
      if (one.outcome.kind === "gone") await endpointEnded(step, { endpointId: open.endpointId });
    }
    return settled;
  },
});

const noteAttempt = (tx: Tx, { dispatchId, attempt, outcome }: Settling) =>
  changeRows(tx)`
    update dispatch_attempts
    set ended_at = clock_timestamp(), outcome = ${outcome.kind}, answer = ${outcome.answer ?? null},
      detail = ${outcome.reason ?? null}
    where dispatch_id = ${dispatchId} and number = ${attempt}`;

const lockOpen = (tx: Tx, { dispatchId, attempt }: Settling) =>
  readRow(tx, openRow)`
    select d.endpoint_id as "endpointId", e.channel, d.tries
    from dispatches d join endpoints e on e.id = d.endpoint_id
    where d.id = ${dispatchId} and d.attempts = ${attempt} and d.status = 'queued'
    for update of d`;

function settle(tx: Tx, one: Settling, { channel, tries }: z.output<typeof openRow>) {
  const { outcome } = one;
  switch (outcome.kind) {
    case "delivered":
      return close(tx, one, outcome.receipt ? "accepted" : "delivered");
    case "failed":
    case "gone":
      return close(tx, one, "failed");
    case "uncertain":
      return ADDRESSES[channel].isRepeatable ? postpone(tx, one, tries) : close(tx, one, "unknown");
    case "retry":
      return postpone(tx, one, tries);
  }
}

const close = (tx: Tx, one: Settling, status: "accepted" | "delivered" | "failed" | "unknown") =>
  changeRows(tx)`
    update dispatches set status = ${status}, reason = ${one.outcome.reason ?? null}, fee = ${one.outcome.fee ?? null},
      receipt = ${one.outcome.receipt ?? null}, report_due_at = case when ${status} = 'accepted' then ${FIRST_ASK} end,
      lease_until = null, settled_at = clock_timestamp()
    where id = ${one.dispatchId}`;

function postpone(tx: Tx, one: Settling, tries: number) {
  const backoff = BACKOFF_SECONDS[tries - 1];
  if (backoff === undefined) return close(tx, one, "failed");
  const seconds = Math.max(backoff, (one.outcome.retryAfterMs ?? 0) / 1000);
  return changeRows(tx)`
    update dispatches set reason = ${one.outcome.reason ?? null}, lease_until = null,
      next_attempt_at = clock_timestamp() + make_interval(secs => ${seconds})
    where id = ${one.dispatchId}`;
}
