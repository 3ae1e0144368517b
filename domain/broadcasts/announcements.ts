import { sql } from "drizzle-orm";
import { z } from "zod";

import type { BroadcastKind } from "@/db/vocabulary";

import { query } from "../query";
import { readFacts } from "./facts";

const PAGE = 20;

export type AnnouncedRow = { id: string; kind: BroadcastKind; facts: unknown; started_at: string };

export type Announcement = Awaited<ReturnType<typeof listAnnouncements>>["rows"][number];

/**
 * Everything that was announced to everybody, as rows (id, kind, facts, started_at): public
 * broadcasts, and announcements that were published without sending anything.
 */
export const announced = sql`(
  select id, kind, facts, started_at from broadcasts where is_public
  union all
  select id, 'announcement', facts, published_at from notices
  where type = 'announcement' and status = 'published' and visibility = 'public'
    and broadcast_id is null
) as announced`;

export const asAnnouncement = ({ id, kind, facts, started_at }: AnnouncedRow) => ({
  id,
  startedAt: new Date(started_at),
  told: readFacts(kind, facts),
});

/** What was announced to everybody, newest first, 20 a page; `before` is the last row's `startedAt`. */
export const listAnnouncements = query({
  may: "announcement.read",
  input: z.object({ before: z.iso.datetime().optional().catch(undefined) }),

  async run({ db }, { before }) {
    const { rows } = await db.execute<AnnouncedRow>(sql`
      select * from ${announced}
      where ${before ? sql`started_at < ${before}::timestamptz` : sql`true`}
      order by started_at desc limit ${PAGE + 1}`);
    const page = rows.slice(0, PAGE).map(asAnnouncement);
    return {
      rows: page,
      next: rows.length > PAGE ? (page.at(-1)?.startedAt.toISOString() ?? null) : null,
    };
  },
});
