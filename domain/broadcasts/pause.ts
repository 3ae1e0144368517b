import { eq } from "drizzle-orm";
import { z } from "zod";

import { broadcasts } from "@/db/schema";

import { Conflict } from "../errors";
import { uuid } from "../input";
import { verb } from "../verb";
import { lockBroadcast } from "./lock";

/**
 * Holds a broadcast: nothing more of it is frozen or handed over. Batches under way, at most four of
 * 100 mails for each worker and most often one (jobs/pace.ts), still end as they end. @throws Conflict
 */
export const pauseBroadcast = verb({
  may: "broadcast.steer",
  input: z.object({ broadcastId: uuid }),

  async run({ tx, now, record }, { broadcastId }) {
    const { status, cancelledAt } = await lockBroadcast(tx, broadcastId);
    if (status === "paused") throw new Conflict("broadcasts.errors.alreadyPaused");
    if (status === "finished" || cancelledAt) throw new Conflict("broadcasts.errors.nothingLeft");
    await tx
      .update(broadcasts)
      .set({ status: "paused", pausedAt: now })
      .where(eq(broadcasts.id, broadcastId));
    await record("broadcast.paused", { id: broadcastId });
  },
});
