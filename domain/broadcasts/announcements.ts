import { and, desc, eq, lt } from "drizzle-orm";
import { z } from "zod";

import { broadcasts } from "@/db/schema";

import { query } from "../query";
import { readFacts } from "./facts";

const PAGE = 20;

export type Announcement = Awaited<ReturnType<typeof listAnnouncements>>["rows"][number];

/** What was announced to everybody, newest first, 20 a page; `before` is the last row's `startedAt`. */
export const listAnnouncements = query({
  may: "announcement.read",
  input: z.object({ before: z.iso.datetime().optional().catch(undefined) }),

  async run({ db }, { before }) {
    const rows = await db
      .select({
        id: broadcasts.id,
        kind: broadcasts.kind,
        facts: broadcasts.facts,
        startedAt: broadcasts.startedAt,
      })
      .from(broadcasts)
      .where(
        and(
          eq(broadcasts.isPublic, true),
          before ? lt(broadcasts.startedAt, new Date(before)) : undefined,
        ),
      )
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
