import { eq } from "drizzle-orm";
import { z } from "zod";

import { broadcasts } from "@/db/schema";

import { Conflict } from "../errors";
import { uuid } from "../input";
import { wakeJob } from "../jobs";
import { verb } from "../verb";
import { lockBroadcast } from "./lock";

/** Lets a paused broadcast go on where it stood. @throws Conflict */
export const resumeBroadcast = verb({
  may: "broadcast.steer",
  fresh: true,
  input: z.object({ broadcastId: uuid }),

  async run({ tx, record }, { broadcastId }) {
    const { status } = await lockBroadcast(tx, broadcastId);
    if (status !== "paused") throw new Conflict("broadcasts.errors.notPaused");
    await tx
      .update(broadcasts)
      .set({ status: "sending", pausedAt: null })
      .where(eq(broadcasts.id, broadcastId));
    await record("broadcast.resumed", { id: broadcastId });
    await wakeJob(tx, "deliver-mails");
    await wakeJob(tx, "post-dispatches");
  },
});
