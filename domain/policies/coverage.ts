import { SQL, sql } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import { MEMBER_ROLES } from "@/db/vocabulary/access";
import { REGIONS } from "@/db/vocabulary/accounts";
import { LOCALES } from "@/db/vocabulary/languages";
import { ASK_STATES, type AskState, VERSION_STATUSES } from "@/db/vocabulary/policies";
import { shanghaiDay } from "@/lib/shanghai";

import { askedVersions, askJoins, askState, needsAnswer } from "../broadcasts/asks";
import { NotFound } from "../errors";
import { pageInput, searchText } from "../input";
import { readPage, up } from "../page";
import { query } from "../query";
import { countColumn, idRow, momentColumn, readOneRow, readRow, readRows } from "../rows";
import { titlesColumn, versionTitles } from "./pending-answers";
import { remindersAhead, takesReminders } from "./remind";

const PAGE = 50;
const EXPORT_PAGE = 1000;

/** `unanswered`: an answer is owed, whether it is put off or overdue. */
export const COVERAGE_FILTERS = ["all", "unanswered", ...ASK_STATES] as const;
export type CoverageFilter = (typeof COVERAGE_FILTERS)[number];
const UNANSWERED = ["waiting", "deferred", "overdue"] as const satisfies readonly AskState[];

/** What an address asks for of the accounts; what it cannot is passed over. */
export const coverageFilter = z.object({
  show: z.enum(COVERAGE_FILTERS).default("all").catch("all"),
  /** The account's name or UIN, or the name or SDKAppID of one of its apps. */
  q: searchText,
  /** Of one of its apps. */
  region: z.enum(REGIONS).optional().catch(undefined),
  /** As the vendor ranks it (`accounts.tier`). */
  tier: searchText,
  /** Whether nobody of the account was reached by what told of the version. */
  unreached: z.literal("yes").optional().catch(undefined),
});
export type CoverageFilters = z.output<typeof coverageFilter>;

const filters = coverageFilter.extend({ versionId: z.uuid(), ...pageInput });

/**
 * Which accounts a version concerns and how each has answered: totals, and 50 accounts a page by
 * UIN. An account's answer is its latest.
 */
export const readCoverage = query({
  may: "policy.readCoverage",
  input: filters,

  async run({ db, now }, { versionId, page, ...filter }) {
    const version = await findCovered(db, versionId);
    const { effectiveAt } = version;
    const ahead = effectiveAt ? remindersAhead(shanghaiDay(effectiveAt), now) : [];
    const [totals, known, course, rows] = await Promise.all([
      totalsOf({ db, now }, versionId),
      knownOf(db, versionId),
      courseOf({ db, now }, version),
      rowsOf({ db, now }, { versionId, filter, page, size: PAGE }),
    ]);
    return {
      version,
      /** Null where nobody can be reminded: nobody was asked, or nobody may answer any more. */
      reminders: takesReminders(version) ? { ahead } : null,
      totals,
      known,
      course,
      ...rows,
    };
  },
});

/** The same rows for a file, 1,000 at a time. */
export const exportCoverage = query({
  may: "policy.readCoverage",
  input: filters,

  async run({ db, now }, { versionId, page, ...filter }) {
    const { slug, label } = await findCovered(db, versionId);
    return {
      slug,
      label,
      ...(await rowsOf({ db, now }, { versionId, filter, page, size: EXPORT_PAGE })),
    };
  },
});

