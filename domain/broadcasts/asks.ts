import { type SQL, sql } from "drizzle-orm";

import { OPEN_ASK_STATES } from "@/db/vocabulary/policies";
import { shanghaiDay } from "@/lib/shanghai";

/**
 * How an account stands to a version, in one place for every page, mail, figure and program. An ask
 * lives until it is answered: a later minor version leaves it, a later major one asks in its place.
 * Rows `v` are `askedVersions`, `a` is the account; `k` and `w` come by `askJoins`.
 */

/** A version asks for an answer when it is major and was announced: a first version replaces nothing. */
export const needsAnswer = (version: SQL): SQL => sql`
  ${version}.is_major and exists (
    select 1 from broadcasts b where b.subject_id = ${version}.id and b.kind = 'policy_change'
  )`;

/** A later major version of the same document was announced and holds. */
const isSuperseded = sql`exists (
  select 1 from policy_versions n
  where n.document_id = v.document_id and n.effective_at > v.effective_at
    and n.status in ('scheduled', 'in_force', 'archived') and ${needsAnswer(sql`n`)}
)`;

/** Rows of the versions of a condition on `v`, with what decides whether they ask. */
export const askedVersions = (which: SQL): SQL => sql`
  select v.id, v.document_id, d.product_id, v.label, v.status, v.effective_at, announced.at as announced_at,
    v.is_major and announced.at is not null as asks, ${isSuperseded} as is_superseded
  from policy_versions v
  join policy_documents d on d.id = v.document_id
  left join lateral (
    select min(b.started_at) as at from broadcasts b
    where b.subject_id = v.id and b.kind = 'policy_change'
  ) announced on true
  where ${which}`;

/** What may still be asked about; which of it is, `askState` says. */
export const MAY_ASK = sql`v.is_major and v.status in ('scheduled', 'in_force', 'archived')`;

/** The account's latest answer to the version, and that it need not answer. */
export const askJoins = sql`
  left join lateral (
    select * from policy_acknowledgements k
    where k.version_id = v.id and k.account_id = a.id
    order by k.answered_at desc, k.id limit 1
  ) k on true
  left join ask_waivers w on w.version_id = v.id and w.account_id = a.id`;

/** One of ASK_STATES. */
export const askState = (now: Date): SQL => sql`case
  when k.id is not null then k.answer
  when not v.asks or v.status = 'withdrawn' then 'not_asked'
  when w.version_id is not null then 'waived'
  when v.is_superseded then 'superseded'
  when ${joinedLater} and not ${wasTold} then 'joined_later'
  when v.effective_at <= ${now.toISOString()}::timestamptz then 'overdue'
  when ${isDeferred(now)} then 'deferred'
  else 'waiting'
end`;

/** A condition on a state: an answer is wanted. */
export const isOpenAsk = (state: SQL): SQL =>
  sql`${state} = any(${sql.param([...OPEN_ASK_STATES])}::text[])`;

/** No app of the product when the version was announced, not even one that is closed by now. */
const joinedLater = sql`not exists (
  select 1 from apps
  where apps.account_id = a.id and apps.product_id = v.product_id
    and apps.created_at <= v.announced_at
)`;

/**
 * Somebody of the account was sent the announcement or a reminder, for this account or for another.
 * Asked person by person, which the indexes answer, and only of accounts that joined later.
 */
const wasTold = sql`exists (
  select 1 from (
    select m.user_id from members m where m.account_id = a.id and m.left_at is null
    union all
    select n.user_id from contacts n
    where n.account_id = a.id and n.removed_at is null and n.verified_at is not null
  ) p
  join deliveries y on y.user_id = p.user_id
  join broadcasts b on b.id = y.broadcast_id
  where b.subject_id = v.id and b.kind in ('policy_change', 'acknowledgement_reminder')
)`;

/** The last who chose a day chose one that is still to come. */
const isDeferred = (now: Date) => sql`coalesce((
  select f.until > ${shanghaiDay(now)}::date from ask_deferrals f
  where f.version_id = v.id and f.account_id = a.id
  order by f.deferred_at desc limit 1
), false)`;

/** Until which day the account has put it off; null where it has not. */
export const deferredUntil = sql`(
  select f.until::text from ask_deferrals f
  where f.version_id = v.id and f.account_id = a.id
  order by f.deferred_at desc limit 1
)`;
