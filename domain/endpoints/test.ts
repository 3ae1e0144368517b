import { and, count, eq, gt, isNotNull, isNull, or } from "drizzle-orm";

import { type Endpoint, dispatches, endpoints } from "@/db/schema";

import { Conflict } from "../errors";
import { wakeJob } from "../jobs";
import { verb } from "../verb";
import { endpointInput } from "./input";
import { lockOwnEndpoint } from "./lock-own";
import { MOST_TESTS } from "./rules";

const HOUR_MS = 3_600_000;

/**
 * Posts a test, which says that it is one. @throws Conflict after ten within an hour, those to endpoints of
 * the same owner that have ended counted in: naming an address anew gives no more; NotFound, NotAllowed
 */
export const testEndpoint = verb({
  may: "endpoint.manageOwn",
  input: endpointInput,

  async run({ tx, actor, now, record }, { endpointId }) {
    const endpoint = await lockOwnEndpoint(tx, actor, endpointId);
    const { accountId } = endpoint;
    const [tested] = await tx
      .select({ count: count() })
      .from(dispatches)
      .innerJoin(endpoints, eq(endpoints.id, dispatches.endpointId))
      .where(
        and(
          or(eq(endpoints.id, endpointId), and(isOfSame(endpoint), isNotNull(endpoints.endedAt))),
          isNull(dispatches.broadcastId),
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
  },
});

const isOfSame = ({ accountId, userId }: Endpoint) =>
  accountId ? eq(endpoints.accountId, accountId) : eq(endpoints.userId, userId ?? "");