/** How the accounts stand to several announced versions at once: totals by version, no rows. */
export const countCoverage = query({
  may: "policy.readCoverage",
  input: z.object({ versionIds: z.array(z.uuid()).max(1000) }),

  async run({ db, now }, { versionIds }) {
    if (versionIds.length === 0) return [];
    const each = versionIds.map(
      (id) => sql`select ${id}::uuid as id, state from (${concerned(id, now)}) c`,
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

const countedRow = z.object({ state: z.enum(ASK_STATES), count: countColumn });
type Counted = z.output<typeof countedRow>;

type Reading = { db: Db | Tx; now: Date };

async function totalsOf(
  { db, now }: Reading,
  versionId: string,
): Promise<Record<CoverageFilter, number>> {
  const counted = await readRows(db, countedRow)`
    select state, count(*)::int as count from (${concerned(versionId, now)}) c group by state`;
  return totalled(counted);
}

const knownRow = z.object({ people: countColumn, accounts: countColumn });

/**
 * How many people of how many accounts said that they know of what told of it: no answers
 * (docs/decisions/077). Of accounts those whose members they were then.
 */
const knownOf = (db: Db | Tx, versionId: string) => readOneRow(db, knownRow)`
  select count(distinct d.user_id)::int as people, count(distinct a.id)::int as accounts
  from broadcasts b
  join deliveries d on d.broadcast_id = b.id and d.known_at is not null
  cross join lateral unnest(d.account_ids) as a (id)
  join members m on m.account_id = a.id and m.user_id = d.user_id
    and (m.left_at is null or m.left_at > d.known_at)
  where b.subject_id = ${versionId} and b.kind = 'policy_change'`;

function totalled(counted: readonly Counted[]): Record<CoverageFilter, number> {
  const sum = (wanted: readonly AskState[]) =>
    counted.reduce((all, { state, count }) => all + (wanted.includes(state) ? count : 0), 0);
  const each = Object.fromEntries(ASK_STATES.map((state) => [state, sum([state])]));
  return {
    ...(each as Record<AskState, number>),
    all: sum(ASK_STATES),
    unanswered: sum(UNANSWERED),
  };
}

const coveredRow = z.object({
  id: z.string(),
  documentId: z.string(),
  label: z.string(),
  slug: z.string(),
  titles: titlesColumn,
  changes: z.array(
    z.object({ text: z.partialRecord(z.enum(LOCALES), z.string()), anchor: z.string().nullable() }),
  ),
  status: z.enum(VERSION_STATUSES),
  /** Major and announced: a first version replaces nothing, so it asks nobody. */
  asks: z.boolean(),
  isSuperseded: z.boolean(),
  effectiveAt: momentColumn.nullable(),
});

/** A version that was announced. @throws NotFound */
async function findCovered(db: Db | Tx, versionId: string) {
  const found = await readRow(db, coveredRow)`
    select v.id, v.document_id as "documentId", v.label, d.slug, ${versionTitles()} as titles, v.status,
      v.changes, asked.asks, asked.is_superseded as "isSuperseded", v.effective_at as "effectiveAt"
    from policy_versions v join policy_documents d on d.id = v.document_id
    join (${askedVersions(sql`v.id = ${versionId}`)}) asked on asked.id = v.id
    where v.id = ${versionId} and v.status not in ('draft', 'in_review')`;
  if (!found) throw new NotFound("errors.notFound");
  return { ...found, asksForAnswers: found.asks };
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
  { id, asks }: z.output<typeof coveredRow>,
) {
  if (!asks) return null;
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

/** The accounts that integrate the product, or once answered, each with how it stands and its latest answer. */
const concerned = (versionId: string, now: Date): SQL => sql`
  with v as materialized (${askedVersions(sql`v.id = ${versionId}`)})
  select a.id as account_id, v.product_id, a.name, a.uin, a.tier, coalesce(k.reason, w.reason) as reason, k.person_name,
    k.member_role, k.receipt_number, k.answered_at, ${askState(now)} as state
  from accounts a
  cross join v
  ${askJoins}
  where exists (
    select 1 from apps
    where apps.account_id = a.id and apps.closed_at is null and apps.product_id = v.product_id
  ) and a.closed_at is null or k.id is not null`;

const accountRow = z.object({
  cursor: z.string(),
  accountId: z.string(),
  name: z.string(),
  uin: z.string(),
  tier: z.string().nullable(),
  state: z.enum(ASK_STATES),
  reason: z.string().nullable(),
  personName: z.string().nullable(),
  memberRole: z.enum(MEMBER_ROLES).nullable(),
  receiptNumber: z.string().nullable(),
  answeredAt: momentColumn.nullable(),
  /** How many were written to the account and by it. */
  messages: countColumn,
  /** Nobody of it was reached, and nobody has told it since. */
  isUnreached: z.boolean(),
});
export type CoverageRow = Omit<z.output<typeof accountRow>, "cursor">;

type Slice = {
  versionId: string;
  filter: CoverageFilters;
  page: string | undefined;
  size: number;
};

function rowsOf({ db, now }: Reading, { versionId, filter, page, size }: Slice) {
  const list = { keys: [up("text", sql`c.uin`)], size, page };
  return readPage(
    list,
    (slice) =>
      readRows(db, accountRow)`
    select ${slice.cursor} as cursor, c.account_id as "accountId", c.name, c.uin, c.tier, c.state, c.reason,
      c.person_name as "personName", c.member_role as "memberRole", c.receipt_number as "receiptNumber",
      c.answered_at as "answeredAt",
      (select count(*) from ask_messages m where m.version_id = ${versionId} and m.account_id = c.account_id) as messages,
      ${isUnreached(versionId)} as "isUnreached"
    from (${concerned(versionId, now)}) c
    where c.state = any(${sql.param([...shown(filter.show)])}::text[])
      and ${narrowedTo(filter, versionId)}
      and ${slice.beyond}
    order by ${slice.order} limit ${slice.limit}`,
  );
}

/** A condition on the accounts `c`. */
function narrowedTo({ q, region, tier, unreached }: CoverageFilters, versionId: string): SQL {
  const ofApp = (condition: SQL) => sql`exists (
    select from apps p where p.account_id = c.account_id and p.product_id = c.product_id
      and p.closed_at is null and ${condition}
  )`;
  const literal = q.normalize("NFKC").replaceAll(/[\\%_]/g, "\\$&");
  const conditions = [
    q &&
      sql`(c.name ilike ${`%${literal}%`} or c.uin like ${`${literal}%`}
        or ${ofApp(sql`(p.name ilike ${`%${literal}%`} or p.sdk_app_id like ${`${literal}%`})`)})`,
    region && ofApp(sql`p.region = ${region}`),
    tier && sql`c.tier = ${tier}`,
    unreached && isUnreached(versionId),
  ].filter((one) => one instanceof SQL);
  return conditions.length > 0 ? sql.join(conditions, sql` and `) : sql`true`;
}

const isUnreached = (versionId: string): SQL => sql`exists (
  select from unreached_accounts u join broadcasts b on b.id = u.broadcast_id
  where u.account_id = c.account_id and b.subject_id = ${versionId} and u.settled_at is null
)`;

const shown = (show: CoverageFilter): readonly AskState[] => {
  if (show === "all") return ASK_STATES;
  return show === "unanswered" ? UNANSWERED : [show];
};
