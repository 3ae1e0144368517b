import { sql } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";

import { query } from "../query";
import { countColumn, momentColumn, readRow } from "../rows";
import { IS_TICKET_SYSTEM } from "./write-dispatches";

/** The fourth call in vain is five minutes, half an hour and two hours after the first: then it is no passing fault. */
export const FAILING_HOURS = 6;
const HOUR_MS = 3_600_000;

/**
 * What is wrong with the ticket system that is called back: `failing`, no call was taken for six hours, or
 * `gone`, it said that it wants no more (410) and no other address was named since. `calls` is how many
 * moves it has not heard of.
 */
export type CallbackTrouble = {
  endpointId: string;
  state: "failing" | "gone";
  since: Date;
  calls: number;
};

const latestRow = z.object({
  endpointId: z.string(),
  endReason: z.string().nullable(),
  endedAt: momentColumn.nullable(),
  failingSince: momentColumn.nullable(),
  calls: countColumn,
});

/** A call is tried for so long at most (settle-dispatches.ts): one that was written earlier was not taken later. */
const TRIED_FOR = sql`interval '4 days'`;

/** Null where nothing is: what was taken last counts, whenever it was written, and what was called in vain after it. */
export async function callbackTrouble(db: Db | Tx, now: Date): Promise<CallbackTrouble | null> {
  const latest = await readRow(db, latestRow)`
    with latest as (
      select e.* from endpoints e where ${IS_TICKET_SYSTEM}
      order by e.ended_at is not null, e.added_at desc, e.id desc limit 1
    ), newest as (
      select d.created_at - ${TRIED_FOR} as at from dispatches d, latest e
      where d.endpoint_id = e.id and d.status = 'delivered'
      order by d.created_at desc, d.id desc limit 1
    ), recent as (
      select d.* from dispatches d, latest e
      where d.endpoint_id = e.id and d.created_at > coalesce((select at from newest), '-infinity')
    ), taken as (
      select max(settled_at) as at from recent where status = 'delivered'
    ), vain as (
      select d.id, a.started_at from recent d join dispatch_attempts a on a.dispatch_id = d.id
      where a.outcome <> 'delivered' and a.started_at > coalesce((select at from taken), '-infinity')
    )
    select e.id as "endpointId", e.end_reason as "endReason", e.ended_at as "endedAt",
      (select min(started_at) from vain) as "failingSince",
      (select count(*) from recent d
        where d.request_event_id is not null and d.status <> 'delivered' and (
          d.created_at > coalesce((select at from taken), '-infinity') or d.id in (select id from vain))
      ) as calls
    from latest e`;
  if (!latest) return null;
  const { endpointId, endReason, endedAt, failingSince, calls } = latest;
  if (endedAt)
    return endReason === "gone" ? { endpointId, state: "gone", since: endedAt, calls } : null;
  if (!failingSince || now.getTime() - failingSince.getTime() < FAILING_HOURS * HOUR_MS)
    return null;
  return { endpointId, state: "failing", since: failingSince, calls };
}

/** The same for the pages of who looks after it. */
export const readCallbackTrouble = query({
  may: "ticket.readCallback",
  input: z.object({}),

  run: ({ db, now }) => callbackTrouble(db, now),
});
