import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import type { AcknowledgementAnswer, Locale, MemberRole, VersionStatus } from "@/db/vocabulary";

import { NotFound } from "../errors";
import { pageInput } from "../input";
import { readPage, up } from "../page";
import { query } from "../query";
import { needsAnswer } from "./pending";

const PAGE = 50;
const EXPORT_PAGE = 1000;

/** Which of the accounts a page shows. */
export const COVERAGE_FILTERS = ["all", "unanswered", "acknowledged", "disagreed"] as const;
export type CoverageFilter = (typeof COVERAGE_FILTERS)[number];

const filters = {
  versionId: z.uuid(),
  show: z.enum(COVERAGE_FILTERS).default("all").catch("all"),
  ...pageInput,
};

/**
 * Which accounts a version concerns and how each has answered: totals, and 50 accounts a page by
 * UIN. An account's answer is its latest.
 */
export const readCoverage = query({
  may: "policy.readCoverage",
  input: z.object(filters),

  async run({ db }, { versionId, show, page }) {
    const version = await findCovered(db, versionId);
    const totals = await db.execute<Record<"all" | "acknowledged" | "disagreed", number>>(sql`
      select count(*)::int as all,
        (count(*) filter (where answer = 'acknowledged'))::int as acknowledged,
        (count(*) filter (where answer = 'disagreed'))::int as disagreed
      from (${concerned(versionId)}) c`);
    return {
      version,
      totals: totals.rows[0] ?? { all: 0, acknowledged: 0, disagreed: 0 },
      ...(await rowsOf(db, { versionId, show, page, size: PAGE })),
    };
  },
});

/** The same rows for a file, 1,000 at a time. */
export const exportCoverage = query({
  may: "policy.readCoverage",
  input: z.object(filters),

  async run({ db }, { versionId, show, page }) {
    const { slug, label } = await findCovered(db, versionId);
    return { slug, label, ...(await rowsOf(db, { versionId, show, page, size: EXPORT_PAGE })) };
  },
});

type Found = {
  document_id: string;
  label: string;
  slug: string;
  title_zh: string;
  title_en: string;
  status: VersionStatus;
  asks_for_answers: boolean;
  effective_at: string | null;
};

/** A version that was announced. @throws NotFound */
async function findCovered(db: Db | Tx, versionId: string) {
  const result = await db.execute<Found>(sql`
    select v.document_id, v.label, d.slug, d.title_zh, d.title_en, v.status,
      ${needsAnswer(sql`v`)} as asks_for_answers, ${utc(sql`v.effective_at`)} as effective_at
    from policy_versions v join policy_documents d on d.id = v.document_id
    where v.id = ${versionId} and v.status not in ('draft', 'in_review')`);
  const [found] = result.rows;
  if (!found) throw new NotFound("errors.notFound");
  const titles: Record<Locale, string> = { "zh-CN": found.title_zh, en: found.title_en };
  return {
    id: versionId,
    documentId: found.document_id,
    label: found.label,
    slug: found.slug,
    titles,
    status: found.status,
    /** Major and announced: a first version replaces nothing, so it asks nobody. */
    asksForAnswers: found.asks_for_answers,
    effectiveAt: found.effective_at ? new Date(found.effective_at) : null,
  };
}

/** The accounts that integrate the product, or once answered, each with its latest answer. */
const concerned = (versionId: string): SQL => sql`
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
  ) and a.closed_at is null or k.id is not null`;

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

type Slice = {
  versionId: string;
  show: CoverageFilter;
  page: string | undefined;
  size: number;
};

async function rowsOf(db: Db | Tx, { versionId, show, page, size }: Slice) {
  const list = { keys: [up("text", sql`c.uin`)], size, page };
  const { rows, ...turns } = await readPage(list, async (slice) => {
    const read = await db.execute<Row & { cursor: string }>(sql`
    select ${slice.cursor} as cursor, c.account_id, c.name, c.uin, c.answer, c.reason, c.person_name, c.member_role,
      c.receipt_number, ${utc(sql`c.answered_at`)} as answered_at
    from (${concerned(versionId)}) c
    where (${show} = 'all' or coalesce(c.answer, 'unanswered') = ${show})
      and ${slice.beyond}
    order by ${slice.order} limit ${slice.limit}`);
    return read.rows;
  });
  return { rows: rows.map(asCoverageRow), ...turns };
}

export type CoverageRow = ReturnType<typeof asCoverageRow>;

const asCoverageRow = (row: Row) => ({
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

/** ISO 8601 to the second; `db.execute` returns moments as PostgreSQL writes them. */
const utc = (moment: SQL): SQL =>
  sql`to_char(${moment} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`;
