import { sql } from "drizzle-orm";
import { z } from "zod";

import { MEMBER_ROLES } from "@/db/vocabulary/access";
import { ACKNOWLEDGEMENT_ANSWERS, ASK_STATES } from "@/db/vocabulary/policies";

import { askedVersions, askJoins, askState, MAY_ASK } from "../broadcasts/asks";
import { pageInput, uuid } from "../input";
import { down, readPage } from "../page";
import { query } from "../query";
import { momentColumn, readRows } from "../rows";
import { titlesColumn, versionTitles } from "./pending-answers";

const PAGE = 30;
const NEWEST = [down("moment", sql`v.effective_at`), down("uuid", sql`v.id`)];

const answerRow = z.object({
  cursor: z.string(),
  versionId: z.string(),
  documentId: z.string(),
  label: z.string(),
  titles: titlesColumn,
  effectiveAt: momentColumn,
  state: z.enum(ASK_STATES),
  answer: z.enum(ACKNOWLEDGEMENT_ANSWERS).nullable(),
  personName: z.string().nullable(),
  memberRole: z.enum(MEMBER_ROLES).nullable(),
  receiptNumber: z.string().nullable(),
  answeredAt: momentColumn.nullable(),
});

export type AccountAnswer = Omit<z.output<typeof answerRow>, "cursor">;

/**
 * The major changes that asked an account for an answer, the latest first, each with how the account
 * stands to it, its latest answer and by whom.
 */
export const listAccountAnswers = query({
  may: "policy.readCoverage",
  input: z.object({ accountId: uuid, ...pageInput }),

  run: ({ db, now }, { accountId, page }) =>
    readPage(
      { keys: NEWEST, size: PAGE, page },
      (slice) => readRows(db, answerRow)`
      with concerned as (
        select version_id as id from policy_acknowledgements where account_id = ${accountId}
        union
        select v.id from policy_versions v
        join policy_documents d on d.id = v.document_id
        where ${MAY_ASK} and exists (
          select 1 from apps
          where apps.account_id = ${accountId} and apps.product_id = d.product_id and apps.closed_at is null
        )
      ),
      asked as (${askedVersions(sql`v.id in (select id from concerned)`)}),
      standing as (
        select v.id, k.answer, k.person_name, k.member_role, k.receipt_number, k.answered_at,
          ${askState(now)} as state
        from accounts a cross join asked v ${askJoins}
        where a.id = ${accountId}
      )
      select ${slice.cursor} as cursor, v.id as "versionId", d.id as "documentId", v.label, ${versionTitles()} as titles,
        v.effective_at as "effectiveAt", s.state, s.answer, s.person_name as "personName",
        s.member_role as "memberRole", s.receipt_number as "receiptNumber", s.answered_at as "answeredAt"
      from standing s
      join policy_versions v on v.id = s.id
      join policy_documents d on d.id = v.document_id
      where s.state <> 'not_asked' and ${slice.beyond}
      order by ${slice.order} limit ${slice.limit}`,
    ),
});
