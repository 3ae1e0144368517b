import { desc, eq, lt, sql } from "drizzle-orm";
import { z } from "zod";

import { broadcasts, deliveries } from "@/db/schema";

import { query } from "../query";
import { readFacts } from "./facts";

const PAGE = 30;

export type BroadcastSummary = Awaited<ReturnType<typeof listBroadcasts>>["rows"][number];

/** Broadcasts, newest first, 30 a page; `before` is the last row's `startedAt` (ISO 8601). */
export const listBroadcasts = query({
  may: "broadcast.read",
  input: z.object({ before: z.iso.datetime().optional() }),

  async run({ db }, { before }) {
    const rows = await db
      .select({
        id: broadcasts.id,
        kind: broadcasts.kind,
        facts: broadcasts.facts,
        status: broadcasts.status,
        startedAt: broadcasts.startedAt,
        finishedAt: broadcasts.finishedAt,
        people: sql<number>`count(distinct ${deliveries.userId})::int`,
        queued: sql<number>`(count(*) filter (where ${deliveries.status} = 'queued'))::int`,
        delivered: sql<number>`(count(*) filter (where ${deliveries.channel} = 'email' and ${deliveries.status} = 'delivered'))::int`,
        unreached: sql<number>`(count(*) filter (where ${deliveries.status} in ('bounced', 'failed', 'suppressed', 'unknown')))::int`,
      })
      .from(broadcasts)
      .leftJoin(deliveries, eq(deliveries.broadcastId, broadcasts.id))
      .where(before ? lt(broadcasts.startedAt, new Date(before)) : undefined)
      .groupBy(broadcasts.id)
      .orderBy(desc(broadcasts.startedAt))
      .limit(PAGE + 1);

    return {
      rows: rows
        .slice(0, PAGE)
        .map(({ kind, facts, ...row }) => ({ ...row, told: readFacts(kind, facts) })),
      next: rows.length > PAGE ? (rows[PAGE - 1]?.startedAt.toISOString() ?? null) : null,
    };
  },
});
