import { and, count, eq, gt, isNotNull, isNull, or } from "drizzle-orm";
import { z } from "zod";

import { type Endpoint, dispatches, endpoints } from "@/db/schema";

import { Conflict, NotFound } from "../errors";
import { wakeJob } from "../jobs";
import { type RecordedStep, verb } from "../verb";
import { endpointInput } from "./input";
import { lockNamedTicketSystem, lockOwnEndpoint } from "./lock-own";
import { MOST_TESTS } from "./rules";

const HOUR_MS = 3_600_000;

/**
 * Posts a test, which says that it is one. @throws Conflict after ten within an hour, those to endpoints of
 * the same owner that have ended counted in: naming an address anew gives no more; NotFound, NotAllowed
 */
export const testEndpoint = verb({
  may: "endpoint.manageOwn",
  input: endpointInput,

  async run(step, { endpointId }) {
    const endpoint = await lockOwnEndpoint(step.tx, step.actor, endpointId);
    // The operator has no template for a test: a number was tried by its code.
    if (endpoint.channel === "sms") throw new NotFound("errors.notFound");
    await postTest(step, endpoint);
  },
});

/** Calls the ticket system back for a test, under the same limit. @throws NotFound, Conflict */
export const testCallback = verb({
  may: "ticket.manageCallback",
  input: z.object({}),

  run: async (step) => postTest(step, await lockNamedTicketSystem(step.tx)),
});

async function postTest({ tx, now, record }: RecordedStep, endpoint: Endpoint) {
  const { id: endpointId, accountId } = endpoint;
  const [tested] = await tx
    .select({ count: count() })
    .from(dispatches)
    .innerJoin(endpoints, eq(endpoints.id, dispatches.endpointId))
    .where(
      and(
        or(eq(endpoints.id, endpointId), and(isOfSame(endpoint), isNotNull(endpoints.endedAt))),
        isNull(dispatches.broadcastId),
        isNull(dispatches.requestEventId),
        gt(dispatches.createdAt, new Date(now.getTime() - HOUR_MS)),
      ),
    );
  if ((tested?.count ?? 0) >= MOST_TESTS)
    throw new Conflict("endpoints.errors.tooManyTests", { count: MOST_TESTS });
  await tx
    .insert(dispatches)
    .values({ endpointId, status: "queued", nextAttemptAt: now, createdAt: now });
  await record("endpoint.tested", { id: endpointId, after: { accountId } });
  await wakeJob(tx, "post-dispatches");
}

const isOfSame = ({ accountId, userId }: Endpoint) =>
  and(
    accountId ? eq(endpoints.accountId, accountId) : isNull(endpoints.accountId),
    userId ? eq(endpoints.userId, userId) : isNull(endpoints.userId),
  );
