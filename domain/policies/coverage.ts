import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import { MEMBER_ROLES } from "@/db/vocabulary/access";
import { VERSION_STATUSES } from "@/db/vocabulary/policies";
import { shanghaiDay } from "@/lib/shanghai";

import { NotFound } from "../errors";
import { pageInput } from "../input";
import { readPage, up } from "../page";
import { query } from "../query";
import { countColumn, idRow, momentColumn, readRow, readRows } from "../rows";
import { needsAnswer, titlesColumn, versionTitles } from "./pending-answers";
import { remindersAhead, takesReminders } from "./remind";

const PAGE = 50;
const EXPORT_PAGE = 1000;

/**
 * How an account stands to a version: each stands in exactly one way, so the counts add up.
 * `joined_later`: it had no app of the product when the version was announced, and nobody of it was
 * told of the version since. `not_asked`: the version asks nobody, and nobody of it answered freely.
 */
const COVERAGE_STATES = [
  "unanswered",
  "joined_later",
  "not_asked",
  "acknowledged",
  "disagreed",
] as const;
export type CoverageState = (typeof COVERAGE_STATES)[number];

export const COVERAGE_FILTERS = ["all", ...COVERAGE_STATES] as const;
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

  async run({ db, now }, { versionId, show, page }) {
    const version = await findCovered(db, versionId);
    const { status, asksForAnswers, effectiveAt } = version;
    const ahead = effectiveAt ? remindersAhead(shanghaiDay(effectiveAt), now) : [];
    const [totals, course, rows] = await Promise.all([
      totalsOf(db, versionId),
      courseOf({ db, now }, version),
      rowsOf(db, { versionId, show, page, size: PAGE }),
    ]);
    return {
      version,
      /** Null where nobody can be reminded: nobody was asked, or nobody may answer any more. */
      reminders: asksForAnswers && takesReminders(status) ? { ahead } : null,
      totals,
      course,
      ...rows,
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

/** How the accounts stand to several announced versions at once: totals by version, no rows. */
export const countCoverage = query({
  may: "policy.readCoverage",
  input: z.object({ versionIds: z.array(z.uuid()).max(1000) }),

  async run({ db }, { versionIds }) {
    if (versionIds.length === 0) return [];
    const each = versionIds.map(
      (id) => sql`select ${id}::uuid as id, state from (${concerned(id)}) c`,
    );
    const [asking, counted] = await Promise.all([
      readRows(db, idRow)`
        select v.id from policy_versions v
        where v.id = any(${sql.param(versionIds)}::uuid[]) and ${needsAnswer(sql`v`)}`,
      readRows(db, countedRow.extend({ id: z.string() }))`
        select id, state, count(*)::int as count from (${sql.join(each, sql` union all `)}) every
        group by id, state`,
    ]);
    return versionIds.map((id) => ({
      id,
      asksForAnswers: asking.some((row) => row.id === id),
      totals: totalled(counted.filter((row) => row.id === id)),
    }));
  },
});

const countedRow = z.object({ state: z.enum(COVERAGE_STATES), count: countColumn });
type Counted = z.output<typeof countedRow>;

async function totalsOf(db: Db | Tx, versionId: string): Promise<Record<CoverageFilter, number>> {
  const counted = await readRows(db, countedRow)`
    select state, count(*)::int as count from (${concerned(versionId)}) c group by state`;
  return totalled(counted);
}

function totalled(counted: readonly Counted[]): Record<CoverageFilter, number> {
  const count = (wanted: CoverageState) =>
    counted.find(({ state }) => state === wanted)?.count ?? 0;
  return {
    all: counted.reduce((sum, row) => sum + row.count, 0),
    unanswered: count("unanswered"),
    joined_later: count("joined_later"),
    not_asked: count("not_asked"),
    acknowledged: count("acknowledged"),
    disagreed: count("disagreed"),
  };
}

const coveredRow = z.object({
  id: z.string(),
  documentId: z.string(),
  label: z.string(),
  slug: z.string(),
  titles: titlesColumn,
  status: z.enum(VERSION_STATUSES),
  /** Major and announced: a first version replaces nothing, so it asks nobody. */
  asksForAnswers: z.boolean(),
  effectiveAt: momentColumn.nullable(),
});

/** A version that was announced. @throws NotFound */
async function findCovered(db: Db | Tx, versionId: string) {
  const found = await readRow(db, coveredRow)`
    select v.id, v.document_id as "documentId", v.label, d.slug, ${versionTitles()} as titles, v.status,
      ${needsAnswer(sql`v`)} as "asksForAnswers", v.effective_at as "effectiveAt"
    from policy_versions v join policy_documents d on d.id = v.document_id
    where v.id = ${versionId} and v.status not in ('draft', 'in_review')`;
  if (!found) throw new NotFound("errors.notFound");
  return found;
}

const tellingRow = z.object({ kind: z.string(), at: momentColumn });
const stepRow = z.object({ at: momentColumn, acknowledged: z.int(), disagreed: z.int() });

/** In how many steps at most the answers are counted. */
const STEPS = 320;

/**
 * How the answers came in from the announcement until now, in equal stretches of time, and when was
 * reminded; an account that answers anew moves from one count to the other. Null where nobody was
 * asked or told.
 */
async function courseOf(
  { db, now }: { db: Db | Tx; now: Date },
  { id, asksForAnswers }: z.output<typeof coveredRow>,
) {
  if (!asksForAnswers) return null;
  const tellings = await readRows(db, tellingRow)`
    select kind, started_at as at from broadcasts
    where subject_id = ${id} and kind in ('policy_change', 'acknowledgement_reminder')
    order by started_at`;
  const announced = tellings.find(({ kind }) => kind === "policy_change");
  if (!announced) return null;
  const from = announced.at.toISOString();
  const steps = await readRows(db, stepRow)`
    select max(answered_at) as at,
      sum(sum((answer = 'acknowledged')::int - coalesce(before = 'acknowledged', false)::int))
        over (order by stretch)::int as acknowledged,
      sum(sum((answer = 'disagreed')::int - coalesce(before = 'disagreed', false)::int))
        over (order by stretch)::int as disagreed
    from (
      select answered_at, answer,
        lag(answer) over (partition by account_id order by answered_at, id desc) as before,
        floor(${STEPS - 1} * extract(epoch from answered_at - ${from}::timestamptz)
          / greatest(extract(epoch from ${now.toISOString()}::timestamptz - ${from}::timestamptz), 1)) as stretch
      from policy_acknowledgements where version_id = ${id}
    ) k
    group by stretch order by stretch`;
  return {
    announcedAt: announced.at,
    remindedAt: tellings
      .filter(({ kind }) => kind === "acknowledgement_reminder")
      .map(({ at }) => at),
    steps,
  };
}

/** The accounts that integrate the product, or once answered, each with its latest answer. */
const concerned = (versionId: string): SQL => sql`
  select a.id as account_id, a.name, a.uin, k.reason, k.person_name, k.member_role,
    k.receipt_number, k.answered_at,
    case
      when k.id is not null then k.answer
      when not (select ${needsAnswer(sql`v`)} from policy_versions v where v.id = ${versionId})
        then 'not_asked'
      when ${joinedLater(versionId)} and not ${wasTold(versionId)} then 'joined_later'
      else 'unanswered'
    end as state
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

/** No app of the product when the version was announced, not even one that is closed by now. */
const joinedLater = (versionId: string): SQL => sql`not exists (
    select 1 from apps
    join policy_documents d on d.product_id = apps.product_id
    join policy_versions v on v.document_id = d.id
    where apps.account_id = a.id and v.id = ${versionId} and apps.created_at <= (
      select min(b.started_at) from broadcasts b
      where b.subject_id = ${versionId} and b.kind = 'policy_change'
    )
  )`;

/**
 * Somebody of the account was sent the announcement or a reminder, for this account or for another.
 * Asked person by person, which the indexes answer, and only of accounts that joined later.
 */
const wasTold = (versionId: string): SQL => sql`exists (
    select 1 from (
      select m.user_id from members m where m.account_id = a.id and m.left_at is null
      union all
      select n.user_id from contacts n
      where n.account_id = a.id and n.removed_at is null and n.verified_at is not null
    ) p
    join deliveries y on y.user_id = p.user_id
    join broadcasts b on b.id = y.broadcast_id
    where b.subject_id = ${versionId} and b.kind in ('policy_change', 'acknowledgement_reminder')
  )`;

const accountRow = z.object({
  cursor: z.string(),
  accountId: z.string(),
  name: z.string(),
  uin: z.string(),
  state: z.enum(COVERAGE_STATES),
  reason: z.string().nullable(),
  personName: z.string().nullable(),
  memberRole: z.enum(MEMBER_ROLES).nullable(),
  receiptNumber: z.string().nullable(),
  answeredAt: momentColumn.nullable(),
});
export type CoverageRow = Omit<z.output<typeof accountRow>, "cursor">;

type Slice = {
  versionId: string;
  show: CoverageFilter;
  page: string | undefined;
  size: number;
};

function rowsOf(db: Db | Tx, { versionId, show, page, size }: Slice) {
  const list = { keys: [up("text", sql`c.uin`)], size, page };
  return readPage(
    list,
    (slice) =>
      readRows(db, accountRow)`
    select ${slice.cursor} as cursor, c.account_id as "accountId", c.name, c.uin, c.state, c.reason,
      c.person_name as "personName", c.member_role as "memberRole", c.receipt_number as "receiptNumber",
      c.answered_at as "answeredAt"
    from (${concerned(versionId)}) c
    where (${show} = 'all' or c.state = ${show})
      and ${slice.beyond}
    order by ${slice.order} limit ${slice.limit}`,
  );
}
