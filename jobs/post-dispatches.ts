import { CATALOGUE } from "@/channels/catalogue";
import type { DispatchResult } from "@/channels/channel";
import {
  claimDispatches,
  keepDispatchBodies,
  listDispatchesToCompose,
  nextDispatchDueAt,
} from "@/domain/broadcasts/claim-dispatches";
import { settleDispatches } from "@/domain/broadcasts/settle-dispatches";
import { asJob, type Context } from "@/domain/context";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import { metrics } from "@/lib/metrics";
import { postOutward } from "@/lib/post-outward";

import { sender } from "./sender";

/** How many posts leave at once: each to another endpoint, so that a slow one keeps few waiting. */
const AT_ONCE = 20;
/** What is due and still may not leave (another worker posts to its endpoint) is looked at again after this. */
const LOOK_AGAIN_MS = 2_000;

type Claimed = Awaited<ReturnType<typeof claimDispatches>>[number];
type Post = typeof postOutward;

/**
 * Posts what waits for endpoints: writes down what is new, then claims, posts and settles until
 * nothing is due. State lives in the tables, so any number of workers may run this and each may be
 * killed at any point. It shares nothing with mails but the worker.
 * @returns when to look again, or null when nothing is left
 */
export async function postDispatches(
  isStopping: () => boolean,
  post: Post = postOutward,
): Promise<Date | null> {
  const ctx = () => asJob("post-dispatches", new Date());
  while (!isStopping()) {
    await composeWaiting(ctx());
    const claimed = await claimDispatches(ctx(), { most: AT_ONCE });
    if (claimed.length === 0) break;
    const settlings = await Promise.all(claimed.map((one) => attempt(one, post)));
    await settleDispatches(ctx(), { settlings });
  }
  const due = await nextDispatchDueAt(ctx(), {});
  return due && new Date(Math.max(due.getTime(), Date.now() + LOOK_AGAIN_MS));
}

async function composeWaiting(ctx: Context): Promise<void> {
  for (;;) {
    const waiting = await listDispatchesToCompose(ctx, {});
    if (waiting.length === 0) return;
    const bodies = waiting.map(async ({ dispatchId, channel, ...telling }) => ({
      dispatchId,
      body: CATALOGUE[channel].compose({ ...(await sender(ctx, telling.locale)), ...telling }),
    }));
    await keepDispatchBodies(ctx, { bodies: await Promise.all(bodies) });
  }
}

async function attempt(claimed: Claimed, post: Post) {
  const { dispatchId, attempt: number, channel } = claimed;
  const { result, answer } = await outcomeOf(claimed, post);
  metrics.posts.inc({ channel, outcome: result.kind });
  if (result.kind !== "delivered")
    log.warn(
      { dispatch: dispatchId, attempt: number, channel, outcome: result.kind },
      "not posted",
    );
  return { dispatchId, attempt: number, outcome: { ...result, ...(answer && { answer }) } };
}

async function outcomeOf(
  { channel, body, isTicketSystem, ...target }: Claimed,
  post: Post,
): Promise<{ result: DispatchResult; answer?: number }> {
  const { request, read } = CATALOGUE[channel];
  const came = await post(request(body, { ...target, now: new Date() }), {
    also: isTicketSystem ? env().TICKET_HOSTS : env().ENDPOINT_HOSTS,
  });
  switch (came.kind) {
    case "answered":
      return { result: read(came), answer: came.status };
    case "refused":
      return { result: { kind: "failed", reason: came.reason } };
    case "unsent":
      return { result: { kind: "retry", reason: came.reason } };
    case "uncertain":
      return { result: { kind: "uncertain", reason: came.reason } };
  }
}
