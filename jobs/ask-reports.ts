import { setTimeout as wait } from "node:timers/promises";

import { readReports, reportsRequest } from "@/channels/sms/reports";
import { claimReports, settleReports } from "@/domain/broadcasts/settle-reports";
import { asJob, type Context } from "@/domain/context";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import { postOutward } from "@/lib/post-outward";

/** Between two rounds, since the operator answers so many a second. */
const ROUND_MS = 1_000;

/**
 * Asks the operator of text messages what became of those it took, until none is due. An answer that says
 * nothing, or nothing of a message, is asked for again, later each time.
 */
export async function askReports(
  isStopping: () => boolean,
  pause: () => Promise<unknown> = () => wait(ROUND_MS),
): Promise<void> {
  if (!env().SMS_OPERATOR) return;
  for (let round = 0; !isStopping(); round += 1) {
    const ctx = asJob("ask-reports", new Date());
    const asked = await claimReports(ctx, {});
    if (asked.length === 0) return;
    if (round > 0) await pause();
    for (const one of asked) await askOf(ctx, one);
  }
}

/** Asks of one number. */
async function askOf(
  ctx: Context,
  { to, since, receipts }: Awaited<ReturnType<typeof claimReports>>[number],
): Promise<void> {
  const came = await postOutward(reportsRequest({ to, since, now: new Date() }), {
    also: env().ENDPOINT_HOSTS,
  });
  const reports = came.kind === "answered" ? readReports(came) : null;
  if (!reports) log.warn({ outcome: came.kind }, "no report of text messages");
  const ours = (reports ?? []).filter(({ receipt }) => receipts.includes(receipt));
  if (ours.length > 0) await settleReports(ctx, { reports: ours });
}
