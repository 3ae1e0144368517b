import { sql } from "drizzle-orm";
import { z } from "zod";

import { BROADCAST_KINDS } from "@/db/vocabulary/broadcasts";

import { pageInput } from "../input";
import { down, readPage } from "../page";
import { query } from "../query";
import { momentColumn, readRows } from "../rows";
import { factsHold, soughtWords } from "../words";
import { readFacts } from "./facts";
import { followingColumn, followingOf } from "./following";

const PAGE = 20;
const NEWEST = [down("moment", sql`"startedAt"`), down("uuid", sql`id`)];

export const announcedRow = z.object({
  id: z.string(),
  kind: z.enum(BROADCAST_KINDS),
  facts: z.unknown(),
  startedAt: momentColumn,
  subjectId: z.string(),
  withdrawnAt: momentColumn.nullable(),
  withdrawalId: z.string().nullable(),
  following: followingColumn,
});
const pagedRow = announcedRow.extend({ cursor: z.string() });

export type Announcement = Awaited<ReturnType<typeof listAnnouncements>>["rows"][number];

/**
 * Everything that was announced to everybody, as rows of `announcedRow`: public
 * broadcasts, and announcements that were published without sending anything; when and by which
 * broadcast each was withdrawn, and what has followed it.
 */
export const announced = sql`(
  select a.*, w.decided_at as "withdrawnAt", w.broadcast_id as "withdrawalId",
    case when a.kind = 'announcement' then ${followingOf(sql`a."subjectId"`)} else '[]' end as following
  from (
    select id, kind, facts, started_at as "startedAt", subject_id as "subjectId" from broadcasts where is_public
    union all
    select id, 'announcement', facts, published_at, id from notices
    where type = 'announcement' and status = 'published' and visibility = 'public'
      and broadcast_id is null
  ) as a
  left join withdrawals w on w.subject_id = a."subjectId" and w.decision = 'approved'
    and a.kind <> 'withdrawal'
) as announced`;

export const asAnnouncement = ({ kind, facts, ...row }: z.output<typeof announcedRow>) => ({
  id: row.id,
  startedAt: row.startedAt,
  /** The version, notice or other thing it tells of. */
  subjectId: row.subjectId,
  told: readFacts(kind, facts),
  /** When it was withdrawn, and the announcement that tells so; null while it holds. */
  withdrawnAt: row.withdrawnAt,
  withdrawalId: row.withdrawalId,
  /** What has corrected it, added to it or ended it. */
  following: row.following,
});

/** What was announced to everybody, or what of it holds some words, newest first, 20 a page. */
export const listAnnouncements = query({
  may: "announcement.read",
  input: z.object({ q: soughtWords.default(""), ...pageInput }),

  async run({ db }, { q, page }) {
    const { rows, ...turns } = await readPage(
      { keys: NEWEST, size: PAGE, page },
      (slice) =>
        readRows(db, pagedRow)`select *, ${slice.cursor} as cursor from ${announced}
        where ${q ? factsHold(sql`facts`, q) : sql`true`} and ${slice.beyond} order by ${slice.order} limit ${slice.limit}`,
    );
    return { rows: rows.map(asAnnouncement), ...turns };
  },
});
