import { sql } from "drizzle-orm";
import { z } from "zod";

import type { AcknowledgementAnswer, Locale, MemberRole } from "@/db/vocabulary";

import { NotFound } from "../errors";
import { query } from "../query";

const PAGE = 50;
const SHOWN = ["all", "unanswered", "acknowledged", "disagreed"] as const;

type Row = {
  account_id: string;
  name: string;
  uin: string;
  answer: AcknowledgementAnswer | null;
  reason: string | null;
  person_name: string | null;
  member_role: MemberRole | null;
  receipt_number: string | null;
  answered_at: string | null;
};

export type CoverageRow = {
  accountId: string;
  name: string;
  uin: string;
  answer: AcknowledgementAnswer | null;
  reason: string | null;
  personName: string | null;
  memberRole: MemberRole | null;
  receiptNumber: string | null;
  answeredAt: Date | null;
};

/**
 * Which accounts a version concerns and how each has answered: totals, and 50 accounts a page by
 * UIN (`after` is the last row's). An account's answer is its latest.
 */
export const readCoverage = query({
  may: "policy.readCoverage",
  input: z.object({
    versionId: z.uuid(),
    show: z.enum(SHOWN).default("all").catch("all"),
    after: z.string().max(64).optional(),
  }),

  async run({ db }, { versionId, show, after }) {
    const version = await db.execute<{
      label: string;
      slug: string;
      title_zh: string;
      title_en: string;
      is_major: boolean;
      status: string;
      effective_at: string | null;
    }>(sql`
      select v.label, d.slug, d.title_zh, d.title_en, v.is_major, v.status,
        to_char(v.effective_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as effective_at
      from policy_versions v join policy_documents d on d.id = v.document_id
      where v.id = ${versionId} and v.status not in ('draft', 'in_review')`);
    const [found] = version.rows;
    if (!found) throw new NotFound("errors.notFound");

    const concerned = sql`
      select a.id as account_id, a.name, a.uin, k.answer, k.reason, k.person_name, k.member_role,
        k.receipt_number, k.answered_at
      from accounts a
      left join lateral (
        select * from policy_acknowledgements k
        where k.version_id = ${versionId} and k.account_id = a.id
        order by k.answered_at desc, k.id limit 1
      ) k on true
      where exists (
        select 1 from apps
        join policy_documents d on d.product_id = apps.product_id
        join policy_versions v on v.document_id = d.id
        where apps.account_id = a.id and apps.closed_at is null and v.id = ${versionId}
      ) and (a.closed_at is null or k.id is not null)`;
    const totals = await db.execute<Record<"all" | "acknowledged" | "disagreed", number>>(sql`
      select count(*)::int as all,
        (count(*) filter (where answer = 'acknowledged'))::int as acknowledged,
        (count(*) filter (where answer = 'disagreed'))::int as disagreed
      from (${concerned}) c`);
    const rows = await db.execute<Row>(sql`
      select c.account_id, c.name, c.uin, c.answer, c.reason, c.person_name, c.member_role, c.receipt_number,
        to_char(c.answered_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as answered_at
      from (${concerned}) c
      where (${show} = 'all' or coalesce(c.answer, 'unanswered') = ${show})
        and (${after ?? null}::text is null or c.uin > ${after ?? null})
      order by c.uin limit ${PAGE + 1}`);

    const titles: Record<Locale, string> = { "zh-CN": found.title_zh, en: found.title_en };
    return {
      version: {
        id: versionId,
        label: found.label,
        slug: found.slug,
        titles,
        isMajor: found.is_major,
        status: found.status,
        effectiveAt: found.effective_at ? new Date(found.effective_at) : null,
      },
      totals: totals.rows[0] ?? { all: 0, acknowledged: 0, disagreed: 0 },
      rows: rows.rows.slice(0, PAGE).map(asCoverageRow),
      next: rows.rows.length > PAGE ? (rows.rows[PAGE - 1]?.uin ?? null) : null,
    };
  },
});

const asCoverageRow = (row: Row): CoverageRow => ({
  accountId: row.account_id,
  name: row.name,
  uin: row.uin,
  answer: row.answer,
  reason: row.reason,
  personName: row.person_name,
  memberRole: row.member_role,
  receiptNumber: row.receipt_number,
  answeredAt: row.answered_at ? new Date(row.answered_at) : null,
});
