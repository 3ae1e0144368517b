import { and, eq, type SQL, sql } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import { broadcasts } from "@/db/schema";
import { MEMBER_ROLES } from "@/db/vocabulary/access";

import { person } from "../access/permissions";
import { pageInput, uuid } from "../input";
import { readPage, up } from "../page";
import { query } from "../query";
import { countColumn, momentColumn, readRows } from "../rows";

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
  status: z.enum(["scheduled", "in_force"]),
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
 * and how many there are of all; of one version or one account where that is named.
 */
export const pendingAnswers = query({
  may: "policy.answer",
  input: z.object({ versionId: uuid.optional(), accountId: uuid.optional(), ...pageInput }),

  async run({ db, actor }, { versionId, accountId, page }) {
    const own = [
      ...(versionId ? [sql`v.id = ${versionId}`] : []),
      ...(accountId ? [sql`a.id = ${accountId}`] : []),
    ];
    const { rows, ...turns } = await readPage(
      { keys: EARLIEST, size: 30, page },
      (slice) => readRows(db, pendingRow)`
        with waiting as (
          select v.id as "versionId", d.slug, v.label, v.status, ${versionTitles()} as titles,
            v.effective_at as "effectiveAt", a.id as "accountId", a.name as "accountName", m.role
          from members m
          join accounts a on a.id = m.account_id and a.closed_at is null
          join policy_versions v on v.status in ('scheduled', 'in_force') and ${needsAnswer(sql`v`)}
          join policy_documents d on d.id = v.document_id
          where ${sql.join([sql`m.user_id = ${person(actor).id} and m.left_at is null`, ...own], sql` and `)}
            and exists (
              select 1 from apps
              where apps.account_id = a.id and apps.product_id = d.product_id and apps.closed_at is null
            )
            and not exists (
              select 1 from policy_acknowledgements k
              where k.version_id = v.id and k.account_id = a.id
            )
        )
        select ${slice.cursor} as cursor, (select count(*) from waiting) as count, waiting.* from waiting
        where ${slice.beyond} order by ${slice.order} limit ${slice.limit}`,
    );
    return { rows, ...turns, count: rows[0]?.count ?? 0 };
  },
});

/** A version asks for an answer when it is major and was announced: a first version replaces nothing. */
export const needsAnswer = (version: SQL): SQL => sql`
  ${version}.is_major and exists (
    select 1 from broadcasts b where b.subject_id = ${version}.id and b.kind = 'policy_change'
  )`;

type Asking = { id: string; isMajor: boolean };

/** The same of one version at hand. */
export async function asksForAnswers(db: Db | Tx, { id, isMajor }: Asking): Promise<boolean> {
  if (!isMajor) return false;
  const announced = await db
    .select({ id: broadcasts.id })
    .from(broadcasts)
    .where(and(eq(broadcasts.subjectId, id), eq(broadcasts.kind, "policy_change")))
    .limit(1);
  return announced.length > 0;
}
