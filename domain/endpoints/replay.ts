import { and, eq } from "drizzle-orm";
import { z } from "zod";

import { dispatches, type Endpoint } from "@/db/schema";

import { goOnTelling } from "../broadcasts/write-dispatches";
import { Conflict, NotFound } from "../errors";
import { uuid } from "../input";
import { wakeJob } from "../jobs";
import { type RecordedStep, verb } from "../verb";
import { dispatchInput } from "./input";
import { lockNamedTicketSystem, lockOwnEndpoint } from "./lock-own";

/**
 * Posts once more what was posted before: the same bytes under the same id, so that a receiver who has
 * it already knows. @throws NotFound, NotAllowed, Conflict while it is still under way or was cancelled
 */
export const replayDispatch = verb({
  may: "endpoint.manageOwn",
  input: dispatchInput,

  run: async (step, { endpointId, dispatchId }) =>
    postAgain(step, await lockOwnEndpoint(step.tx, step.actor, endpointId), dispatchId),
});

/** Calls the ticket system back once more, likewise. @throws NotFound, Conflict */
export const replayCallback = verb({
  may: "ticket.manageCallback",
  input: z.object({ dispatchId: uuid }),

  run: async (step, { dispatchId }) =>
    postAgain(step, await lockNamedTicketSystem(step.tx), dispatchId),
});

async function postAgain(
  { tx, now, record }: RecordedStep,
  { id, accountId }: Endpoint,
  dispatchId: string,
) {
  const [dispatch] = await tx
    .select()
    .from(dispatches)
    .where(and(eq(dispatches.id, dispatchId), eq(dispatches.endpointId, id)))
    .for("update");
  if (!dispatch) throw new NotFound("errors.notFound");
  if (["queued", "accepted", "cancelled"].includes(dispatch.status))
    throw new Conflict("endpoints.errors.notReplayable");
  await tx
    .update(dispatches)
    .set({
      status: "queued",
      tries: 0,
      nextAttemptAt: now,
      leaseUntil: null,
      settledAt: null,
      reason: null,
    })
    .where(eq(dispatches.id, dispatchId));
  // Of what was never tried the record holds nothing yet.
  if (dispatch.broadcastId && dispatch.attempts === 0)
    await goOnTelling(tx, [dispatch.broadcastId]);
  await record("endpoint.replayed", { id, after: { accountId, dispatchId } });
  await wakeJob(tx, "post-dispatches");
}
