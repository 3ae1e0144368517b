import { setTimeout } from "node:timers/promises";

import { claimBatch, nextBatchDueAt } from "@/domain/broadcasts/claim-batch";
import { finishBroadcasts } from "@/domain/broadcasts/finish";
import { freezeNextBatch } from "@/domain/broadcasts/freeze-batch";
import { endPreparing, prepareNext } from "@/domain/broadcasts/prepare";
import { keepRenderedMail, listMailsToRender } from "@/domain/broadcasts/render-mail";
import { settleBatch } from "@/domain/broadcasts/settle-batch";
import { asJob, type Context } from "@/domain/context";
import { renderBroadcastMail } from "@/emails/render";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import { sendBatch } from "@/lib/mailer";
import type { SendOutcome } from "@/lib/send-outcome";

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

type Sent = "nothing" | SendOutcome["kind"];

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

/** @returns whether it ended because one attempt after the other failed. */
async function drain(ctx: Context, isStopping: () => boolean): Promise<boolean> {
  let failures = 0;
  while (!isStopping() && failures < FAILURES_IN_A_ROW) {
    const { sent, frozen } = await sendNext(ctx);
    if (sent === "halt") return false;
    failures = sent === "retry" ? failures + 1 : 0;
    if (sent === "nothing" && frozen === 0) break;
  }
  return failures > 0;
}

async function renderWaiting(ctx: Context): Promise<void> {
  for (const { broadcastId, locale, told } of await listMailsToRender(ctx, {})) {
    const mail = await renderBroadcastMail(told, sender(locale));
    await keepRenderedMail(ctx, { broadcastId, locale, ...mail });
  }
}

/** Sends what is due, and freezes the next batch while the provider works on this one. */
async function sendNext(ctx: Context): Promise<{ sent: Sent; frozen: number }> {
  const batch = await claimBatch(ctx, {});
  // What is tried again brings nothing new with it: an outage must not freeze one batch per attempt.
  const freezing =
    batch && batch.attempts > 1 ? 0 : freezeNextBatch(ctx, { from: env().MAIL_FROM });
  if (!batch) return { sent: "nothing", frozen: await freezing };
  const [outcome, frozen] = await Promise.all([
    sendBatch({ body: batch.body, key: batch.key }),
    freezing,
  ]);
  if (outcome.kind !== "accepted")
    log.warn({ batch: batch.id, attempt: batch.attempts, ...outcome }, "mail batch not accepted");
  await settleBatch(ctx, { batchId: batch.id, attempt: batch.attempts, outcome });
  // The provider's rate, as its last answer told it.
  if (outcome.kind === "accepted" && outcome.waitMs > 0) await setTimeout(outcome.waitMs);
  return { sent: outcome.kind, frozen };
}
