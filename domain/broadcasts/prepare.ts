import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";

import type { Tx } from "@/db/client";
import { BROADCAST_KINDS, CHANNELS, type Channel } from "@/db/vocabulary/broadcasts";

import { chore } from "../chore";
import { wakeJob } from "../jobs";
import { changeRows, countColumn, idRow, readOneRow, readRow, readRows } from "../rows";
import { type Crowd, pairsOf } from "./audience";
import { writeHeld } from "./hold";
import { wayOf } from "./mail-routes";
import { IS_MANDATORY } from "./mandatory";
import { besideMails, mailedAtOnce } from "./optional-mails";
import { isOpenPart, PARTS, partOf } from "./parts";
import { writeDispatches } from "./write-dispatches";

/** How many people's deliveries are written in one transaction, about. */
const PEOPLE_AT_ONCE = 1000;
/** The part of the accounts that have nobody to tell. */
const NOBODY = -1;

const peopleRow = z.object({ people: countColumn });
const preparingRow = z.object({
  id: z.string(),
  kind: z.enum(BROADCAST_KINDS),
  subjectId: z.string(),
  people: countColumn,
  isStopped: z.boolean(),
});
type Preparing = Pick<z.output<typeof preparingRow>, "id" | "kind" | "subjectId">;

/**
 * Freezes whom a broadcast tells inside the transaction that starts it: ids alone, a million in about
 * a second. An account with nobody to tell is, where somebody has to be told, a task from this moment.
 * @returns how many people
 */
export async function freezeAudience(
  tx: Tx,
  { broadcastId, audience, now }: { broadcastId: string; audience: Crowd; now: Date },
): Promise<number> {
  // A million people are hashed in memory, also where the planner has not yet counted who came lately.
  await tx.execute(sql`
    select set_config('work_mem', '256MB', true), set_config('jit', 'off', true),
      set_config('enable_nestloop', 'off', true)`);
  const mailed = "broadcastIds" in audience ? sql`array_agg(mailed)` : sql`null::boolean[]`;
  const { people } = await readOneRow(tx, peopleRow)`
    with parts as (
      select coalesce(${partOf(sql`user_id`)}, ${NOBODY}) as part, array_agg(user_id) as user_ids,
        array_agg(account_id) as account_ids, ${mailed} as mailed
      from (${pairsOf(audience)}) as pairs
      group by 1
    ), frozen as (
      insert into audience_parts (broadcast_id, part, people, user_ids, account_ids, mailed)
      select ${broadcastId}, part, (select count(distinct id) from unnest(user_ids) as id),
        user_ids, account_ids, mailed
      from parts
      returning people
    )
    select coalesce(sum(people), 0) as people from frozen`;
  await tx.execute(sql`select set_config('enable_nestloop', 'on', true)`);
  await tx.execute(sql`
    with nobody as (
      delete from audience_parts where broadcast_id = ${broadcastId} and part = ${NOBODY}
      returning account_ids
    )
    insert into unreached_accounts (broadcast_id, account_id, found_at)
    select distinct b.id, account_id, ${now.toISOString()}::timestamptz
    from nobody cross join unnest(account_ids) as account_id
    join broadcasts b on b.id = ${broadcastId}
    where ${IS_MANDATORY}`);
  return people;
}

type Writing = {
  broadcast: Preparing;
  now: Date;
  channels: readonly Channel[];
  /** The common table expression `people` (user_id, account_ids, mailed), each person once. */
  people: SQL;
};

/**
 * Writes a delivery for each person and channel, in the order of their key. Somebody who has been
 * erased since the start stays counted, and no mail goes to them.
 * @returns how many people
 */
export async function writeDeliveries(
  tx: Tx,
  { broadcast: { id, kind, subjectId }, now, channels, people }: Writing,
): Promise<number> {
  const at = sql`${now.toISOString()}::timestamptz`;
  // Only notices concern some apps; which, they have frozen themselves.
  const apps =
    kind === "incident_notice" || kind === "announcement"
      ? sql`coalesce((
          select array_agg(t.app_id order by t.app_id) from notice_targets t
          where t.notice_id = ${subjectId} and t.account_id = any(p.account_ids)), '{}')`
      : sql`'{}'::uuid[]`;
  const wanted = mailedAtOnce({ id, kind });
  const gone = hasGone({ id, kind });
  const routes = sql`select b.routes from broadcasts b where b.id = ${id}`;
  const written = await readOneRow(tx, peopleRow)`
    with ${people}, written as (
      insert into deliveries
        (broadcast_id, channel, user_id, account_ids, app_ids, address, locale, status, reason, created_at, settled_at, route)
      select ${id}, channel, p.user_id, p.account_ids, ${apps},
        case when channel = 'email' and not ${gone} then u.email end,
        u.locale,
        case when channel = 'inbox' then 'placed' when ${gone} then 'cancelled'
          when way.refused is not null or s.address is not null then 'suppressed' else 'queued' end,
        case when channel = 'email' then coalesce(way.refused, s.reason) end,
        ${at},
        case when channel = 'inbox' or ${gone} or way.refused is not null or s.address is not null then ${at} end,
        case when channel = 'email' then way.route end
      from people p
      join users u on u.id = p.user_id
      cross join unnest(${sql.param([...channels])}::text[]) as channel
      cross join ${wayOf({ accountIds: sql`p.account_ids`, routes })} as way
      left join suppressions s on s.address = u.email
      where (channel <> 'email' or (p.mailed and ${wanted})) and ${placedFor({ id, kind })}
      order by p.user_id, channel
    )${besideMails({ id, kind }, at)}
    select count(*) as people from people`;
  return written.people;
}

