import { setTimeout } from "node:timers/promises";

import { claimBatches, type ClaimedBatch, nextBatchDueAt } from "@/domain/broadcasts/claim-batch";
import { finishBroadcasts } from "@/domain/broadcasts/finish";
import { freezeNextBatches } from "@/domain/broadcasts/freeze-batch";
import { endPreparing, prepareNext } from "@/domain/broadcasts/prepare";
import { keepRenderedMail, listMailsToRender } from "@/domain/broadcasts/render-mail";
import { settleBatches } from "@/domain/broadcasts/settle-batch";
import { asJob, type Context } from "@/domain/context";
import { renderBroadcastMail } from "@/emails/render";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import { sendBatch } from "@/lib/mailer";
import type { SendOutcome } from "@/lib/send-outcome";

import { openPace } from "./pace";
import { sender } from "./sender";

/** So many failures in a row mean that the provider, not a mail, is the trouble. */
const FAILURES_IN_A_ROW = 3;
const PAUSE_MS = 5000;

/**
 * Writes the deliveries of the broadcasts that were too large to have them with their start, a
 * thousand people at a time; their mails leave meanwhile. It may be killed at any point.
 */
export async function prepareBroadcasts(isStopping: () => boolean): Promise<void> {
  const ctx = () => asJob("prepare-broadcasts", new Date());
  while (!isStopping() && (await prepareNext(ctx(), {})) > 0);
  await endPreparing(ctx(), {});
}

/**
 * Drains what waits to be mailed: renders what is new, then claims, sends and settles batch by
 * batch, freezing the next when none is due; at the end it follows up what came back, which may give
 * it more to send. State lives in the tables, so any number of workers may run this and each may be
 * killed at any point.
 * @returns when to look again, or null when nothing is left.
 */
export async function deliverMails(now: Date, isStopping: () => boolean): Promise<Date | null> {
  const ctx = asJob("deliver-mails", now);
  for (;;) {
    await renderWaiting(ctx);
    const wasCutShort = await drain(ctx, isStopping);
    const { queued } = await finishBroadcasts(ctx, {});
    if (wasCutShort) return new Date(Date.now() + PAUSE_MS);
    if (queued === 0 || isStopping()) return nextBatchDueAt(ctx, {});
  }
}

/** How many batches at most are on their way to the provider at once. */
const MOST_BATCHES = 4;
/** Told to wait for longer, it ends and is woken again. */
const LONGEST_WAIT_MS = PAUSE_MS;

type Round = { sent: readonly Sent[]; frozen: number };

/** @returns whether it ended because one attempt after the other failed. */
async function drain(ctx: Context, isStopping: () => boolean): Promise<boolean> {
  const pace = openPace();
  let [failures, most] = [0, 1];
  while (!isStopping() && failures < FAILURES_IN_A_ROW) {
    const { sent, frozen } = await sendNext(ctx, pace.allows(most), pace.isSet());
    if (sent.some(({ outcome }) => outcome.kind === "halt")) return false;
    if (sent.length === 0 && frozen === 0) break;
    pace.hear(sent);
    const waitMs = pace.wait();
    if (waitMs > LONGEST_WAIT_MS) return true;
    failures = sent.some(hasFailed) ? failures + 1 : 0;
    most = failures > 0 ? 1 : Math.min(most * 2, MOST_BATCHES);
    await setTimeout(waitMs);
  }
  return failures > 0;
}

/** Who is told when to come back, and comes back then, has not failed. */
const hasFailed = ({ outcome }: Sent): boolean =>
  outcome.kind === "retry" &&
  !(outcome.reason === "rate_limited" && outcome.retryAfterMs !== undefined);

/** Renders the mails that waiting deliveries need. */
export async function renderWaiting(ctx: Context): Promise<void> {
  for (const { broadcastId, locale, told } of await listMailsToRender(ctx, {})) {
    const mail = await renderBroadcastMail(told, await sender(ctx, locale));
    await keepRenderedMail(ctx, { broadcastId, locale, ...mail });
  }
}

/** Sends what is due, and freezes what comes next while the provider works on these. */
async function sendNext(ctx: Context, most: number, isPaced: boolean): Promise<Round> {
  // Where the provider sets the pace no more is frozen than leaves next, so that what is urgent goes before.
  const freezeMore = () =>
    freezeNextBatches(ctx, { from: env().MAIL_FROM, ...((isPaced || most === 1) && { most }) });
  const batches = await claimBatches(ctx, { most });
  // What is tried again brings nothing new with it: an outage must not freeze one batch per attempt.
  const isFirst = batches.every(({ attempts }) => attempts === 1);
  const isNextWanted = isPaced || most === 1 || batches.length < most;
  const freezing = isFirst && isNextWanted ? freezeMore() : 0;
  const [sent, frozen] = await Promise.all([Promise.all(batches.map(sendClaimed)), freezing]);
  const settlings = batches.flatMap(({ id, attempts }, index) => {
    const outcome = sent[index]?.outcome;
    return outcome ? [{ batchId: id, attempt: attempts, outcome }] : [];
  });
  if (settlings.length > 0) await settleBatches(ctx, { settlings });
  return { sent, frozen };
}

type Sent = { sentAt: number; outcome: SendOutcome | { kind: "altered"; reason: string } };

async function sendClaimed({ id, body, key, attempts }: ClaimedBatch): Promise<Sent> {
  const sentAt = performance.now();
  const outcome: Sent["outcome"] =
    body === null ? { ...(attempts === 1 ? MAIL_GONE : ALTERED) } : await sendBatch({ body, key });
  if (outcome.kind !== "accepted")
    log.warn({ batch: id, attempt: attempts, ...outcome }, "mail batch not accepted");
  return { sentAt, outcome };
}

const MAIL_GONE = { kind: "refused", code: "mail_gone", reason: "its mail was erased" } as const;
const ALTERED = {
  kind: "altered",
  reason: "its bytes are no longer those that were tried",
} as const;
