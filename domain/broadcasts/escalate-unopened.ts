import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";

import type { Tx } from "@/db/client";
import type { CallCause } from "@/db/vocabulary/reach";

import { chore } from "../chore";
import { uuid } from "../input";
import { idRow, readRows } from "../rows";
import { verb } from "../verb";
import { contactsInOrder, LAST_RESTRICTED_RANK } from "./fall-back";
import { wayOf } from "./mail-routes";
import { IS_MANDATORY, IS_RESTRICTED } from "./mandatory";
import {
  goOnTelling,
  hasAnotherChannel,
  IS_GRAVE,
  postToOtherChannels,
  writeDispatches,
} from "./write-dispatches";

/** So late a step is taken where no worker ran; of what is older, told before anybody counted, nobody hears again. */
const LATE_HOURS = 72;

/** What is wanting of an account: nobody has opened the notice, or somebody has and what it asks is not done. */
const CAUSES = ["unopened", "unfollowed"] as const satisfies readonly CallCause[];
type Cause = (typeof CAUSES)[number];

/** The two steps of each, to the next contact and onto the list of calls, as they are kept. */
const STEPS = { unopened: [1, 2], unfollowed: [3, 4] } as const satisfies Record<
  Cause,
  readonly [number, number]
>;

type Waiting = { tx: Tx; now: Date; cause: Cause; hours: number };
type Following = Waiting & { broadcastIds: readonly string[] };

/**
 * Goes on with an incident's notice that nobody of an account has opened within so many hours, or that
 * somebody has opened without what it requires being ticked off for all of its apps within others: to the
 * account's next contact who was not told, and after as many hours again onto the list of calls. Each step is
 * taken once for a notice. Of a grave incident the first goes also to whoever of the account can be reached
 * otherwise than by mail, and to every other channel that it has (docs/decisions/099). What is paused, cancelled, taken back or not told to everybody yet waits.
 * A call ends by itself once somebody opens the notice, or all is done.
 */
export const escalateUnopened = chore({
  may: "broadcast.deliver",
  input: z.object({ hours: z.int().min(1), followHours: z.int().min(1) }),

  async run(step, { hours: openHours, followHours }): Promise<void> {
    const { tx, now } = step;
    const within: Record<Cause, number> = { unopened: openHours, unfollowed: followHours };
    for (const cause of CAUSES) {
      const waiting = { tx, now, cause, hours: within[cause] };
      const told = await due(waiting, 1);
      const called = await due(waiting, 2);
      await goOn(step, { cause, hours: within[cause], told, called });
    }
  },
});

/** What became of the accounts; that the steps were taken is a trail of its own. */
const goOn = verb({
  may: "broadcast.deliver",
  input: z.object({
    ...{ cause: z.enum(CAUSES), hours: z.int() },
    ...{ told: z.array(uuid), called: z.array(uuid) },
  }),

  async run({ tx, now, recordEach, unchanged }, { cause, hours, ...ids }): Promise<void> {
    const waiting = { tx, now, cause, hours };
    const told = await tellNext({ ...waiting, broadcastIds: ids.told });
    const late = await stillWanting({ ...waiting, broadcastIds: ids.told });
    const posted = await postToOtherChannels(tx, { accounts: late, now });
    const opened = await openCalls({ ...waiting, broadcastIds: ids.called });
    const settled = await settle(waiting);
    if (told.length + posted.length + opened.length + settled.length === 0)
      return unchanged(undefined);
    const entry = ({ accountId, broadcastId }: z.output<typeof accountRow>) => ({
      id: accountId,
      after: { cause, broadcastId },
    });
    await recordEach("call.told_next", told.map(entry));
    await recordEach("call.posted", posted.map(entry));
    await recordEach("call.opened", opened.map(entry));
    await recordEach("call.settled", settled.map(entry));
  },
});

const accountRow = z.object({ accountId: z.string(), broadcastId: z.string() });

