import { and, count, eq, gt } from "drizzle-orm";
import { z } from "zod";

import { broadcasts, deliveries } from "@/db/schema";

import { NotFound } from "../errors";
import { uuid } from "../input";
import { query } from "../query";
import { readFacts } from "./facts";

const MINUTE_MS = 60_000;

/**
 * One broadcast with its totals per channel and status, and how many mails left within the last
 * minute. @throws NotFound
 */
export const findBroadcast = query({
  may: "broadcast.read",
  input: z.object({ id: uuid }),

  async run({ db, now }, { id }) {
    const [broadcast] = await db.select().from(broadcasts).where(eq(broadcasts.id, id));
    if (!broadcast) throw new NotFound("errors.notFound");
    const totals = await db
      .select({ channel: deliveries.channel, status: deliveries.status, count: count() })
      .from(deliveries)
      .where(eq(deliveries.broadcastId, id))
      .groupBy(deliveries.channel, deliveries.status);
    const sentLastMinute =
      broadcast.status === "sending"
        ? await db.$count(
            deliveries,
            and(
              eq(deliveries.broadcastId, id),
              gt(deliveries.sentAt, new Date(now.getTime() - MINUTE_MS)),
            ),
          )
        : 0;
    const { kind, facts, ...rest } = broadcast;
    return { ...rest, told: readFacts(kind, facts), totals, sentLastMinute };
  },
});
