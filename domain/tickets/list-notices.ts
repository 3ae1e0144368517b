import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";

import { LOCALES } from "@/db/vocabulary/languages";
import { PUBLIC_VERSION_STATUSES } from "@/db/vocabulary/policies";

import { pageInput, searchText } from "../input";
import { down, readPage } from "../page";
import { query } from "../query";
import { momentColumn, readRows } from "../rows";
import { findNotice } from "./find-notice";
import { namedNotice, noticeInput } from "./input";

export const NOTICE_KINDS = ["policy", "incident", "announcement"] as const;

const noticeRow = z.object({
  cursor: z.string(),
  kind: z.enum(NOTICE_KINDS),
  /** As `namedNotice` reads it: "incident I-2026-000012". */
  value: z.string(),
  /** The version's label, the incident's number; "" for an announcement. */
  label: z.string(),
  titles: z.partialRecord(z.enum(LOCALES), z.string()),
  at: momentColumn,
});
export type NoticeRow = Omit<z.output<typeof noticeRow>, "cursor">;

const NEWEST = [down("moment", sql`n.at`), down("text", sql`n.value`)];

/**
 * What a link may lead to: public policy versions, incidents that have been told of, announcements;
 * the newest first, 30 a page, found by name or number.
 */
export const listNamedNotices = query({
  may: "ticket.issueLink",
  input: z.object({ search: searchText, ...pageInput }),

  async run({ db }, { search, page }) {
    const pattern = `%${search.normalize("NFKC").replaceAll(/[\\%_]/g, "\\$&")}%`;
    const isFound = search
      ? sql`concat_ws(' ', n.label, n.titles ->> 'zh-CN', n.titles ->> 'en') ilike ${pattern}`
      : sql`true`;
    return readPage({ keys: NEWEST, size: 30, page }, (slice) => {
      // Each kind brings a page at most: its own index leads to it.
      const first = (kind: SQL) => sql`(
        select * from (${kind}) n where ${slice.beyond} and ${isFound}
        order by ${slice.order} limit ${slice.limit})`;
      return readRows(db, noticeRow)`
        select ${slice.cursor} as cursor, n.*
        from (${first(VERSIONS)} union all ${first(INCIDENTS)} union all ${first(ANNOUNCEMENTS)}) n
        order by ${slice.order} limit ${slice.limit}`;
    });
  },
});

const VERSIONS = sql`
  select 'policy' as kind, 'policy ' || d.slug || ' ' || v.label as value, v.label,
    jsonb_build_object('zh-CN', d.title_zh, 'en', d.title_en) as titles, v.effective_at as at
  from policy_versions v join policy_documents d on d.id = v.document_id
  where v.status = any(${sql.param([...PUBLIC_VERSION_STATUSES])}::text[])`;

const INCIDENTS = sql`
  select 'incident' as kind, 'incident ' || i.number as value, i.number as label, i.title as titles,
    i.created_at as at
  from incidents i
  where i.visibility <> 'restricted' and not i.is_rehearsal
    and exists (select from notices where notices.incident_id = i.id and notices.status = 'published')`;

const ANNOUNCEMENTS = sql`
  select 'announcement' as kind, 'announcement ' || b.id as value, '' as label,
    b.facts -> 'title' as titles, b.started_at as at
  from broadcasts b where b.kind = 'announcement' and b.is_public`;

/** What a link is made for, as the list named it; null where there is none. */
export const findNamedNotice = query({
  may: "ticket.issueLink",
  input: z.object({ value: z.string().max(200) }),

  async run({ db }, { value }) {
    const named = noticeInput.safeParse(namedNotice(value));
    return named.success ? findNotice(db, named.data) : null;
  },
});
