import { sql } from "drizzle-orm";
import { z } from "zod";

import type { BroadcastKind } from "@/db/vocabulary/broadcasts";

import { pageInput } from "../input";
import { down, readPage } from "../page";
import { query } from "../query";
import { readFacts } from "./facts";

const PAGE = 20;
const NEWEST = [down("moment", sql`started_at`), down("uuid", sql`id`)];

export type AnnouncedRow = {
  id: string;
  kind: BroadcastKind;
  facts: unknown;
  started_at: string;
  withdrawn_at: string | null;
  withdrawal_id: string | null;
};

export type Announcement = Awaited<ReturnType<typeof listAnnouncements>>["rows"][number];

/**
 * Everything that was announced to everybody, as rows (id, kind, facts, started_at): public
 * broadcasts, and announcements that were published without sending anything; and when and by which
 * broadcast each was withdrawn.
 */
export const announced = sql`(
  select a.*, w.decided_at as withdrawn_at, w.broadcast_id as withdrawal_id
  from (
    select id, kind, facts, started_at, subject_id from broadcasts where is_public
    union all
    select id, 'announcement', facts, published_at, id from notices
    where type = 'announcement' and status = 'published' and visibility = 'public'
      and broadcast_id is null
  ) as a
  left join withdrawals w on w.subject_id = a.subject_id and w.decision = 'approved'
    and a.kind <> 'withdrawal'
) as announced`;

export const asAnnouncement = ({ id, kind, facts, started_at, ...row }: AnnouncedRow) => ({
  id,
  startedAt: new Date(started_at),
  told: readFacts(kind, facts),
  /** When it was withdrawn, and the announcement that tells so; null while it holds. */
  withdrawnAt: row.withdrawn_at === null ? null : new Date(row.withdrawn_at),
  withdrawalId: row.withdrawal_id,
});

/** What was announced to everybody, newest first, 20 a page. */
export const listAnnouncements = query({
  may: "announcement.read",
  input: z.object(pageInput),

  async run({ db }, { page }) {
    const { rows, ...turns } = await readPage({ keys: NEWEST, size: PAGE, page }, async (slice) => {
      const found = await db.execute<AnnouncedRow & { cursor: string }>(sql`
        select *, ${slice.cursor} as cursor from ${announced}
        where ${slice.beyond} order by ${slice.order} limit ${slice.limit}`);
      return found.rows;
    });
    return { rows: rows.map(asAnnouncement), ...turns };
  },
});
