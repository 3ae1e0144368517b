import {
  ageFrozenBatches,
  attachFound,
  type FoundMail,
  holdBroadcasts,
  keepLine,
  noteRestored,
  readLine,
  reportFound,
} from "@/domain/broadcasts/after-restore";
import { finishBroadcasts } from "@/domain/broadcasts/finish";
import { asJob, type Context } from "@/domain/context";
import { log } from "@/lib/log";
import { listAccepted } from "@/lib/mailer";

import { prepareBroadcasts, renderWaiting } from "./deliver-mails";

/** Counts of mails: listed by the provider, given to deliveries that waited, of which nobody can tell whether they left, listed and of nothing here; and of the broadcasts that are held. */
export type Restored = Record<"listed" | "found" | "unknown" | "strange" | "held", number> & {
  since: Date;
};

type Looking = {
  /** False where the provider cannot be asked: then every broadcast with mails to go is held. */
  isAsked: boolean;
  /** Whether somebody says that it was restored, whatever PostgreSQL's marks say. */
  isSaid?: boolean;
};

/**
 * Before mails leave: on a line of the database's history that is not known, so after a restore or a
 * promotion, asks the provider what it has accepted since the last moment the database knows of, and
 * gives those mails to the deliveries that wait for them, so that nothing leaves twice.
 * @returns what was done; null where nothing was to do
 * @throws where the provider does not answer: nothing may leave yet
 */
export async function reconcileMails({
  isAsked,
  isSaid = false,
}: Looking): Promise<Restored | null> {
  const ctx = asJob("after-restore", new Date());
  const { cluster, line, isKnown, isFirst, since: known } = await readLine(ctx, {});
  if (isFirst && !isSaid) await keepLine(ctx, { cluster, line });
  if (isKnown && !isSaid) return null;
  const since = known ?? ctx.now;
  const done: Restored = { since, listed: 0, found: 0, unknown: 0, strange: 0, held: 0 };
  if (isAsked) Object.assign(done, await attachAll(ctx, await listAccepted(since)));
  // A server of SMTP cannot be asked what it took.
  done.held = await holdBroadcasts(ctx, { bySmtp: isAsked });
  await ageFrozenBatches(ctx, {});
  await noteRestored(ctx, { cluster, line, since, found: done.found, held: done.held });
  return done;
}

/** What a worker asks before it delivers. @returns whether mails may leave */
export async function mailsMayLeave(): Promise<boolean> {
  try {
    const done = await reconcileMails({ isAsked: true });
    if (done) log.warn(done, "restored or promoted: mails were compared with the provider's list");
    return true;
  } catch (error) {
    log.error({ error }, "restored or promoted: no mail leaves before the provider was asked");
    return false;
  }
}

/**
 * Attaches them until none fits any more: who waited for a delivery gets one first, and what came back
 * turns to the next contact, whose mail may have left as well.
 */
async function attachAll(ctx: Context, mails: FoundMail[]) {
  let [found, unknown] = [0, 0];
  for (;;) {
    await prepareBroadcasts(() => false);
    await renderWaiting(ctx);
    const settled = await attachFound(ctx, { mails });
    for (let start = 0; start < mails.length; start += REPORTED_AT_ONCE)
      await reportFound(ctx, { mails: mails.slice(start, start + REPORTED_AT_ONCE) });
    await finishBroadcasts(ctx, {});
    found += settled.attached;
    unknown += settled.unknown;
    if (settled.attached === 0)
      return { listed: mails.length, found, unknown, strange: settled.strange };
  }
}

const REPORTED_AT_ONCE = 500;
