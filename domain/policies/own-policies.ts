import { sql } from "drizzle-orm";
import { z } from "zod";

import { ACKNOWLEDGEMENT_ANSWERS, ASK_STATES } from "@/db/vocabulary/policies";

import { person } from "../access/permissions";
import { askedVersions, askJoins, askState, isOpenAsk, MAY_ASK } from "../broadcasts/asks";
import { pageInput } from "../input";
import { readPage, up } from "../page";
import { query } from "../query";
import { momentColumn, readRows } from "../rows";
import { titlesColumn } from "./pending-answers";

const policyRow = z.object({
  cursor: z.string(),
  versionId: z.string(),
  slug: z.string(),
  titles: titlesColumn,
  label: z.string(),
  status: z.enum(["scheduled", "in_force", "archived"]),
  effectiveAt: momentColumn,
  /** How the reader's accounts stand to it: of several the one that asks for most. */
  state: z.enum(ASK_STATES),
  answer: z.enum(ACKNOWLEDGEMENT_ANSWERS).nullable(),
  receiptNumber: z.string().nullable(),
  personName: z.string().nullable(),
  answeredAt: momentColumn.nullable(),
});
export type OwnPolicy = Omit<z.output<typeof policyRow>, "cursor">;

const OLDEST = [
  up("moment", sql`d.created_at`),
  up("moment", sql`c.effective_at`),
  up("uuid", sql`c.version_id`),
];

/** What asks for most comes first. */
const URGENCY = sql`array_position(array['overdue', 'waiting', 'joined_later', 'deferred', 'disagreed',
  'acknowledged', 'waived', 'superseded', 'not_asked'], c.state)`;

/**
 * The documents that apply to the reader's accounts, in force and announced, and archived versions
 * that are not answered or were disagreed with while no later major one asks, each with how the
 * accounts stand to it; 30 a page, or those of the documents that are named.
 */
export const listOwnPolicies = query({
  may: "policy.readOwnAnswers",
  input: z.object({ ...pageInput, slugs: z.array(z.string()).max(100).optional() }),

  async run({ db, actor, now }, { page, slugs }) {
    const accountIds = person(actor).memberships.map(({ accountId }) => accountId);
    const own = sql`${sql.param(accountIds)}::uuid[]`;
    return readPage(
      { keys: OLDEST, size: slugs ? 200 : 30, page },
      (slice) => readRows(db, policyRow)`
      with asked as (${askedVersions(sql`v.id = any(array(
          select id from policy_versions where status in ('in_force', 'scheduled')
          union
          select v.id from policy_versions v where ${MAY_ASK}
        ))
        ${slugs ? sql`and d.slug = any(${sql.param(slugs)}::text[])` : sql``}
        and exists (
          select 1 from apps
          where apps.account_id = any(${own}) and apps.product_id = d.product_id and apps.closed_at is null
        )`)}),
      standing as (
        select v.id as version_id, v.status, v.label, v.effective_at, v.document_id, v.is_superseded, k.answer, k.person_name, k.answered_at,
          k.receipt_number, ${askState(now)} as state
        from accounts a
        join asked v on exists (
          select 1 from apps
          where apps.account_id = a.id and apps.product_id = v.product_id and apps.closed_at is null
        )
        ${askJoins}
        where a.id = any(${own})
      ),
      first as (
        select distinct on (c.version_id) c.* from standing c
        order by c.version_id, ${URGENCY}, c.answered_at desc nulls last
      )
      select ${slice.cursor} as cursor, c.version_id as "versionId", d.slug, json_build_object('zh-CN', d.title_zh, 'en', d.title_en) as titles, c.label, c.status, c.effective_at as "effectiveAt",
        c.state, c.answer, c.person_name as "personName", c.answered_at as "answeredAt",
        c.receipt_number as "receiptNumber"
      from first c
      join policy_documents d on d.id = c.document_id
      where (c.status <> 'archived' or (not c.is_superseded and (c.state = 'disagreed' or ${isOpenAsk(sql`c.state`)})))
        and ${slice.beyond}
      order by ${slice.order} limit ${slice.limit}`,
    );
  },
});
