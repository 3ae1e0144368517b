import { and, count, eq, gt } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import { type Broadcast, broadcasts, deliveries } from "@/db/schema";

import { NotFound } from "../errors";
import { uuid } from "../input";
import { query } from "../query";
import { readFacts } from "./facts";

const MINUTE_MS = 60_000;

/**
 * One broadcast with its totals per channel and status and, while it runs, how many mails leave per
 * minute at the pace of the last one. @throws NotFound
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
    const perMinute = broadcast.status === "sending" ? await paceOf(db, { broadcast, now }) : 0;
    const { kind, facts, ...rest } = broadcast;
    return { ...rest, told: readFacts(kind, facts), totals, perMinute };
  },
});

type Running = { broadcast: Pick<Broadcast, "id" | "startedAt">; now: Date };

async function paceOf(
  db: Db | Tx,
  { broadcast: { id, startedAt }, now }: Running,
): Promise<number> {
  const since = new Date(Math.max(startedAt.getTime(), now.getTime() - MINUTE_MS));
  const sent = await db.$count(
    deliveries,
    and(eq(deliveries.broadcastId, id), gt(deliveries.sentAt, since)),
  );
  const elapsed = Math.max(now.getTime() - since.getTime(), 1000);
  return Math.round((sent * MINUTE_MS) / elapsed);
}
