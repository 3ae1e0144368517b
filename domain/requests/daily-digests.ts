import { inArray, sql } from "drizzle-orm";
import { z } from "zod";

import type { Tx } from "@/db/client";
import { type Request, requests } from "@/db/schema";

import { alone, digestDay } from "../broadcasts/send-digests";
import { readRows } from "../rows";
import { verb } from "../verb";
import { matterOf } from "./handler-choices";
import { OPEN_STATUSES } from "./rules";
import { tellDaily } from "./tell";

/** So many handlers have theirs in one transaction. */
const PEOPLE_AT_ONCE = 100;

/**
 * Mails each handler what they chose to have once a day together: from nine in the morning, Asia/Shanghai,
 * what came before. What is said is marked in the same transaction as its mail is written: whoever is killed
 * has told all or nothing, and nothing stands in two. What is answered meanwhile, in other hands, or not
 * wanted any more is not said, and goes with the next digest. @returns how many handlers were mailed
 */
export const mailDailyDigests = verb({
  may: "request.remind",
  input: z.object({}),

  async run(step): Promise<number> {
    const { tx, now } = step;
    const { before } = digestDay(now);
    const waiting = await alone(tx, () => waitingBefore(tx, before));
    if (!waiting || waiting.length === 0) return step.unchanged(0);
    const told = await requestsOf(
      tx,
      waiting.flatMap(({ requestIds }) => requestIds),
    );
    for (const { userId, items, old, requestIds } of waiting) {
      const [first, ...more] = requestIds.flatMap((id) => told.get(id) ?? []);
      if (!first) throw new Error("a digest of nothing");
      const digest = await tellDaily(step, { userId, waiting: [first, ...more] });
      await tx.execute(sql`
        update digest_items set digest_id = ${digest.id}
        where user_id = ${userId} and broadcast_id = any(${sql.param(items)}::uuid[])`);
      await tx.execute(sql`
        delete from digest_items
        where user_id = ${userId} and digest_id is null and broadcast_id = any(${sql.param(old)}::uuid[])`);
    }
    return waiting.length;
  },
});

const row = z.object({
  userId: z.string(),
  items: z.array(z.string()),
  /** Of which nothing, or not all, is said any more. */
  old: z.array(z.string()),
  requestIds: z.array(z.string()),
});

/**
 * What handlers wait for, as the rows `i` of digest_items, `b` of broadcasts and `r` of requests: of what was
 * told of several requests at once, a row for each.
 */
const WAITING = sql`digest_items i
  join broadcasts b on b.id = i.broadcast_id and b.kind = 'request_update' and b.status <> 'paused'
  cross join lateral (
    select b.subject_id as id union
    select jsonb_array_elements_text(b.facts #> '{waiting,ids}')::uuid
  ) one
  join requests r on r.id = one.id`;
/** Whose hands a case is in. */
const IS_THEIRS = sql`(r.handler_id = i.user_id)`;
const IS_NOBODYS = sql`not exists (
  select from staff_roles h where h.user_id = r.handler_id and h.role = 'handler')`;
const IS_NEWS = sql`(b.facts ->> 'event' = 'handler_withdrawn' or (
  r.status = any(${sql.param([...OPEN_STATUSES])}::text[]) and coalesce(${IS_THEIRS} or ${IS_NOBODYS}, false)))`;
const IS_WANTED = sql`(exists (
    select from staff_roles s where s.user_id = i.user_id and s.role = 'handler')
  and not exists (select from handler_choices c
    where c.user_id = i.user_id and c.matter = ${matterOf(IS_THEIRS)} and c.pace = 'never'))`;

/** What waits for handlers who have had no digest of the day and are to have one, and of which cases. */
function waitingBefore(tx: Tx, before: Date) {
  const at = sql`${before.toISOString()}::timestamptz`;
  const said = sql`(${IS_NEWS} and ${IS_WANTED})`;
  return readRows(tx, row)`
    select i.user_id as "userId", array_agg(distinct i.broadcast_id) filter (where ${said}) as items,
      coalesce(array_agg(distinct i.broadcast_id) filter (where not ${said}), '{}') as old,
      array_agg(distinct r.id) filter (where ${said}) as "requestIds"
    from ${WAITING}
    where i.digest_id is null and i.since < ${at}
      and not exists (
        select from digest_items had join broadcasts g on g.id = had.digest_id
        where had.user_id = i.user_id and g.kind = 'request_update' and g.started_at >= ${at})
    group by i.user_id having bool_or(${said}) order by i.user_id limit ${PEOPLE_AT_ONCE}`;
}

/** By id. */
async function requestsOf(tx: Tx, ids: readonly string[]): Promise<Map<string, Request>> {
  const rows = await tx
    .select()
    .from(requests)
    .where(inArray(requests.id, [...new Set(ids)]));
  return new Map(rows.map((one) => [one.id, one]));
}
