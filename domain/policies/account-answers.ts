import { sql } from "drizzle-orm";
import { z } from "zod";

import { MEMBER_ROLES } from "@/db/vocabulary/access";
import { ACKNOWLEDGEMENT_ANSWERS } from "@/db/vocabulary/policies";

import { pageInput, uuid } from "../input";
import { down, readPage } from "../page";
import { query } from "../query";
import { momentColumn, readRows } from "../rows";
import { needsAnswer, titlesColumn, versionTitles } from "./pending-answers";

const PAGE = 30;
const NEWEST = [down("moment", sql`v.effective_at`), down("uuid", sql`v.id`)];

const answerRow = z.object({
  cursor: z.string(),
  versionId: z.string(),
  documentId: z.string(),
  label: z.string(),
  titles: titlesColumn,
  effectiveAt: momentColumn,
  answer: z.enum(ACKNOWLEDGEMENT_ANSWERS).nullable(),
  personName: z.string().nullable(),
  memberRole: z.enum(MEMBER_ROLES).nullable(),
  receiptNumber: z.string().nullable(),
  answeredAt: momentColumn.nullable(),
});

export type AccountAnswer = Omit<z.output<typeof answerRow>, "cursor">;

/** The major changes that ask an account for an answer, the latest first, each with its latest answer and by whom. */
export const listAccountAnswers = query({
  may: "policy.readCoverage",
  input: z.object({ accountId: uuid, ...pageInput }),

  run: ({ db }, { accountId, page }) =>
    readPage(
      { keys: NEWEST, size: PAGE, page },
      (slice) => readRows(db, answerRow)`
      select ${slice.cursor} as cursor, v.id as "versionId", d.id as "documentId", v.label, ${versionTitles()} as titles,
        v.effective_at as "effectiveAt", k.answer, k.person_name as "personName",
        k.member_role as "memberRole", k.receipt_number as "receiptNumber", k.answered_at as "answeredAt"
      from (
        select version_id as id from policy_acknowledgements where account_id = ${accountId}
        union
        select v.id from policy_versions v
        where v.status in ('scheduled', 'in_force') and ${needsAnswer(sql`v`)}
          and exists (
            select 1 from apps join policy_documents d on d.product_id = apps.product_id
            where apps.account_id = ${accountId} and d.id = v.document_id and apps.closed_at is null
          )
      ) concerned
      join policy_versions v on v.id = concerned.id
      join policy_documents d on d.id = v.document_id
      left join lateral (
        select * from policy_acknowledgements k
        where k.version_id = v.id and k.account_id = ${accountId}
        order by k.answered_at desc, k.id limit 1
      ) k on true
      where ${slice.beyond}
      order by ${slice.order} limit ${slice.limit}`,
    ),
});
