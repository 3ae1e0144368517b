import { sql } from "drizzle-orm";
import { z } from "zod";

import type { MemberRole } from "@/db/vocabulary/access";
import type { Locale } from "@/db/vocabulary/languages";
import type { AcknowledgementAnswer } from "@/db/vocabulary/policies";

import { uuid } from "../input";
import { query } from "../query";
import { needsAnswer } from "./pending-answers";

const MOST = 30;

type Row = {
  version_id: string;
  document_id: string;
  label: string;
  title_zh: string;
  title_en: string;
  effective_at: string;
  answer: AcknowledgementAnswer | null;
  person_name: string | null;
  member_role: MemberRole | null;
  receipt_number: string | null;
  answered_at: string | null;
};

export type AccountAnswer = Awaited<ReturnType<typeof listAccountAnswers>>[number];

/** The major changes that ask an account for an answer, the latest first, each with its latest answer and by whom. */
export const listAccountAnswers = query({
  may: "policy.readCoverage",
  input: z.object({ accountId: uuid }),

  async run({ db }, { accountId }) {
    const { rows } = await db.execute<Row>(sql`
      select v.id as version_id, d.id as document_id, v.label, d.title_zh, d.title_en,
        ${utc(sql`v.effective_at`)} as effective_at, k.answer, k.person_name, k.member_role,
        k.receipt_number, ${utc(sql`k.answered_at`)} as answered_at
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
      order by v.effective_at desc, v.id limit ${MOST}`);
    return rows.map((row) => {
      const titles: Record<Locale, string> = { "zh-CN": row.title_zh, en: row.title_en };
      return {
        versionId: row.version_id,
        documentId: row.document_id,
        label: row.label,
        titles,
        effectiveAt: new Date(row.effective_at),
        answer: row.answer,
        personName: row.person_name,
        memberRole: row.member_role,
        receiptNumber: row.receipt_number,
        answeredAt: row.answered_at ? new Date(row.answered_at) : null,
      };
    });
  },
});

const utc = (moment: ReturnType<typeof sql>) =>
  sql`to_char(${moment} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`;