/** The notices whose step has come, each once: it is theirs that was taken with this. */
async function due({ tx, now, cause, hours }: Waiting, nth: 1 | 2): Promise<string[]> {
  const at = sql`${now.toISOString()}::timestamptz`;
  const step = STEPS[cause][nth - 1];
  const rows = await readRows(tx, idRow)`
    insert into notice_escalations (broadcast_id, step, taken_at)
    select b.id, ${step}::int, ${at} from broadcasts b
    left join broadcast_waves w on w.broadcast_id = b.id
    where b.kind = 'incident_notice' and b.prepared_at is not null and b.cancelled_at is null
      and b.status <> 'paused' and ${IS_MANDATORY} ${cause === "unfollowed" ? sql`and ${IS_TO_BE_FOLLOWED}` : sql``}
      and coalesce(w.released_at, b.started_at) < ${at} - make_interval(hours => ${hours * nth})
      and coalesce(w.released_at, b.started_at) > ${at} - make_interval(hours => ${hours * nth + LATE_HOURS})
      and (w.broadcast_id is null or w.released_at is not null)
      and not exists (
        select from notice_escalations e where e.broadcast_id = b.id and e.step = ${step}
      )
    on conflict do nothing
    returning broadcast_id as id`;
  return rows.map(({ id }) => id);
}

/** A message that its reader has seen: they opened it, or what it tells of, or a page showed them its popup or banner. */
const IS_SEEN = sql`(d.channel = 'inbox' and (
  d.read_at is not null or d.known_at is not null or d.popup_closed_at is not null or d.banner_seen_at is not null))`;

/** What `b` asks is required, its incident goes on and did happen, and no later notice of it has taken its place. */
const IS_TO_BE_FOLLOWED = sql`(b.facts #>> '{parts,actionability}' = 'required' and exists (
  select from notices n join incidents i on i.id = n.incident_id
  where n.id = b.subject_id and i.status not in ('closed', 'false_alarm') and not i.is_rehearsal and not exists (
    select from notices later
    where later.incident_id = n.incident_id and later.sequence > n.sequence
      and later.broadcast_id is not null)))`;

/** The accounts of which something is wanting, of the broadcasts `b` that are meant: rows (broadcast_id, account_id, is_restricted). */
const wanting = (cause: Cause, of: SQL): SQL =>
  cause === "unopened" ? unopened(of) : unfollowed(of);

const among = (broadcastIds: readonly string[]): SQL =>
  sql`b.id = any(${sql.param([...broadcastIds])}::uuid[])`;

const unopened = (of: SQL): SQL => sql`
  select b.id as broadcast_id, t.account_id, ${IS_RESTRICTED} as is_restricted
  from broadcasts b
  join notice_targets t on t.notice_id = b.subject_id
  join accounts a on a.id = t.account_id and a.closed_at is null
  where ${of}
  group by b.id, t.account_id
  except
  select d.broadcast_id, account_id, ${IS_RESTRICTED}
  from deliveries d join broadcasts b on b.id = d.broadcast_id cross join unnest(d.account_ids) as account_id
  where ${of} and ${IS_SEEN}`;

/**
 * Somebody of the account has seen it, and of an app in use an advice is not ticked off in any notice of the
 * incident that says the same (domain/incidents/advice.ts).
 */
const unfollowed = (of: SQL): SQL => sql`
  select distinct b.id as broadcast_id, t.account_id, ${IS_RESTRICTED} as is_restricted
  from broadcasts b
  join notices n on n.id = b.subject_id
  join notice_targets t on t.notice_id = n.id
  join apps p on p.id = t.app_id and p.closed_at is null
  join accounts a on a.id = t.account_id and a.closed_at is null
  cross join jsonb_array_elements(b.facts #> '{parts,adviceDevelopers}') as asked(advice)
  where ${of} and ${IS_TO_BE_FOLLOWED}
    and exists (
      select from deliveries d
      where d.broadcast_id = b.id and d.account_ids @> array[t.account_id] and ${IS_SEEN})
    and not exists (
      select from notices told
      cross join jsonb_array_elements(told.facts #> '{parts,adviceDevelopers}')
        with ordinality as said(advice, place)
      join advice_done x on x.notice_id = told.id and x.app_id = t.app_id and x.item = said.place - 1
      where told.incident_id = n.incident_id and told.facts is not null
        and trim(said.advice ->> 'zh-CN') = trim(asked.advice ->> 'zh-CN'))`;

/** The accounts of which something is wanting; the next contact, told a moment ago, has not opened it yet. */
async function stillWanting({ tx, cause, broadcastIds }: Following) {
  if (broadcastIds.length === 0) return [];
  return readRows(tx, accountRow)`
    select account_id as "accountId", broadcast_id as "broadcastId"
    from (${wanting(cause, among(broadcastIds))}) as waits`;
}

/**
 * Mail and in-site message to the next contact of each account who was not told; of a grave incident to each
 * of its people likewise who has a number or a browser. @returns the accounts that had one
 */
