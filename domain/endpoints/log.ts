import { asc, inArray, sql } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import { dispatchAttempts } from "@/db/schema";
import { BROADCAST_KINDS } from "@/db/vocabulary/broadcasts";
import { DISPATCH_STATUSES } from "@/db/vocabulary/endpoints";
import { REQUEST_STATUSES } from "@/db/vocabulary/requests";

import { readFactsAs } from "../broadcasts/facts";
import type { Actor } from "../context";
import { down, readPage } from "../page";
import { countColumn, momentColumn, readRows } from "../rows";

const PAGE = 20;

export type Dispatch = Awaited<ReturnType<typeof readLog>>["rows"][number];

const dispatchRow = z.object({
  cursor: z.string(),
  id: z.string(),
  kind: z.enum(BROADCAST_KINDS).nullable(),
  facts: z.unknown(),
  move: z
    .object({ ticket: z.string(), request: z.string(), status: z.enum(REQUEST_STATUSES) })
    .nullable(),
  status: z.enum(DISPATCH_STATUSES),
  body: z.string().nullable(),
  bodyHash: z.string().nullable(),
  attempts: countColumn,
  nextAttemptAt: momentColumn,
  createdAt: momentColumn,
  settledAt: momentColumn.nullable(),
  reason: z.string().nullable(),
});

type Asked = { actor: Actor; endpointId: string; showsBodies: boolean; page: string | undefined };

/** All that was posted to an endpoint or waits for it, the latest first, with each attempt; the bytes for whom they are. */
export async function readLog(db: Db | Tx, { actor, endpointId, showsBodies, page }: Asked) {
  const log = await readPage(
    { keys: [down("moment", sql`d.created_at`), down("uuid", sql`d.id`)], size: PAGE, page },
    (slice) =>
      readRows(db, dispatchRow)`
        select ${slice.cursor} as cursor, d.id, b.kind, b.facts, d.status, d.body, d.body_hash as "bodyHash", d.attempts,
          d.next_attempt_at as "nextAttemptAt", d.created_at as "createdAt",
          d.settled_at as "settledAt", d.reason,
          case when v.id is not null then json_build_object(
            'ticket', q.ticket_number, 'request', q.number, 'status', v.status) end as move
        from dispatches d left join broadcasts b on b.id = d.broadcast_id
        left join request_events v on v.id = d.request_event_id
        left join requests q on q.id = v.request_id
        where d.endpoint_id = ${endpointId} and ${slice.beyond}
        order by ${slice.order} limit ${slice.limit}`,
  );
  const attempts = await attemptsOf(
    db,
    log.rows.map(({ id }) => id),
  );
  return {
    ...log,
    rows: log.rows.map(({ kind, facts, body, ...dispatch }) => ({
      ...dispatch,
      told: kind && readFactsAs(actor, kind, facts),
      body: showsBodies ? body : null,
      tried: attempts.filter(({ dispatchId }) => dispatchId === dispatch.id),
    })),
  };
}

const attemptsOf = (db: Db | Tx, ids: string[]) =>
  ids.length === 0
    ? []
    : db
        .select()
        .from(dispatchAttempts)
        .where(inArray(dispatchAttempts.dispatchId, ids))
        .orderBy(asc(dispatchAttempts.number));
