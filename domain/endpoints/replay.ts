import { and, eq } from "drizzle-orm";

import { dispatches } from "@/db/schema";

import { Conflict, NotFound } from "../errors";
import { wakeJob } from "../jobs";
import { verb } from "../verb";
import { dispatchInput } from "./input";
import { lockOwnEndpoint } from "./lock-own";

/**
 * Posts once more what was posted before: the same bytes under the same id, so that a receiver who has
 * it already knows. @throws NotFound, NotAllowed, Conflict while it is still under way or was cancelled
 */
export const replayDispatch = verb({
  may: "endpoint.manageOwn",
  input: dispatchInput,

  async run({ tx, actor, now, record }, { endpointId, dispatchId }) {
    const { accountId } = await lockOwnEndpoint(tx, actor, endpointId);
    const [dispatch] = await tx
      .select()
      .from(dispatches)
      .where(and(eq(dispatches.id, dispatchId), eq(dispatches.endpointId, endpointId)))
      .for("update");
    if (!dispatch) throw new NotFound("errors.notFound");
    if (dispatch.status === "queued" || dispatch.status === "cancelled")
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
    await record("endpoint.replayed", { id: endpointId, after: { accountId, dispatchId } });
    await wakeJob(tx, "post-dispatches");
  },
});