const isToSubscribers = (id: string): SQL =>
  sql`(select b.facts ->> 'to' = 'subscribers' from broadcasts b where b.id = ${id})`;

/** Subscribers asked for mails alone: whether a delivery by `channel` is theirs. */
const placedFor = ({ id, kind }: Pick<Preparing, "id" | "kind">): SQL =>
  kind === "bulletin" ? sql`(channel = 'email' or not ${isToSubscribers(id)})` : sql`true`;

/** Who has been erased, or has ended what they subscribed to, since they were counted: the row `u` of users. */
const hasGone = ({ id, kind }: Pick<Preparing, "id" | "kind">): SQL =>
  kind === "bulletin"
    ? sql`(u.erased_at is not null or ${isToSubscribers(id)} and not exists (
        select from subscriptions s where s.user_id = u.id))`
    : sql`(u.erased_at is not null)`;

/** The people of the next parts nobody else works on; the parts are gone with this. */
const takeParts = (broadcastId: string, parts: number): SQL => sql`
  next as materialized (
    select part from audience_parts where broadcast_id = ${broadcastId} and ${isOpenPart(sql`part`)}
    order by part limit ${parts} for update skip locked
  ), taken as (
    delete from audience_parts p using next
    where p.broadcast_id = ${broadcastId} and p.part = next.part
    returning p.*
  ), people as materialized (
    select one.user_id, coalesce(bool_or(one.mailed), true) as mailed,
    coalesce(array_agg(distinct one.account_id) filter (where one.account_id is not null), '{}') as account_ids
    from taken t cross join unnest(t.user_ids, t.account_ids, t.mailed) as one(user_id, account_id, mailed)
    group by one.user_id
  )`;

/** Writes the deliveries of the whole audience where it is small enough to be written with the start. */
export async function prepareWhole(
  tx: Tx,
  { broadcast, now }: { broadcast: Preparing; now: Date },
): Promise<void> {
  const people = takeParts(broadcast.id, PARTS);
  await writeDeliveries(tx, { broadcast, now, channels: CHANNELS, people });
}

/**
 * Writes the deliveries of the next thousand people of a broadcast that is being prepared, and wakes
 * the sender. Whoever is killed here has written nothing and taken nothing; any number may run this.
 * @returns how many people; 0 when nothing is left that nobody else has in hand
 */
export const prepareNext = chore({
  may: "broadcast.deliver",
  input: z.object({}),

  async run({ tx, now }): Promise<number> {
    const broadcast = await readRow(tx, preparingRow)`
      select b.id, b.kind, b.subject_id as "subjectId", b.people,
        b.cancelled_at is not null as "isStopped"
      from broadcasts b
      where b.prepared_at is null and exists (
        select from audience_parts a where a.broadcast_id = b.id and ${isOpenPart(sql`a.part`)}
      )
      -- Then the smaller: it keeps the larger waiting for less than that would keep it.
      order by b.kind <> 'incident_notice', b.people, b.started_at
      limit 1
      -- Whoever erases people waits for this, and this for them.
      for share of b`;
    if (!broadcast) return 0;
    const people = takeParts(broadcast.id, partsHolding(PEOPLE_AT_ONCE, broadcast.people));
    const written = broadcast.isStopped
      ? await writeHeld(tx, { broadcast, now, people })
      : await writeDeliveries(tx, { broadcast, now, channels: CHANNELS, people });
    await wakeJob(tx, "deliver-mails");
    return written;
  },
});

/** How many parts hold so many of all people: ids are random, so that few people leave parts empty. */
function partsHolding(some: number, all: number): number {
  const filled = PARTS * (1 - Math.exp(-all / PARTS));
  return Math.max(1, Math.round((some / Math.max(all, 1)) * filled));
}

/** Notes which broadcasts have all their deliveries; their mails may now be followed up. */
export const endPreparing = chore({
  may: "broadcast.deliver",
  input: z.object({}),

  async run({ tx, now }): Promise<void> {
    const ended = await readRows(tx, idRow)`
      update broadcasts b set prepared_at = ${now.toISOString()}::timestamptz
      where prepared_at is null and not exists (
        select from audience_parts a where a.broadcast_id = b.id
      )
      returning id`;
    if (ended.length === 0) return;
    await writeDispatches(tx, { broadcastIds: ended.map(({ id }) => id), now });
    await wakeJob(tx, "deliver-mails");
  },
});

/** Holds what is being prepared until the transaction ends: what it writes later sees what is done here. */
export const holdPreparing = (tx: Tx): Promise<number> =>
  changeRows(tx)`
    select from broadcasts where prepared_at is null order by id for no key update`;
