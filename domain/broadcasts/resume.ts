import { eq } from "drizzle-orm";
import { z } from "zod";

import { broadcasts } from "@/db/schema";

import { Conflict } from "../errors";
import { uuid } from "../input";
import { wakeJob } from "../jobs";
import { verb } from "../verb";
import { lockWithBulletins } from "./lock";

/** Lets a paused broadcast and its bulletins go on where they stood. @throws Conflict */
export const resumeBroadcast = verb({
  may: "broadcast.steer",
  fresh: true,
  input: z.object({ broadcastId: uuid }),

  async run({ tx, record }, { broadcastId }) {
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
    await wakeJob(tx, "deliver-mails");
    await wakeJob(tx, "post-dispatches");
  },
});
