import { and, eq, type SQL, sql } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import { broadcasts } from "@/db/schema";
import type { MemberRole } from "@/db/vocabulary/access";
import type { Locale } from "@/db/vocabulary/languages";

import { person } from "../access/permissions";
import { query } from "../query";

export type PendingAnswer = {
  versionId: string;
  slug: string;
  label: string;
  status: "scheduled" | "in_force";
  titles: Record<Locale, string>;
  effectiveAt: Date;
  accountId: string;
  accountName: string;
  role: MemberRole;
};

type Row = {
  version_id: string;
  slug: string;
  label: string;
  status: "scheduled" | "in_force";
  title_zh: string;
  title_en: string;
  effective_at: string;
  account_id: string;
  account_name: string;
  role: MemberRole;
};

/** The announced major changes that the reader's accounts have not answered, earliest first. */
export const pendingAnswers = query({
  may: "policy.answer",
  input: z.object({}),

  async run({ db, actor }): Promise<PendingAnswer[]> {
    const result = await db.execute<Row>(sql`
      select v.id as version_id, d.slug, v.label, v.status, d.title_zh, d.title_en,
        to_char(v.effective_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as effective_at,
        a.id as account_id, a.name as account_name, m.role
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
      order by v.effective_at, a.name`);
    return result.rows.map((row) => ({
      versionId: row.version_id,
      slug: row.slug,
      label: row.label,
      status: row.status,
      titles: { "zh-CN": row.title_zh, en: row.title_en },
      effectiveAt: new Date(row.effective_at),
      accountId: row.account_id,
      accountName: row.account_name,
      role: row.role,
    }));
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
