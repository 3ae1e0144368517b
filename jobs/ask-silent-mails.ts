import { setTimeout as wait } from "node:timers/promises";

import { reportFound } from "@/domain/broadcasts/after-restore";
import { nextBatchDueAt } from "@/domain/broadcasts/claim-batch";
import { listSilentMails, noteAsked } from "@/domain/broadcasts/silent-mails";
import { asJob, type Context } from "@/domain/context";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import { askLastEvent } from "@/lib/mailer";

/** Below Resend's 2 requests a second, so that a mail with a code finds room between two questions. */
const STEP_MS = 1_000;
/** So many mails are asked about in a run, which takes less than the minute until the next. */
const MOST = 40;

type Ways = { isStopping: () => boolean; pause?: () => Promise<unknown>; most?: number };

/**
 * Asks the provider what became of mails that it accepted and has said nothing of for
 * MAIL_SILENT_HOURS, one after the other, and takes its answer the way its webhooks go. What is to
 * leave goes first. To ask changes nothing there and an answer counts once, so that who is killed at
 * any point asks again.
 */
export async function askSilentMails(
  now: Date,
  { isStopping, pause = () => wait(STEP_MS), most = MOST }: Ways,
): Promise<void> {
  const ctx = asJob("ask-silent-mails", now);
  const silent = await listSilentMails(ctx, { hours: env().MAIL_SILENT_HOURS, most });
  for (const [index, id] of silent.entries()) {
    if (index > 0) await pause();
    if (isStopping() || (await isMailing(ctx))) return;
    const came = await askLastEvent(id);
    if (came.kind === "later") {
      log.warn({ reason: came.reason }, "the provider does not say what became of mails");
      return;
    }
    if (came.kind === "told")
      await reportFound(ctx, { mails: [{ id, lastEvent: came.lastEvent }] });
    await noteAsked(ctx, { providerId: id });
  }
}

async function isMailing(ctx: Context): Promise<boolean> {
  const due = await nextBatchDueAt(ctx, {});
  return due !== null && due <= new Date();
}
