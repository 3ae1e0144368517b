import { eq } from "drizzle-orm";
import { z } from "zod";

import { broadcasts } from "@/db/schema";

import { Conflict } from "../errors";
import { uuid } from "../input";
import { wakeJob } from "../jobs";
import { changeRows } from "../rows";
import { verb } from "../verb";
import { lockBroadcast } from "./lock";
import { IS_RETRYABLE } from "./retryable";

/**
 * Queues the failed mails again that were never accepted, for a new batch under a new idempotency
 * key. Whoever was reached, bounced or may have been told gets nothing. @throws Conflict
 * @returns how many mails leave again
 */
export const retryFailed = verb({
  may: "broadcast.steer",
  input: z.object({ broadcastId: uuid }),

  async run({ tx, record }, { broadcastId }) {
    const { status, cancelledAt } = await lockBroadcast(tx, broadcastId);
    if (cancelledAt) throw new Conflict("broadcasts.errors.cancelled");
    const mails = await changeRows(tx)`
      update deliveries d
      set status = 'queued', reason = null, settled_at = null, batch_id = null, batch_index = null,
        earlier_batch_ids = d.earlier_batch_ids || d.batch_id
      from mail_batches m
      where d.broadcast_id = ${broadcastId} and m.id = d.batch_id and ${IS_RETRYABLE}`;
    if (mails === 0) throw new Conflict("broadcasts.errors.nothingToRetry");

    if (status === "finished")
      await tx
        .update(broadcasts)
        .set({ status: "sending", finishedAt: null })
        .where(eq(broadcasts.id, broadcastId));
    await record("broadcast.retried", {
      id: broadcastId,
      after: { people: mails },
    });
    await wakeJob(tx, "deliver-mails");
    return mails;
  },
});
