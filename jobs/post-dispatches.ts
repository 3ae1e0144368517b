import { CATALOGUE } from "@/channels/catalogue";
import type { DispatchResult } from "@/channels/channel";
import { readSms, smsBody, smsRequest } from "@/channels/sms/post";
import {
  claimDispatches,
  keepDispatchBodies,
  listDispatchesToCompose,
  nextDispatchDueAt,
} from "@/domain/broadcasts/claim-dispatches";
import { settleDispatches } from "@/domain/broadcasts/settle-dispatches";
import { asJob, type Context } from "@/domain/context";
import { readNumberCheck } from "@/domain/endpoints/ask-number";
import { CODE_MINUTES } from "@/domain/endpoints/rules";
import { coalesce } from "@/lib/coalesce";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import { metrics } from "@/lib/metrics";
import { postOutward } from "@/lib/post-outward";

import { sender } from "./sender";

/** How many posts leave at once, each to another endpoint. */
const AT_ONCE = 20;
/** With so many still under way the next are claimed: slow ones keep their places, and no other waiting. */
const MOST_KEPT = AT_ONCE / 2;
/** What is due and still may not leave (another worker posts to its endpoint) is looked at again after this. */
const LOOK_AGAIN_MS = 2_000;

type Claimed = Awaited<ReturnType<typeof claimDispatches>>[number];
type Settling = Awaited<ReturnType<typeof attempt>>;
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
  const underWay = new Set<Promise<void>>();
  const failures: unknown[] = [];
  // Those that end together share a transaction.
  const settle = coalesce<Settling>(async (settlings) => {
    await settleDispatches(ctx(), { settlings: [...settlings] });
  }, AT_ONCE);
  const follow = (one: Claimed) => {
    const work = attempt(one, post)
      .then(settle)
      .catch((error: unknown) => void failures.push(error))
      .finally(() => underWay.delete(work));
    underWay.add(work);
  };
  for (;;) {
    const goesOn = !isStopping() && failures.length === 0;
    if (goesOn) await composeWaiting(ctx());
    const claimed = goesOn ? await claimDispatches(ctx(), { most: AT_ONCE - underWay.size }) : [];
    claimed.forEach(follow);
    if (underWay.size === 0) break;
    // Where nothing more is due, until one has ended: what it leaves may be.
    do await Promise.race(underWay);
    while (underWay.size > MOST_KEPT);
  }
  if (failures.length > 0) throw failures[0];
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

/**
 * Sends the code that proves a number; nothing once it is used or too old. What may have left is not sent
 * again: its person asks for another. @throws to be tried again, where nothing has left
 */
export async function sendNumberCode(now: Date, checkId: string): Promise<void> {
  const check = await readNumberCheck(asJob("send-number-code", now), { checkId });
  if (!check || !env().SMS_OPERATOR) return;
  const { locale, number, code } = check;
  const values = [code, String(CODE_MINUTES)];
  const body = smsBody({ name: "code", locale, values }, checkId);
  const came = await postOutward(smsRequest(body, { to: number, now: new Date() }), {
    also: env().ENDPOINT_HOSTS,
  });
  const result =
    came.kind === "answered" ? readSms(came) : { kind: came.kind, reason: came.reason };
  const isAgain = result.kind === "retry" || result.kind === "unsent";
  metrics.posts.inc({ channel: "sms", outcome: isAgain ? "retry" : result.kind });
  if (isAgain) throw new Error(`the code was not sent: ${result.reason}`);
  if (result.kind !== "delivered") log.warn({ check: checkId, ...result }, "code not delivered");
}
