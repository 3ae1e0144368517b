import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import { DELIVERY_STATUSES } from "@/db/vocabulary/broadcasts";

import { uuid } from "../input";
import { query } from "../query";
import { countColumn, momentColumn, readOneRow, readRows } from "../rows";

/** In how many stretches of time at most the outcomes are counted, and how many pauses are looked at. */
const STRETCHES = 160;
const PAUSES = 200;

const readRow = z.object({
  read: countColumn,
  known: countColumn,
  last: momentColumn.nullable(),
});
const outcomeRow = z.object({
  status: z.enum(DELIVERY_STATUSES),
  at: momentColumn,
  count: countColumn,
});
const turnRow = z.object({ at: momentColumn, isPause: z.boolean() });

export type DeliveryCourse = Awaited<ReturnType<typeof readCourse>>;

/**
 * How a broadcast came across: how many people have read it in the inbox, and how many said that they know
 * of it; and, in stretches of time, how many of its mails came to what, each as it stands now and at
 * the moment it came to it. Mails without an outcome are in none. With the pauses; the last may be open.
 */
export const readCourse = query({
  may: "broadcast.read",
  input: z.object({ id: uuid, startedAt: z.date() }),

  async run({ db }, { id, startedAt }) {
    const { read, known, last } = await readOneRow(db, readRow)`
      select count(*) filter (where channel = 'inbox' and read_at is not null) as read,
        count(*) filter (where known_at is not null) as known,
        max(settled_at) filter (where channel = 'email') as last
      from deliveries where broadcast_id = ${id}`;
    return {
      read,
      known,
      lastAt: last,
      outcomes: last ? await outcomesOver(db, { id, startedAt, last }) : [],
      pauses: await pausesOf(db, id),
    };
  },
});

type Span = { id: string; startedAt: Date; last: Date };

/** What somebody complained of came to it when it arrived, not when they complained. */
function outcomesOver(db: Db | Tx, { id, startedAt, last }: Span) {
  const from = startedAt.toISOString();
  const seconds = Math.max((last.getTime() - startedAt.getTime()) / 1000, 1);
  return readRows(db, outcomeRow)`
    select status, max(came_at) as at, count(*) as count
    from (
      select status, case when status <> 'complained' then settled_at
        else coalesce((
          select min(e.occurred_at) from provider_events e
          where e.provider_id = d.provider_id and e.type = 'email.delivered'
        ), settled_at) end as came_at
      from deliveries d
      where broadcast_id = ${id} and channel = 'email' and settled_at is not null
    ) d
    group by status,
      floor(${STRETCHES - 1} * extract(epoch from came_at - ${from}::timestamptz) / ${seconds}::float8)
    order by at`;
}

/** By the record, which alone keeps pauses that are over. */
async function pausesOf(db: Db | Tx, id: string): Promise<{ from: Date; to: Date | null }[]> {
  const turns = await readRows(db, turnRow)`
    select at, action = 'broadcast.paused' as "isPause" from audit_entries
    where subject_type = 'broadcast' and subject_id = ${id}
      and action in ('broadcast.paused', 'broadcast.resumed', 'broadcast.cancelled')
    order by seq limit ${PAUSES}`;
  return turns.flatMap(({ at, isPause }, index) =>
    isPause ? [{ from: at, to: turns[index + 1]?.at ?? null }] : [],
  );
}
