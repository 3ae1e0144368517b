import { setTimeout } from "node:timers/promises";

import { claimBatches, type ClaimedBatch, nextBatchDueAt } from "@/domain/broadcasts/claim-batch";
import { finishBroadcasts } from "@/domain/broadcasts/finish";
import { freezeNextBatches } from "@/domain/broadcasts/freeze-batch";
import { endPreparing, prepareNext } from "@/domain/broadcasts/prepare";
import { keepRenderedMail, listMailsToRender } from "@/domain/broadcasts/render-mail";
import { settleBatches } from "@/domain/broadcasts/settle-batch";
import { listWaves, watchWave } from "@/domain/broadcasts/waves";
import { asJob, type Context } from "@/domain/context";
import { renderBroadcastMail, shownWords } from "@/emails/render";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import { sendBatch } from "@/lib/mailer";
import { closeWaiting, sendBySmtp } from "@/lib/smtp";
import type { SendOutcome } from "@/lib/send-outcome";

import { doEach } from "./do-each";
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

/** `hasNews`: whether something was told since it was last asked. */
type Signals = { isStopping: () => boolean; hasNews: () => boolean };

/**
 * Drains what waits to be mailed: renders what is new, also what is told meanwhile, claims, sends and
 * settles batch by batch, freezing the next when none is due; at the end it follows up what came back,
 * which may give it more to send, and looks at first waves. State lives in the tables, so any number of workers may run
 * this and each may be killed at any point.
 * @returns when to look again, or null when nothing is left.
 */
export async function deliverMails(now: Date, signals: Signals): Promise<Date | null> {
  const ctx = asJob("deliver-mails", now);
  for (;;) {
    const wasCutShort = await drain(ctx, signals).finally(closeWaiting);
    const { queued } = await finishBroadcasts(ctx, {});
    await doEach("wave", await listWaves(ctx, {}), async (broadcastId) =>
      watchWave(ctx, { broadcastId }),
    );
    if (wasCutShort) return new Date(Date.now() + PAUSE_MS);
    if (queued === 0 || signals.isStopping()) return nextBatchDueAt(ctx, {});
  }
}

/** How many batches at most are on their way to the provider at once. */
const MOST_BATCHES = 4;
/** Told to wait for longer, it ends and is woken again. */
const LONGEST_WAIT_MS = PAUSE_MS;

/** How many mails, one a broadcast and language, are rendered before the next batches leave. */
const RENDERED_AT_ONCE = 10;

type Round = { sent: readonly Sent[]; frozen: number };

/** @returns whether it ended because one attempt after the other failed. */
async function drain(ctx: Context, { isStopping, hasNews }: Signals): Promise<boolean> {
  const pace = openPace();
  let [failures, most, isNew] = [0, 1, true];
  while (!isStopping() && failures < FAILURES_IN_A_ROW) {
    if (pace.wait() > LONGEST_WAIT_MS) return true;
    const room = pace.allows(most);
    isNew = (hasNews() || isNew) && (await takeNews(ctx, room));
    const { sent, frozen } = await sendNext(ctx, { room, pace });
    // A halt of a region's own server holds back its mails alone (settle-batch.ts).
    if (sent.some(({ outcome, route }) => outcome.kind === "halt" && !route)) return false;
    if (sent.length + frozen === 0 && !isNew) break;
    pace.hear(sent);
    failures = sent.some(hasFailed) ? failures + 1 : 0;
    most = widened(most, failures);
  }
  return failures > 0;
}

const widened = (most: number, failures: number): number =>
  failures > 0 ? 1 : Math.min(most * 2, MOST_BATCHES);

/** Renders what was told last and freezes its first batches before more of what was under way. @returns whether there was any */
async function takeNews(ctx: Context, most: number): Promise<boolean> {
  if ((await renderWaiting(ctx, RENDERED_AT_ONCE)) === 0) return false;
  await freeze(ctx, most);
  return true;
}

/** Who is told when to come back, and comes back then, has not failed; a region's own server that is away keeps nobody else waiting. */
const hasFailed = ({ outcome, route }: Sent): boolean =>
  !route &&
  outcome.kind === "retry" &&
  !(outcome.reason === "rate_limited" && outcome.retryAfterMs !== undefined);

/** Renders the mails that waiting deliveries need, at most so many. @returns how many */
export async function renderWaiting(ctx: Context, most?: number): Promise<number> {
  const waiting = await listMailsToRender(ctx, { most });
  for (const { broadcastId, locale, told } of waiting) {
    const mail = await renderBroadcastMail(told, await sender(ctx, locale));
    await keepRenderedMail(ctx, { broadcastId, locale, ...mail, shown: shownWords(told, locale) });
  }
  return waiting.length;
}

const freeze = (ctx: Context, most?: number) =>
  freezeNextBatches(ctx, { from: env().MAIL_FROM, most });

type Sending = { room: number; pace: ReturnType<typeof openPace> };

/** Sends what is due as soon as the pace allows, and freezes meanwhile what comes next. */
async function sendNext(ctx: Context, { room, pace }: Sending): Promise<Round> {
  const batches = await claimBatches(ctx, { most: room });
  // What is tried again brings nothing new with it: an outage must not freeze one batch per attempt.
  const isFirst = batches.every(({ attempts }) => attempts === 1);
  // Where the provider sets the pace no more is frozen than leaves next, so that what is urgent goes before.
  const isNarrow = pace.isSet() || room === 1;
  const isWanted = isFirst && (isNarrow || batches.length < room);
  const freezing = isWanted ? freeze(ctx, isNarrow ? room : undefined) : 0;
  const send = async () => {
    // Ready before its time, what opens the provider's next window leaves at its very beginning.
    if (batches.length > 0 && pace.wait() > 0) await setTimeout(pace.wait());
    return Promise.all(batches.map(sendClaimed));
  };
  const [sent, frozen] = await Promise.all([send(), freezing]);
  const settlings = batches.flatMap(({ id, attempts }, index) => {
    const outcome = sent[index]?.outcome;
    return outcome ? [{ batchId: id, attempt: attempts, outcome }] : [];
  });
  if (settlings.length > 0) await settleBatches(ctx, { settlings });
  return { sent, frozen };
}

type Sent = Pick<ClaimedBatch, "route"> & {
  sentAt: number;
  heardAt: number;
  outcome: SendOutcome | { kind: "altered"; reason: string };
};

async function sendClaimed({ id, body, key, attempts, route }: ClaimedBatch): Promise<Sent> {
  const sentAt = performance.now();
  const outcome: Sent["outcome"] =
    body === null
      ? { ...(attempts === 1 ? MAIL_GONE : ALTERED) }
      : route === "smtp"
        ? await sendBySmtp({ body, key })
        : asAltered(await sendBatch({ body, key }));
  const heardAt = performance.now();
  if (outcome.kind !== "accepted")
    log.warn({ batch: id, attempt: attempts, ...outcome }, "mail batch not accepted");
  return { route, sentAt, heardAt, outcome };
}

/** The provider has accepted other bytes under this key before: it does not say that these never left. */
function asAltered(outcome: SendOutcome): Sent["outcome"] {
  const isOther = outcome.kind === "refused" && outcome.code === "invalid_idempotent_request";
  return isOther ? { kind: "altered", reason: outcome.reason } : outcome;
}

const MAIL_GONE = { kind: "refused", code: "mail_gone", reason: "its mail was erased" } as const;
const ALTERED = {
  kind: "altered",
  reason: "its bytes are no longer those that were tried",
} as const;
