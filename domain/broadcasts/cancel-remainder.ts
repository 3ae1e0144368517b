import { eq, sql } from "drizzle-orm";
import { z } from "zod";

import type { Tx } from "@/db/client";
import { audienceParts, type Broadcast, broadcasts } from "@/db/schema";

import { Conflict, Invalid } from "../errors";
import { prose, typedCount, uuid } from "../input";
import { wakeJob } from "../jobs";
import { changeRows, idRow, readRows } from "../rows";
import { type RecordedStep, verb } from "../verb";
import { freeHeld, heldOfWritten } from "./hold";
import { lockWithBulletins } from "./lock";
import { cancelDispatches } from "./write-dispatches";

/**
 * Cancels every mail of a paused broadcast that nobody has tried to hand over yet. Only while it is
 * paused, so that the number that was typed is the number that is cancelled. A batch that has been
 * tried may have been accepted, so it is followed to its end. In-site messages stay; whoever is held back
 * for a second wave is told nothing at all, and counts with the mails.
 * @throws Conflict when it is not paused or the number is another one; Invalid without a reason
 * @returns how many people get no mail
 */
export const cancelRemainder = verb({
  may: "broadcast.steer",
  input: z.object({
    broadcastId: uuid,
    typedMails: typedCount,
    reason: prose(2000),
  }),

  async run(step, { broadcastId, typedMails, reason }) {
    const { tx, now, record } = step;
    const { broadcast, bulletinIds } = await lockWithBulletins(tx, broadcastId);
    const { status } = broadcast;
    const held = await heldOfWritten(tx, broadcast);
    if (status !== "paused") throw new Conflict("broadcasts.errors.notPaused");
    if (!reason.trim())
      throw new Invalid("errors.form", { reason: ["broadcasts.errors.reasonMissing"] });

    const cancelled = held + (await cancelUntried(tx, { broadcastId, now }));
    if (cancelled === 0) throw new Conflict("broadcasts.errors.nothingLeft");
    if (cancelled !== typedMails)
      throw new Invalid(
        "errors.form",
        { typedMails: ["broadcasts.errors.otherNumber"] },
        { count: cancelled },
      );

    await tx
      .update(broadcasts)
      .set({ status: "sending", pausedAt: null, cancelledAt: now, cancelReason: reason.trim() })
      .where(eq(broadcasts.id, broadcastId));
    await record("broadcast.cancelled", {
      id: broadcastId,
      after: { people: cancelled, reason: reason.trim() },
    });
    await freeHeld(tx, broadcastId);
    await cancelBulletins(step, { bulletinIds, reason: reason.trim() });
    await wakeJob(tx, "deliver-mails");
    return cancelled;
  },
});

/** What is not told to the end to those concerned is not told on to others either; they are counted apart. */
export async function cancelBulletins(
  { tx, now, record }: RecordedStep,
  { bulletinIds, reason }: { bulletinIds: readonly string[]; reason: string },
): Promise<void> {
  for (const id of bulletinIds) {
    await tx.delete(audienceParts).where(eq(audienceParts.broadcastId, id));
    const people = await cancelUntried(tx, { broadcastId: id, now });
    await tx
      .update(broadcasts)
      .set({ status: "sending", pausedAt: null, cancelledAt: now, cancelReason: reason })
      .where(eq(broadcasts.id, id));
    await record("broadcast.cancelled", { id, after: { people, reason } });
  }
}

/** Nothing that nobody has tried to hand over yet leaves any more. @returns how many mails */
export async function cancelUntried(
  tx: Tx,
  { broadcastId, now }: { broadcastId: string; now: Date },
): Promise<number> {
  // A claim under way holds its batch: once it commits, the batch has been tried and stays.
  const batches = await readRows(tx, idRow)`
    update mail_batches set status = 'cancelled', settled_at = clock_timestamp()
    where broadcast_id = ${broadcastId} and status = 'frozen' and attempts = 0
    returning id`;
  await cancelDispatches(tx, { broadcastId, now });
  await tx.execute(sql`
    delete from digest_items where broadcast_id = ${broadcastId} and digest_id is null`);
  return changeRows(tx)`
    update deliveries set status = 'cancelled', settled_at = ${now.toISOString()}::timestamptz
    where broadcast_id = ${broadcastId} and channel = 'email' and status = 'queued'
      and (batch_id is null or batch_id = any(${sql.param(batches.map(({ id }) => id))}::uuid[]))`;
}

type Stopping = { broadcastId: string; reason: string };

/**
 * Cancels what of a broadcast and its bulletins has not left, because what it tells holds no longer.
 * @throws Conflict while its rows are still being written
 */
export async function stopMails(
  step: RecordedStep,
  { broadcastId, reason }: Stopping,
): Promise<Broadcast> {
  const { tx, now } = step;
  const { broadcast, bulletinIds } = await lockWithBulletins(tx, broadcastId);
  const held = await heldOfWritten(tx, broadcast);
  await cancelBulletins(step, { bulletinIds, reason });
  if (held + (await cancelUntried(tx, { broadcastId, now })) > 0)
    await tx
      .update(broadcasts)
      .set({ status: "sending", pausedAt: null, cancelledAt: now, cancelReason: reason })
      .where(eq(broadcasts.id, broadcastId));
  await freeHeld(tx, broadcastId);
  return broadcast;
}
