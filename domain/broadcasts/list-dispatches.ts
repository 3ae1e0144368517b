import { sql } from "drizzle-orm";
import { z } from "zod";

import { DISPATCH_STATUSES, ENDPOINT_CHANNELS } from "@/db/vocabulary/endpoints";

import { pageInput, uuid } from "../input";
import { readPage, up } from "../page";
import { query } from "../query";
import { countColumn, momentColumn, readRows } from "../rows";

const PAGE = 50;

const totalRow = z.object({
  channel: z.enum(ENDPOINT_CHANNELS),
  status: z.enum(DISPATCH_STATUSES),
  count: countColumn,
  /** Messages that the operator charged for these. */
  fee: countColumn,
});
const dispatchRow = z.object({
  cursor: z.string(),
  id: z.string(),
  /** The account's name, or of a browser the person's. */
  owner: z.string(),
  channel: z.enum(ENDPOINT_CHANNELS),
  name: z.string(),
  host: z.string(),
  status: z.enum(DISPATCH_STATUSES),
  attempts: countColumn,
  reason: z.string().nullable(),
  settledAt: momentColumn.nullable(),
  /** SHA-256 of the bytes as they were posted. */
  bodyHash: z.string().nullable(),
});

export type Dispatched = Awaited<ReturnType<typeof listDispatches>>;

/** To which endpoints a broadcast was posted and with which result, 50 a page, and how many of each. */
export const listDispatches = query({
  may: "broadcast.read",
  input: z.object({ broadcastId: uuid, ...pageInput }),

  async run({ db }, { broadcastId, page }) {
    const totals = await readRows(db, totalRow)`
      select e.channel, d.status, count(*) as count, coalesce(sum(d.fee), 0) as fee
      from dispatches d join endpoints e on e.id = d.endpoint_id
      where d.broadcast_id = ${broadcastId} group by 1, 2 order by 1, 2`;
    if (totals.length === 0) return { totals, rows: [], previous: null, next: null };
    const list = await readPage(
      { keys: [up("uuid", sql`d.endpoint_id`)], size: PAGE, page },
      (slice) =>
        readRows(db, dispatchRow)`
        select ${slice.cursor} as cursor, d.id, coalesce(a.name, u.name) as owner, e.channel,
          e.name, e.host, d.status, d.attempts, d.reason, d.settled_at as "settledAt",
          d.body_hash as "bodyHash"
        from dispatches d
        join endpoints e on e.id = d.endpoint_id
        left join accounts a on a.id = e.account_id
        left join users u on u.id = e.user_id
        where d.broadcast_id = ${broadcastId} and ${slice.beyond}
        order by ${slice.order} limit ${slice.limit}`,
    );
    return { totals, ...list };
  },
});
