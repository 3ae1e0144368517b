import { and, asc, count, eq, gt, ilike, or } from "drizzle-orm";
import { z } from "zod";

import { broadcasts, deliveries, users } from "@/db/schema";
import { CHANNELS, DELIVERY_STATUSES } from "@/db/vocabulary";

import { NotFound } from "../errors";
import { query } from "../query";
import { readFacts } from "./facts";

const PAGE = 50;

/** One broadcast with its totals per channel and status. @throws NotFound */
export const findBroadcast = query({
  may: "broadcast.read",
  input: z.object({ id: z.uuid() }),

  async run({ db }, { id }) {
    const [broadcast] = await db.select().from(broadcasts).where(eq(broadcasts.id, id));
    if (!broadcast) throw new NotFound("errors.notFound");
    const totals = await db
      .select({ channel: deliveries.channel, status: deliveries.status, count: count() })
      .from(deliveries)
      .where(eq(deliveries.broadcastId, id))
      .groupBy(deliveries.channel, deliveries.status);
    const { kind, facts, ...rest } = broadcast;
    return { ...rest, told: readFacts(kind, facts), totals };
  },
});

export type DeliveryRow = Awaited<ReturnType<typeof listDeliveries>>["rows"][number];

/** The deliveries of a broadcast, 50 a page, by person; `after` is the last row's id. */
export const listDeliveries = query({
  may: "broadcast.read",
  input: z.object({
    broadcastId: z.uuid(),
    channel: z.enum(CHANNELS).optional().catch(undefined),
    status: z.enum(DELIVERY_STATUSES).optional().catch(undefined),
    search: z.string().max(200).optional(),
    after: z.uuid().optional().catch(undefined),
  }),

  async run({ db }, { broadcastId, channel, status, search, after }) {
    const pattern = search ? `%${search.replaceAll(/[\\%_]/g, "\\$&")}%` : undefined;
    const rows = await db
      .select({
        id: deliveries.id,
        channel: deliveries.channel,
        status: deliveries.status,
        reason: deliveries.reason,
        name: users.name,
        address: deliveries.address,
        locale: deliveries.locale,
        createdAt: deliveries.createdAt,
        sentAt: deliveries.sentAt,
        settledAt: deliveries.settledAt,
        readAt: deliveries.readAt,
      })
      .from(deliveries)
      .innerJoin(users, eq(users.id, deliveries.userId))
      .where(
        and(
          eq(deliveries.broadcastId, broadcastId),
          channel ? eq(deliveries.channel, channel) : undefined,
          status ? eq(deliveries.status, status) : undefined,
          pattern ? or(ilike(users.name, pattern), ilike(users.email, pattern)) : undefined,
          after ? gt(deliveries.id, after) : undefined,
        ),
      )
      .orderBy(asc(deliveries.id))
      .limit(PAGE + 1);
    return {
      rows: rows.slice(0, PAGE),
      next: rows.length > PAGE ? (rows[PAGE - 1]?.id ?? null) : null,
    };
  },
});
