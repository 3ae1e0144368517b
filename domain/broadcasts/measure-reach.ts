import { sql } from "drizzle-orm";
import { z } from "zod";

import type { Tx } from "@/db/client";

import { chore } from "../chore";
import { changeRows, countColumn, readOneRow, readRows } from "../rows";
import { verb } from "../verb";
import { reachOf } from "./reach-of";

/** So many accounts are measured in one transaction. */
const AT_ONCE = 2000;
/** Measured once in a night: whoever was within these hours is not measured again. */
const HOURS = 20;
/** Whoever nobody can reach is called within so many days, before anything has happened. */
const CALL_WITHIN_DAYS = 7;

const reachedRow = z.object({ measured: countColumn });

/**
 * Measures the next accounts whose reach is of yesterday, or not known; what was measured stands, so that a
 * worker may be killed at any point. A closed account has none.
 * @returns how many were measured; 0 when all are of today
 */
export const measureReach = chore({
  may: "reach.measure",
  input: z.object({}),

  async run({ tx, now }): Promise<number> {
    const at = sql`${now.toISOString()}::timestamptz`;
    await changeRows(tx)`
      delete from account_reach r using accounts a where a.id = r.account_id and a.closed_at is not null`;
    const due = sql`
      select a.id as account_id from accounts a
      left join account_reach r on r.account_id = a.id
      where a.closed_at is null
        and (r.measured_at is null or r.measured_at < ${at} - make_interval(hours => ${HOURS}))
      order by a.id limit ${AT_ONCE}`;
    const { measured } = await readOneRow(tx, reachedRow)`
      with reach as materialized (${reachOf(due, now)}), written as (
        insert into account_reach as old
          (account_id, score, reasons, people, reachable, last_arrived_at, measured_at)
        select account_id, score, reasons, people, reachable, last_arrived_at, ${at} from reach
        on conflict (account_id) do update set score = excluded.score, reasons = excluded.reasons,
          people = excluded.people, reachable = excluded.reachable,
          last_arrived_at = excluded.last_arrived_at, measured_at = excluded.measured_at
        returning 1
      )
      select count(*) as measured from written`;
    return measured;
  },
});

const callRow = z.object({ accountId: z.string() });

/**
 * Puts on the call list whoever nobody can reach, and takes off whom somebody can again; of closed
 * accounts nobody is called. To be run once all were measured.
 */
export const settleCalls = verb({
  may: "reach.measure",
  input: z.object({}),

  async run({ tx, now, recordEach, unchanged }): Promise<void> {
    const opened = await openCalls(tx, now);
    const settled = await settleReachable(tx, now);
    if (opened.length + settled.length === 0) return unchanged(undefined);
    const cause = "unreachable" as const;
    await recordEach(
      "call.opened",
      opened.map(({ accountId }) => ({ id: accountId, after: { cause } })),
    );
    await recordEach(
      "call.settled",
      settled.map(({ accountId }) => ({ id: accountId, after: { cause } })),
    );
  },
});

const openCalls = (tx: Tx, now: Date) =>
  readRows(tx, callRow)`
    insert into calls (account_id, cause, opened_at, due_at)
    select r.account_id, 'unreachable', ${now.toISOString()}::timestamptz,
      ${now.toISOString()}::timestamptz + make_interval(days => ${CALL_WITHIN_DAYS})
    from account_reach r
    where r.score = 0 and not exists (
      select from calls c
      where c.account_id = r.account_id and c.cause = 'unreachable'
        -- Who was reached by a call, and told what to mend, has as long to do so.
        and (c.settled_at is null or c.settled_by is not null
          and c.settled_at > ${now.toISOString()}::timestamptz - make_interval(days => ${CALL_WITHIN_DAYS}))
    )
    on conflict do nothing
    returning account_id as "accountId"`;

const settleReachable = (tx: Tx, now: Date) =>
  readRows(tx, callRow)`
    update calls c set settled_at = ${now.toISOString()}::timestamptz
    where c.settled_at is null and c.cause = 'unreachable' and not exists (
      select from account_reach r where r.account_id = c.account_id and r.score = 0
    )
    returning account_id as "accountId"`;