async function tellNext({ tx, now, cause, broadcastIds }: Following) {
  if (broadcastIds.length === 0) return [];
  const at = sql`${now.toISOString()}::timestamptz`;
  const told = await readRows(tx, accountRow.extend({ queued: z.boolean() }))`
    with waits as materialized (${wanting(cause, among(broadcastIds))}), next as (
      select w.broadcast_id, w.account_id, c.user_id, (${IS_GRAVE} and ${hasAnotherChannel()}) as has_another,
        row_number() over (partition by w.broadcast_id, w.account_id order by c.rank, c.user_id) as place
      from waits w
      join broadcasts b on b.id = w.broadcast_id
      join (${contactsInOrder(sql`select account_id from waits`)}) as c on c.account_id = w.account_id
      join users u on u.id = c.user_id and u.erased_at is null
      where (c.rank <= ${LAST_RESTRICTED_RANK} or not w.is_restricted) and not exists (
        select from deliveries o where o.broadcast_id = w.broadcast_id and o.user_id = c.user_id)
    ), person as (
      select n.broadcast_id, n.user_id, array_agg(distinct n.account_id) as account_ids,
        -- In whose place: somebody of the account who was told before.
        (array_agg(d.id order by d.channel, d.created_at, d.id))[1] as fallback_of
      from next n
      join deliveries d on d.broadcast_id = n.broadcast_id and d.account_ids @> array[n.account_id]
      where n.place = 1 or n.has_another
      group by n.broadcast_id, n.user_id
    ), written as (
      insert into deliveries
        (broadcast_id, channel, user_id, account_ids, app_ids, fallback_of, address, locale, status, reason, created_at, settled_at, route)
      select p.broadcast_id, channel, p.user_id, p.account_ids,
        coalesce((
          select array_agg(t.app_id order by t.app_id) from notice_targets t
          join broadcasts b on b.subject_id = t.notice_id and b.id = p.broadcast_id
          where t.account_id = any(p.account_ids)), '{}'),
        p.fallback_of, case when channel = 'email' then u.email end, u.locale,
        case when channel = 'inbox' then 'placed'
          when way.refused is not null or s.address is not null then 'suppressed' else 'queued' end,
        case when channel = 'email' then coalesce(way.refused, s.reason) end, ${at},
        case when channel = 'inbox' or way.refused is not null or s.address is not null then ${at} end,
        case when channel = 'email' then way.route end
      from person p
      join users u on u.id = p.user_id
      cross join unnest(array['inbox', 'email']) as channel
      cross join ${wayOf({ accountIds: sql`p.account_ids`, routes: sql`select b.routes from broadcasts b where b.id = p.broadcast_id` })} as way
      left join suppressions s on s.address = u.email
      on conflict (broadcast_id, user_id, channel) do nothing
      returning broadcast_id, account_ids, channel, status
    )
    select broadcast_id as "broadcastId", account_id as "accountId", bool_or(status = 'queued') as queued
    from written cross join unnest(account_ids) as account_id where channel = 'email'
    group by 1, 2 order by 1, 2`;
  const again = [
    ...new Set(told.flatMap(({ broadcastId, queued }) => (queued ? [broadcastId] : []))),
  ];
  if (again.length === 0) return told;
  await goOnTelling(tx, again);
  await writeDispatches(tx, { broadcastIds: again, now, toSecond: true });
  return told;
}

/** Somebody is to call within as many hours again. */
async function openCalls({ tx, now, cause, hours, broadcastIds }: Following) {
  if (broadcastIds.length === 0) return [];
  const at = sql`${now.toISOString()}::timestamptz`;
  return readRows(tx, accountRow)`
    insert into calls (account_id, cause, broadcast_id, opened_at, due_at)
    select account_id, ${cause}, broadcast_id, ${at}, ${at} + make_interval(hours => ${hours})
    from (${wanting(cause, among(broadcastIds))}) as waits
    on conflict do nothing
    returning account_id as "accountId", broadcast_id as "broadcastId"`;
}

/** The calls of which nothing is wanting any more. */
async function settle({ tx, now, cause }: Waiting) {
  const open = sql`c.settled_at is null and c.cause = ${cause}`;
  const of = sql`b.id in (select c.broadcast_id from calls c where ${open})`;
  return readRows(tx, accountRow)`
    update calls c set settled_at = ${now.toISOString()}::timestamptz
    where ${open} and not exists (
      select from (${wanting(cause, of)}) as waits
      where waits.broadcast_id = c.broadcast_id and waits.account_id = c.account_id)
    returning account_id as "accountId", broadcast_id as "broadcastId"`;
}
