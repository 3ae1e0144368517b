import { eq } from "drizzle-orm";
import { z } from "zod";

import { broadcasts } from "@/db/schema";

import { Conflict, Invalid } from "../errors";
import { prose, uuid } from "../input";
import { wakeJob } from "../jobs";
import { verb } from "../verb";
import { lockWithBulletins } from "./lock";
import { letRestGo, readWaves } from "./waves";

/**
 * Lets a paused broadcast and its bulletins go on where they stood. One that stopped by itself after its
 * first wave goes on to the rest, for a reason that stays with it. @throws Conflict; Invalid without that reason
 */
export const resumeBroadcast = verb({
  may: "broadcast.steer",
  fresh: true,
  input: z.object({ broadcastId: uuid, reason: prose(2000).default("") }),

  async run(step, { broadcastId, reason }) {
    const { tx, record } = step;
    const { broadcast, bulletinIds } = await lockWithBulletins(tx, broadcastId);
    const { status } = broadcast;
    if (status !== "paused") throw new Conflict("broadcasts.errors.notPaused");
    const waves = await readWaves(tx, broadcastId);
    const follows = waves !== null && waves.stoppedAt !== null && waves.releasedAt === null;
    if (follows && !reason.trim())
      throw new Invalid("errors.form", { reason: ["broadcasts.errors.followReasonMissing"] });
    for (const id of [broadcastId, ...bulletinIds]) {
      await tx
        .update(broadcasts)
        .set({ status: "sending", pausedAt: null })
        .where(eq(broadcasts.id, id));
      await record("broadcast.resumed", { id });
    }
    if (follows) await letRestGo(step, broadcast, reason.trim());
    await wakeJob(tx, "deliver-mails");
    await wakeJob(tx, "post-dispatches");
  },
});
