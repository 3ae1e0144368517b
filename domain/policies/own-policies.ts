import { sql } from "drizzle-orm";
import { z } from "zod";

import { ACKNOWLEDGEMENT_ANSWERS } from "@/db/vocabulary/policies";

import { person } from "../access/permissions";
import { pageInput } from "../input";
import { readPage, up } from "../page";
import { query } from "../query";
import { momentColumn, readRows } from "../rows";
import { needsAnswer, titlesColumn } from "./pending-answers";

const policyRow = z.object({
  cursor: z.string(),
  versionId: z.string(),
  slug: z.string(),
  titles: titlesColumn,
  label: z.string(),
  status: z.enum(["scheduled", "in_force"]),
  effectiveAt: momentColumn,
  /** Whether this version asks the account for an answer at all. */
  needsAnswer: z.boolean(),
  answer: z.enum(ACKNOWLEDGEMENT_ANSWERS).nullable(),
  personName: z.string().nullable(),
  answeredAt: momentColumn.nullable(),
});
export type OwnPolicy = Omit<z.output<typeof policyRow>, "cursor">;

const OLDEST = [
  up("moment", sql`d.created_at`),
  up("moment", sql`v.effective_at`),
  up("uuid", sql`v.id`),
];

/**
 * The documents that apply to the reader's accounts, in force and announced, with the latest answer
 * any of the accounts gave to that very version; 30 a page, or those of the documents that are named.
 */
export const listOwnPolicies = query({
  may: "policy.readOwnAnswers",
  input: z.object({ ...pageInput, slugs: z.array(z.string()).max(100).optional() }),

  async run({ db, actor }, { page, slugs }) {
    const accountIds = person(actor).memberships.map(({ accountId }) => accountId);
    const own = sql`${sql.param(accountIds)}::uuid[]`;
    return readPage(
      { keys: OLDEST, size: slugs ? 200 : 30, page },
      (slice) => readRows(db, policyRow)`
      select ${slice.cursor} as cursor, v.id as "versionId", d.slug, json_build_object('zh-CN', d.title_zh, 'en', d.title_en) as titles, v.label, v.status, v.effective_at as "effectiveAt",
        ${needsAnswer(sql`v`)} as "needsAnswer", k.answer, k.person_name as "personName",
        k.answered_at as "answeredAt"
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
      ) and ${slugs ? sql`d.slug = any(${sql.param(slugs)}::text[])` : sql`true`} and ${slice.beyond}
      order by ${slice.order} limit ${slice.limit}`,
    );
  },
});
