import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import { MEMBER_ROLES } from "@/db/vocabulary/access";
import { OPEN_ASK_STATES } from "@/db/vocabulary/policies";

import { person } from "../access/permissions";
import {
  askedVersions,
  askJoins,
  askState,
  deferredUntil,
  isOpenAsk,
  MAY_ASK,
} from "../broadcasts/asks";
import { pageInput, uuid } from "../input";
import { readPage, up } from "../page";
import { query } from "../query";
import { countColumn, momentColumn, readOneRow, readRows } from "../rows";

/** What a version is called in both languages, of the tables `v` and `d` of a statement: as it was published. */
export const versionTitles = (): SQL =>
  sql`json_build_object('zh-CN', coalesce(v.title_zh, d.title_zh), 'en', coalesce(v.title_en, d.title_en))`;
export const titlesColumn = z.object({ "zh-CN": z.string(), en: z.string() });

const pendingRow = z.object({
  cursor: z.string(),
  count: countColumn,
  versionId: z.string(),
  slug: z.string(),
  label: z.string(),
  status: z.enum(["scheduled", "in_force", "archived"]),
  state: z.enum(OPEN_ASK_STATES),
  /** The day, in Asia/Shanghai, on which the account wants to be asked again; null where it chose none. */
  deferredUntil: z.string().nullable(),
  titles: titlesColumn,
  effectiveAt: momentColumn,
  accountId: z.string(),
  accountName: z.string(),
  role: z.enum(MEMBER_ROLES),
});
export type PendingAnswer = Omit<z.output<typeof pendingRow>, "cursor" | "count">;

const EARLIEST = [
  up("moment", sql`waiting."effectiveAt"`),
  up("text", sql`waiting."accountName"`),
  up("uuid", sql`waiting."versionId"`),
  up("uuid", sql`waiting."accountId"`),
];

/**
 * The announced major changes that the reader's accounts have not answered, earliest first, 30 a page,
 * and how many there are of all; of one version, of one account or of all others where that is named. A change stays
 * among them whatever version follows, until it is answered or a later major one asks in its place.
 */
export const pendingAnswers = query({
  may: "policy.answer",
  input: z.object({
    versionId: uuid.optional(),
    accountId: uuid.optional(),
    exceptAccountId: uuid.optional(),
    ...pageInput,
  }),

  async run({ db, actor, now }, { versionId, accountId, exceptAccountId, page }) {
    const own = [
      ...(versionId ? [sql`v.id = ${versionId}`] : []),
      ...(accountId ? [sql`a.id = ${accountId}`] : []),
      ...(exceptAccountId ? [sql`a.id <> ${exceptAccountId}`] : []),
    ];
    const { rows, ...turns } = await readPage(
      { keys: EARLIEST, size: 30, page },
      (slice) => readRows(db, pendingRow)`
        with asked as materialized (${askedVersions(MAY_ASK)}),
        standing as (
          select v.id as version_id, a.id as account_id, a.name, m.role, ${askState(now)} as state,
            ${deferredUntil} as until
          from members m
          join accounts a on a.id = m.account_id and a.closed_at is null
          join asked v on v.asks and not v.is_superseded
          ${askJoins}
          where ${sql.join([sql`m.user_id = ${person(actor).id} and m.left_at is null`, ...own], sql` and `)}
            and exists (
              select 1 from apps
              where apps.account_id = a.id and apps.product_id = v.product_id and apps.closed_at is null
            )
        ),
        waiting as (
          select v.id as "versionId", d.slug, v.label, v.status, s.state, ${versionTitles()} as titles,
            v.effective_at as "effectiveAt", s.account_id as "accountId", s.name as "accountName", s.role,
            case when s.state = 'deferred' then s.until end as "deferredUntil"
          from standing s
          join policy_versions v on v.id = s.version_id
          join policy_documents d on d.id = v.document_id
          where ${isOpenAsk(sql`s.state`)}
        )
        select ${slice.cursor} as cursor, (select count(*) from waiting) as count, waiting.* from waiting
        where ${slice.beyond} order by ${slice.order} limit ${slice.limit}`,
    );
    return { rows, ...turns, count: rows[0]?.count ?? 0 };
  },
});

const askingRow = z.object({ asks: z.boolean(), isSuperseded: z.boolean() });

/** Whether one version asks for answers, and whether a later major one asks in its place. */
export const readAsking = (db: Db | Tx, versionId: string) =>
  readOneRow(db, askingRow)`
    select asks, is_superseded as "isSuperseded" from (${askedVersions(sql`v.id = ${versionId}`)}) v`;
