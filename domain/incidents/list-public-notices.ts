import { sql } from "drizzle-orm";
import { z } from "zod";

import { NOTICE_TYPES } from "@/db/vocabulary/incidents";

import { readFacts } from "../broadcasts/facts";
import { followingColumn, followingOf } from "../broadcasts/following";
import { ANONYMOUS } from "../context";
import { query } from "../query";
import { momentColumn, readRows } from "../rows";
import { visibleTo } from "./notice-visibility";

const noticeRow = z.object({
  id: z.string(),
  type: z.enum(NOTICE_TYPES),
  broadcastId: z.string().nullable(),
  at: momentColumn,
  facts: z.unknown(),
  withdrawnAt: momentColumn.nullable(),
  following: followingColumn,
});

/** What was told to everybody of incidents, and announcements, newest first: for feeds, which ask no reader. */
export const listPublicNotices = query({
  may: "notice.readPublished",
  input: z.object({ limit: z.number().int().min(1).max(100) }),

  async run({ db }, { limit }) {
    const rows = await readRows(db, noticeRow)`
      select n.id, n.type, n.broadcast_id as "broadcastId", n.published_at as at, n.facts, w.decided_at as "withdrawnAt",
        ${followingOf(sql`n.id`)} as following
      from notices n
      left join withdrawals w on w.subject_id = n.id and w.decision = 'approved'
      where ${visibleTo(ANONYMOUS)} order by n.published_at desc, n.id limit ${limit}`;
    return rows.map(({ type, facts, ...row }) => ({
      ...row,
      told: readFacts(type === "announcement" ? "announcement" : "incident_notice", facts),
    }));
  },
});
