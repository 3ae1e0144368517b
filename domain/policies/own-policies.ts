import { sql } from "drizzle-orm";
import { z } from "zod";

import type { Locale } from "@/db/vocabulary/languages";
import type { AcknowledgementAnswer } from "@/db/vocabulary/policies";

import { person } from "../access/permissions";
import { query } from "../query";
import { needsAnswer } from "./pending-answers";

type Row = {
  slug: string;
  title_zh: string;
  title_en: string;
  label: string;
  status: "scheduled" | "in_force";
  effective_at: string;
  needs_answer: boolean;
  answer: AcknowledgementAnswer | null;
  person_name: string | null;
  answered_at: string | null;
};

export type OwnPolicy = {
  slug: string;
  titles: Record<Locale, string>;
  label: string;
  status: "scheduled" | "in_force";
  effectiveAt: Date;
  /** Whether this version asks the account for an answer at all. */
  needsAnswer: boolean;
  answer: AcknowledgementAnswer | null;
  personName: string | null;
  answeredAt: Date | null;
};

/**
 * The documents that apply to the reader's accounts, in force and announced, with the latest answer
 * any of the accounts gave to that very version.
 */
export const listOwnPolicies = query({
  may: "policy.readOwnAnswers",
  input: z.object({}),

  async run({ db, actor }): Promise<OwnPolicy[]> {
    const accountIds = person(actor).memberships.map(({ accountId }) => accountId);
    const own = sql`${sql.param(accountIds)}::uuid[]`;
    const result = await db.execute<Row>(sql`
      select d.slug, d.title_zh, d.title_en, v.label, v.status,
        to_char(v.effective_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as effective_at,
        ${needsAnswer(sql`v`)} as needs_answer, k.answer, k.person_name,
        to_char(k.answered_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as answered_at
      from policy_documents d
      join policy_versions v on v.document_id = d.id and v.status in ('in_force', 'scheduled')
      left join lateral (
        select * from policy_acknowledgements k
        where k.version_id = v.id and k.account_id = any(${own})
        order by k.answered_at desc limit 1
      ) k on true
      where exists (
        select 1 from apps
        where apps.account_id = any(${own}) and apps.product_id = d.product_id and apps.closed_at is null
      )
      order by d.created_at, v.effective_at`);
    return result.rows.map((row) => ({
      slug: row.slug,
      titles: { "zh-CN": row.title_zh, en: row.title_en },
      label: row.label,
      status: row.status,
      effectiveAt: new Date(row.effective_at),
      needsAnswer: row.needs_answer,
      answer: row.answer,
      personName: row.person_name,
      answeredAt: row.answered_at ? new Date(row.answered_at) : null,
    }));
  },
});
