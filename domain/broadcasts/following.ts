import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";

import { FOLLOW_KINDS } from "@/db/vocabulary/incidents";

import { momentColumn } from "../rows";

/** What has followed an announcement, in its order: a correction, an update, its end. */
export type Following = z.output<typeof followingColumn>;

export const followingColumn = z.array(
  z.object({
    kind: z.enum(FOLLOW_KINDS),
    at: momentColumn,
    noticeId: z.string(),
    /** Its address among the announcements, where everybody may read it. */
    announcementId: z.string(),
    broadcastId: z.string().nullable(),
  }),
);

/** As a column, by the id of the notice that was announced; empty for all else. */
export const followingOf = (noticeId: SQL): SQL => sql`(
  select coalesce(jsonb_agg(jsonb_build_object('kind', f.follow_kind, 'at', f.published_at::text,
    'noticeId', f.id, 'announcementId', coalesce(f.broadcast_id, f.id), 'broadcastId', f.broadcast_id
  ) order by f.sequence), '[]')
  from notices f where f.follows_id = ${noticeId} and f.status = 'published')`;
