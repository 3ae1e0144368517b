import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";

import { REACH_COSTS, REACH_REASONS } from "@/db/vocabulary/reach";

import { countColumn, momentColumn } from "../rows";

/** So long a mail that arrived, or contacts that were looked through, speak for an account. */
const YEAR = sql`interval '365 days'`;
const BACK = sql`interval '90 days'`;
const LEFT = sql`interval '180 days'`;

export const reachRow = z.object({
  accountId: z.string(),
  score: countColumn,
  reasons: z.array(z.enum(REACH_REASONS)),
  people: countColumn,
  reachable: countColumn,
  lastArrivedAt: momentColumn.nullable(),
});

const costs = sql`(values ${sql.join(
  REACH_REASONS.map(
    (reason, place) => sql`(${reason}, ${REACH_COSTS[reason]}::int, ${place}::int)`,
  ),
  sql`, `,
)}) as cost(reason, points, place)`;

/**
 * How well some accounts (rows account_id) can be reached by mail (M7): who belongs to each and takes mails,
 * when one last arrived, and what is wanting; of a hundred points each reason takes its share (REACH_COSTS).
 * Rows (account_id, score, reasons, people, reachable, last_arrived_at), one an account.
 */
export const reachOf = (accounts: SQL, now: Date): SQL => sql`
  with one as materialized (${accounts}),
  person as (
    select m.account_id, m.user_id, false as is_contact, null::timestamptz as verified_at
    from one join members m on m.account_id = one.account_id and m.left_at is null
    union all
    select k.account_id, k.user_id, true, k.verified_at
    from one join contacts k on k.account_id = one.account_id
      and k.verified_at is not null and k.removed_at is null
  ),
  reader as materialized (
    select p.account_id, p.user_id, bool_or(p.is_contact) as is_contact,
      max(p.verified_at) as verified_at, s.address is null as takes_mails
    from person p
    join users u on u.id = p.user_id and u.erased_at is null
    left join suppressions s on s.address = u.email
    group by p.account_id, p.user_id, s.address
  ),
  mailed as (
    select d.user_id,
      max(d.settled_at) filter (where d.status in ('delivered', 'complained')) as arrived,
      max(d.settled_at) filter (where d.status in ('bounced', 'deferred', 'failed')) as back
    from (select distinct user_id from reader) r
    join deliveries d on d.user_id = r.user_id and d.address is not null
    where d.created_at > ${at(now)} - ${YEAR}
    group by d.user_id
  ),
  counted as (
    select one.account_id, count(r.user_id)::int as people,
      (count(*) filter (where r.takes_mails))::int as reachable,
      count(*) filter (where r.takes_mails and r.is_contact) as contacts,
      max(m.arrived) as last_arrived_at, max(r.verified_at) as verified_at,
      coalesce(bool_or(m.back > greatest(m.arrived, ${at(now)} - ${BACK})), false) as came_back
    from one
    left join reader r on r.account_id = one.account_id
    left join mailed m on m.user_id = r.user_id
    group by one.account_id
  ),
  wanting as (
    select c.*, array_remove(array[
      case when people = 0 then 'nobody' end,
      case when people > 0 and reachable = 0 then 'all_stopped' end,
      case when reachable = 1 then 'one_address' end,
      case when reachable > 0 and contacts = 0 then 'no_contact' end,
      case when reachable > 0 and last_arrived_at is null then 'none_arrived' end,
      case when came_back then 'came_back' end,
      case when c.contacts > 0 and greatest(a.contacts_checked_at, c.verified_at) < ${at(now)} - ${YEAR}
        then 'unchecked' end,
      case when ${hasLost(now)} then 'somebody_left' end
    ], null) as reasons
    from counted c join accounts a on a.id = c.account_id
  )
  select w.account_id, greatest(0, 100 - coalesce(sum(cost.points), 0))::int as score,
    coalesce(array_agg(cost.reason order by cost.place) filter (where cost.reason is not null), '{}') as reasons,
    w.people, w.reachable, w.last_arrived_at
  from wanting w left join ${costs} on cost.reason = any(w.reasons)
  group by w.account_id, w.people, w.reachable, w.last_arrived_at`;

const at = (moment: Date): SQL => sql`${moment.toISOString()}::timestamptz`;

/** Whether somebody who belonged to the account `c` has left lately. */
const hasLost = (now: Date): SQL => sql`(
  exists (select from members m where m.account_id = c.account_id and m.left_at > ${at(now)} - ${LEFT})
  or exists (
    select from contacts k where k.account_id = c.account_id and k.verified_at is not null
      and k.removed_at > ${at(now)} - ${LEFT}))`;
