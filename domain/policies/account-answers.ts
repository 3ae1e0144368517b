import { sql } from "drizzle-orm";
import { z } from "zod";

import { MEMBER_ROLES } from "@/db/vocabulary/access";
import { ACKNOWLEDGEMENT_ANSWERS } from "@/db/vocabulary/policies";

import { uuid } from "../input";
import { query } from "../query";
import { momentColumn, readRows } from "../rows";
import { needsAnswer, titlesColumn, versionTitles } from "./pending-answers";

const MOST = 30;

const answerRow = z.object({
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

export type AccountAnswer = Awaited<ReturnType<typeof listAccountAnswers>>[number];

/** The major changes that ask an account for an answer, the latest first, each with its latest answer and by whom. */
export const listAccountAnswers = query({
  may: "policy.readCoverage",
  input: z.object({ accountId: uuid }),

  run: ({ db }, { accountId }) =>
    readRows(db, answerRow)`
      select v.id as "versionId", d.id as "documentId", v.label, ${versionTitles()} as titles,
        v.effective_at as "effectiveAt", k.answer, k.person_name as "personName",
        k.member_role as "memberRole", k.receipt_number as "receiptNumber", k.answered_at as "answeredAt"
      from policy_versions v
      join policy_documents d on d.id = v.document_id
      left join lateral (
        select * from policy_acknowledgements k
        where k.version_id = v.id and k.account_id = ${accountId}
        order by k.answered_at desc, k.id limit 1
      ) k on true
      where k.id is not null or (
        v.status in ('scheduled', 'in_force') and ${needsAnswer(sql`v`)}
        and exists (
          select 1 from apps
          where apps.account_id = ${accountId} and apps.product_id = d.product_id and apps.closed_at is null
        )
      )
      order by v.effective_at desc, v.id limit ${MOST}`,
});
