import { eq } from "drizzle-orm";
import { z } from "zod";

import { broadcasts } from "@/db/schema";

import { Conflict } from "../errors";
import { uuid } from "../input";
import { verb } from "../verb";
import { lockWithBulletins } from "./lock";

/**
 * Holds a broadcast, and its bulletins with it: nothing more of it is frozen or handed over. Batches under way, at most four of
 * 100 mails for each worker and most often one (jobs/pace.ts), still end as they end. @throws Conflict
 */
export const pauseBroadcast = verb({
  may: "broadcast.steer",
  input: z.object({ broadcastId: uuid }),

  async run({ tx, now, record }, { broadcastId }) {
    const { broadcast, bulletinIds } = await lockWithBulletins(tx, broadcastId);
    const { status, cancelledAt } = broadcast;
    if (status === "paused") throw new Conflict("broadcasts.errors.alreadyPaused");
    if (status === "finished" || cancelledAt) throw new Conflict("broadcasts.errors.nothingLeft");
    for (const id of [broadcastId, ...bulletinIds]) {
      await tx
        .update(broadcasts)
        .set({ status: "paused", pausedAt: now })
        .where(eq(broadcasts.id, id));
      await record("broadcast.paused", { id });
    }
  },
});
