import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { z } from "zod";

import type { Tx } from "@/db/client";
import { shanghaiDay } from "@/lib/shanghai";

import { readRow, readRows } from "../rows";
import { verb } from "../verb";
import { FACTS } from "./facts";
import { startBroadcast } from "./start";

/** Digests leave from nine in the morning on, in Asia/Shanghai, with what came before. */
const HOUR = "09:00";
const HOURS_MS = 9 * 3_600_000;
/** So many people have theirs in one transaction. */
const PEOPLE_AT_ONCE = 500;

/** The day whose digests are due at a moment, and until when what stands in them had to come. */
export function digestDay(now: Date): { day: string; before: Date } {
  const day = shanghaiDay(new Date(now.getTime() - HOURS_MS));
  return { day, before: new Date(`${day}T${HOUR}:00+08:00`) };
}

const itemRow = FACTS.digest.shape.items.element.and(z.object({ id: z.string() }));
const broadcastRow = z.object({ id: z.string(), kind: z.string(), facts: z.unknown() });
type Item = z.output<typeof itemRow>;

/**
 * Mails the next people what waits for their digest, each at most once a day (P23, P41): who has the same
 * waiting is told by one broadcast. What is said by it is marked in the same transaction as its mails are
 * written, so that a worker killed at any point leaves all or nothing, and nothing stands in two. What
 * comes after nine waits for the next day. Of what is paused nothing is said, nor to who has left the
 * accounts that it was told; of what was withdrawn or cancelled nothing waits any more.
 * @returns how many people were told
 */
export const sendDigests = verb({
  may: "broadcast.deliver",
  input: z.object({}),

  async run(step) {
    const { tx, now } = step;
    const due = digestDay(now);
    const waiting = await alone(tx, () => dueNow(tx, due));
    if (!waiting || waiting.length === 0) return step.unchanged(0);
    for (const { items, userIds } of await bySets(tx, waiting)) {
      const { id } = await startBroadcast(step, {
        kind: "digest",
        subjectId: randomUUID(),
        facts: { day: due.day, items: items.map(({ id: _id, ...item }) => item) },
        audience: { userIds },
        channels: ["email"],
      });
      await tx.execute(sql`
        update digest_items set digest_id = ${id}
        where user_id = any(${sql.param(userIds)}::uuid[])
          and broadcast_id = any(${sql.param(items.map((item) => item.id))}::uuid[])`);
    }
    return waiting.length;
  },
});

/** One worker at a time gathers; another has nothing to do meanwhile. */
export async function alone<Result>(tx: Tx, work: () => Promise<Result>): Promise<Result | null> {
  const free = await readRow(tx, z.object({}))`
    select where pg_try_advisory_xact_lock(hashtext('broadcasts.digests'))`;
  return free ? work() : null;
}

const waitingRow = z.object({ userId: z.string(), ids: z.array(z.string()) });
type Waiting = z.output<typeof waitingRow>;
type Due = ReturnType<typeof digestDay>;

/** Whether a person still belongs to an account for which they were told what waits: of the row `i` of digest_items. */
const STILL_THEIRS = sql`exists (
  select from deliveries d join accounts a on a.id = any(d.account_ids) and a.closed_at is null
  where d.broadcast_id = i.broadcast_id and d.user_id = i.user_id and d.channel = 'inbox' and (
    exists (select from members m where m.account_id = a.id and m.user_id = i.user_id and m.left_at is null)
    or exists (
      select from contacts k
      where k.account_id = a.id and k.user_id = i.user_id and k.verified_at is not null and k.removed_at is null)))`;

/** What handlers wait for has a digest of its own (domain/requests/daily-digests.ts): of the row `b` of broadcasts. */
const OF_ACCOUNTS = sql`b.status <> 'paused' and b.kind <> 'request_update'`;

/** Whose digest of the day is due, with what it holds; their day is over with this. */
async function dueNow(tx: Tx, { day, before }: Due): Promise<Waiting[]> {
  const waits = sql`i.digest_id is null and i.since < ${before.toISOString()}::timestamptz
    and ${STILL_THEIRS}`;
  const had = sql`(k.digested_on is null or k.digested_on < ${day}::date)`;
  const people = await readRows(tx, z.object({ id: z.string() }))`
    select distinct i.user_id as id from digest_items i
    join broadcasts b on b.id = i.broadcast_id and ${OF_ACCOUNTS}
    join mail_keys k on k.user_id = i.user_id and ${had}
    where ${waits}
    order by 1 limit ${PEOPLE_AT_ONCE}`;
  const ids = sql.param(people.map(({ id }) => id));
  // Whoever pauses, cancels or withdraws one of them waits for this, and this for them: what it reads next is what holds.
  await tx.execute(sql`
    select from broadcasts b
    where b.id in (select i.broadcast_id from digest_items i where i.user_id = any(${ids}::uuid[]) and ${waits})
    order by b.id for share of b`);
  return readRows(tx, waitingRow)`
    with waiting as (
      select i.user_id, array_agg(b.id order by b.started_at, b.id) as ids
      from digest_items i join broadcasts b on b.id = i.broadcast_id and ${OF_ACCOUNTS}
      where i.user_id = any(${ids}::uuid[]) and ${waits}
      group by i.user_id
    )
    update mail_keys k set digested_on = ${day}::date
    from waiting w where w.user_id = k.user_id and ${had}
    returning k.user_id as "userId", w.ids`;
}

/** Who has the same waiting is told together, so that a mail is rendered once for all of them. */
async function bySets(tx: Tx, waiting: readonly Waiting[]) {
  const wanted = [...new Set(waiting.flatMap(({ ids }) => ids))];
  const rows = await readRows(tx, broadcastRow)`
    select id, kind, facts from broadcasts where id = any(${sql.param(wanted)}::uuid[])`;
  const told = new Map(rows.map((row): [string, Item] => [row.id, itemRow.parse(row)]));
  const sets = new Map<string, { items: Item[]; userIds: string[] }>();
  for (const { userId, ids } of waiting) {
    const set = sets.get(ids.join());
    if (set) set.userIds.push(userId);
    else
      sets.set(ids.join(), { items: ids.flatMap((id) => told.get(id) ?? []), userIds: [userId] });
  }
  return [...sets.values()];
}
