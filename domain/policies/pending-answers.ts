import { and, eq, type SQL, sql } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import { broadcasts } from "@/db/schema";
import { MEMBER_ROLES } from "@/db/vocabulary/access";

import { person } from "../access/permissions";
import { query } from "../query";
import { momentColumn, readRows } from "../rows";

/** What a version is called in both languages, of the tables `v` and `d` of a statement: as it was published. */
export const versionTitles = (): SQL =>
  sql`json_build_object('zh-CN', coalesce(v.title_zh, d.title_zh), 'en', coalesce(v.title_en, d.title_en))`;
export const titlesColumn = z.object({ "zh-CN": z.string(), en: z.string() });

const pendingRow = z.object({
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
export type PendingAnswer = z.output<typeof pendingRow>;

/** The announced major changes that the reader's accounts have not answered, earliest first. */
export const pendingAnswers = query({
  may: "policy.answer",
  input: z.object({}),

  run: ({ db, actor }) =>
    readRows(db, pendingRow)`
      select v.id as "versionId", d.slug, v.label, v.status, ${versionTitles()} as titles,
        v.effective_at as "effectiveAt", a.id as "accountId", a.name as "accountName", m.role
      from members m
      join accounts a on a.id = m.account_id and a.closed_at is null
      join policy_versions v on v.status in ('scheduled', 'in_force') and ${needsAnswer(sql`v`)}
      join policy_documents d on d.id = v.document_id
      where m.user_id = ${person(actor).id} and m.left_at is null
        and exists (
          select 1 from apps
          where apps.account_id = a.id and apps.product_id = d.product_id and apps.closed_at is null
        )
        and not exists (
          select 1 from policy_acknowledgements k
          where k.version_id = v.id and k.account_id = a.id
        )
      order by v.effective_at, a.name`,
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
