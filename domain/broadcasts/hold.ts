import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";

import type { Tx } from "@/db/client";
import type { Broadcast } from "@/db/schema";
import { HELD } from "@/db/vocabulary/waves";

import { Conflict } from "../errors";
import { wakeJob } from "../jobs";
import { changeRows, countColumn, readOneRow } from "../rows";
import { heldPart, isOpenPart, PARTS } from "./parts";

const peopleRow = z.object({ people: countColumn });

/**
 * Where a part, or a person within theirs, stands in the order of a broadcast's waves: a hash of who and of
 * which broadcast, so that the first are a sample of all, the same whenever it is asked, and others each time.
 */
const placeOf = (broadcastId: string, who: SQL): SQL =>
  sql`md5(${broadcastId}::text || ${who}::text)`;

/**
 * Holds back whoever comes after the first so many people of a frozen audience: no other people, only
 * later. The parts are of random ids, so that whole ones may be told first; the one in which the cut falls is
 * cut in two.
 * @returns how many people are held back
 */
export async function holdRest(
  tx: Tx,
  { broadcastId, first }: { broadcastId: string; first: number },
): Promise<number> {
  const byPlace = sql`order by ${placeOf(broadcastId, sql`part`)}, part`;
  await tx.execute(sql`
    with counted as (
      select part, people, sum(people) over (${byPlace}) as upto
      from audience_parts where broadcast_id = ${broadcastId}
    ), cut as (
      select part, ${first} - (upto - people) as kept from counted
      where upto - people < ${first} and ${first} < upto
    ), ranked as (
      select p.part, c.kept, one.*, 
        dense_rank() over (order by ${placeOf(broadcastId, sql`one.user_id`)}, one.user_id) as place
      from audience_parts p join cut c on c.part = p.part
      cross join unnest(p.user_ids, p.account_ids, p.mailed) as one(user_id, account_id, mailed)
      where p.broadcast_id = ${broadcastId}
    ), later as (
      insert into audience_parts (broadcast_id, part, people, user_ids, account_ids, mailed)
      select ${broadcastId}, ${heldPart(sql`part`)}, count(distinct user_id), array_agg(user_id),
        array_agg(account_id), array_agg(mailed)
      from ranked where place > kept group by part
    ), sooner as (
      select part, count(distinct user_id) as people, array_agg(user_id) as user_ids,
        array_agg(account_id) as account_ids, array_agg(mailed) as mailed
      from ranked where place <= kept group by part
    )
    update audience_parts p
    set people = s.people, user_ids = s.user_ids, account_ids = s.account_ids, mailed = s.mailed
    from sooner s where p.broadcast_id = ${broadcastId} and p.part = s.part`);
  await tx.execute(sql`
    update audience_parts p set part = ${heldPart(sql`p.part`)}
    from (
      select part, sum(people) over (${byPlace}) - people as before
      from audience_parts where broadcast_id = ${broadcastId} and ${isOpenPart(sql`part`)}
    ) as counted
    where p.broadcast_id = ${broadcastId} and p.part = counted.part and counted.before >= ${first}`);
  return countHeld(tx, broadcastId);
}

/** How many people of a broadcast are held back. */
export async function countHeld(tx: Tx, broadcastId: string): Promise<number> {
  const { people } = await readOneRow(tx, peopleRow)`
    select coalesce(sum(people), 0) as people from audience_parts
    where broadcast_id = ${broadcastId} and not ${isOpenPart(sql`part`)}`;
  return people;
}

/** Whoever was held back comes next: to be told, or, where the broadcast was cancelled, to be written down as not told. */
export async function freeHeld(tx: Tx, broadcastId: string): Promise<void> {
  const parts = await changeRows(tx)`
    update audience_parts set part = part - ${PARTS}
    where broadcast_id = ${broadcastId} and not ${isOpenPart(sql`part`)}`;
  if (parts > 0) await wakeJob(tx, "prepare-broadcasts");
}

/**
 * How many people are held back of a broadcast of which nothing else is still to be written; none of one
 * that has all its deliveries. @throws Conflict while the worker writes them
 */
export async function heldOfWritten(
  tx: Tx,
  { id, preparedAt }: Pick<Broadcast, "id" | "preparedAt">,
): Promise<number> {
  if (preparedAt) return 0;
  const open = await changeRows(tx)`
    select from audience_parts where broadcast_id = ${id} and ${isOpenPart(sql`part`)} limit 1`;
  const held = open > 0 ? 0 : await countHeld(tx, id);
  if (held === 0) throw new Conflict("broadcasts.errors.stillPreparing");
  return held;
}

type Writing = { broadcast: { id: string }; now: Date; people: SQL };

/**
 * Writes of each of the next people that they were not told: a mail that never left, and no in-site
 * message. `people` is the common table expression of prepare.ts.
 */
export async function writeHeld(tx: Tx, { broadcast, now, people }: Writing): Promise<number> {
  const at = sql`${now.toISOString()}::timestamptz`;
  const written = await readOneRow(tx, peopleRow)`
    with ${people}, written as (
      insert into deliveries
        (broadcast_id, channel, user_id, account_ids, address, locale, status, reason, created_at, settled_at)
      select ${broadcast.id}, 'email', p.user_id, p.account_ids,
        case when u.erased_at is null then u.email end, u.locale, 'cancelled', ${HELD}, ${at}, ${at}
      from people p join users u on u.id = p.user_id
    )
    select count(*) as people from people`;
  return written.people;
}
