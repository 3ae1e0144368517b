import { eq } from "drizzle-orm";
import { z } from "zod";

import { broadcasts } from "@/db/schema";

import { Conflict } from "../errors";
import { uuid } from "../input";
import { wakeJob } from "../jobs";
import { verb } from "../verb";
import { lockWithBulletins } from "./lock";
import { letRestGo, readWaves } from "./waves";

/**
 * Lets a paused broadcast and its bulletins go on where they stood. One that stopped by itself after its
 * first wave goes on to the rest. @throws Conflict
 */
export const resumeBroadcast = verb({
  may: "broadcast.steer",
  fresh: true,
  input: z.object({ broadcastId: uuid }),

  async run(step, { broadcastId }) {
    const { tx, record } = step;
    const { broadcast, bulletinIds } = await lockWithBulletins(tx, broadcastId);
    const { status } = broadcast;
    if (status !== "paused") throw new Conflict("broadcasts.errors.notPaused");
    for (const id of [broadcastId, ...bulletinIds]) {
      await tx
        .update(broadcasts)
        .set({ status: "sending", pausedAt: null })
        .where(eq(broadcasts.id, id));
      await record("broadcast.resumed", { id });
    }
    if ((await readWaves(tx, broadcastId))?.stoppedAt) await letRestGo(step, broadcast);
    await wakeJob(tx, "deliver-mails");
    await wakeJob(tx, "post-dispatches");
  },
});
