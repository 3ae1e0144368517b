import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import type { BroadcastKind, DeliveryStatus } from "@/db/vocabulary/broadcasts";

import type { Actor } from "../context";
import { NotFound } from "../errors";
import { pageInput, uuid } from "../input";
import { down, readPage, up } from "../page";
import { query } from "../query";
import { readFactsAs } from "./facts";
import { readMoment, utc } from "./moment";

const PAGE = 30;

/** What waits for somebody, and what was settled. */
export const UNREACHED_SHELVES = ["open", "settled"] as const;
export type UnreachedShelf = (typeof UNREACHED_SHELVES)[number];

export type Unreached = ReturnType<typeof asUnreached> & { tried: Tried[] };
export type Tried = ReturnType<typeof asTried>;

/**
 * Accounts that a mandatory broadcast did not reach, 30 a page: the open ones oldest first, the
 * settled ones newest first. Each with everybody that was tried, in order, and why it failed.
 */
export const listUnreached = query({
  may: "unreached.read",
  input: z.object({
    shelf: z.enum(UNREACHED_SHELVES).default("open").catch("open"),
    ...pageInput,
  }),

  async run({ db, actor }, { shelf, page }) {
    const { rows, ...turns } = await readPage({ keys: KEYS[shelf], size: PAGE, page }, (slice) =>
      readRows(db, {
        which: sql`where n.settled_at is ${shelf === "open" ? sql`null` : sql`not null`}
          and ${slice.beyond} order by ${slice.order} limit ${slice.limit}`,
        cursor: slice.cursor,
      }),
    );
    return { rows: await withTried({ db, actor }, rows), ...turns };
  },
});

const KEYS = {
  open: [
    up("moment", sql`n.found_at`),
    up("uuid", sql`n.broadcast_id`),
    up("uuid", sql`n.account_id`),
  ],
  settled: [
    down("moment", sql`n.settled_at`),
    down("uuid", sql`n.broadcast_id`),
    down("uuid", sql`n.account_id`),
  ],
};

/** One account that one broadcast did not reach. @throws NotFound */
export const findUnreachedAccount = query({
  may: "unreached.read",
  input: z.object({ broadcastId: uuid, accountId: uuid }),

  async run({ db, actor }, { broadcastId, accountId }): Promise<Unreached> {
    const rows = await readRows(db, {
      which: sql`where n.broadcast_id = ${broadcastId} and n.account_id = ${accountId}`,
    });
    const [row] = await withTried({ db, actor }, rows);
    if (!row) throw new NotFound("errors.notFound");
    return row;
  },
});

/** How many accounts wait to be told some other way. */
export const countUnreached = query({
  may: "unreached.read",
  input: z.object({}),

  async run({ db }): Promise<number> {
    const { rows } = await db.execute<{ open: number }>(
      sql`select count(*)::int as open from unreached_accounts where settled_at is null`,
    );
    return rows[0]?.open ?? 0;
  },
});

type Row = {
  broadcast_id: string;
  account_id: string;
  account_name: string;
  uin: string;
  kind: BroadcastKind;
  facts: unknown;
  found_at: string;
  settled_at: string | null;
  settled_by: string | null;
  note: string | null;
};

async function readRows(db: Db | Tx, { which, cursor = sql`''` }: { which: SQL; cursor?: SQL }) {
  const { rows } = await db.execute<Row & { cursor: string }>(sql`
    select ${cursor} as cursor, n.broadcast_id, n.account_id, a.name as account_name, a.uin, b.kind, b.facts,
      ${utc(sql`n.found_at`)} as found_at, ${utc(sql`n.settled_at`)} as settled_at,
      u.name as settled_by, n.note
    from unreached_accounts n
    join accounts a on a.id = n.account_id
    join broadcasts b on b.id = n.broadcast_id
    left join users u on u.id = n.settled_by
    ${which}`);
  return rows;
}

const asUnreached = (row: Row, actor: Actor) => ({
  broadcastId: row.broadcast_id,
  accountId: row.account_id,
  accountName: row.account_name,
  uin: row.uin,
  told: readFactsAs(actor, row.kind, row.facts),
  foundAt: new Date(row.found_at),
  settledAt: readMoment(row.settled_at),
  /** The person who settled it; null with `settledAt` where a mail arrived after all. */
  settledBy: row.settled_by,
  note: row.note,
});

type TriedRow = {
  broadcast_id: string;
  account_id: string;
  user_id: string;
  name: string;
  address: string;
  status: DeliveryStatus;
  reason: string | null;
  created_at: string;
  sent_at: string | null;
  settled_at: string | null;
  read_at: string | null;
  is_fallback: boolean;
};

type View = { db: Db | Tx; actor: Actor };

async function withTried({ db, actor }: View, rows: readonly Row[]): Promise<Unreached[]> {
  const ids = (of: (row: Row) => string) => sql`${sql.param(rows.map(of))}::uuid[]`;
  const tried = await db.execute<TriedRow>(sql`
    with task as (
      select * from unnest(${ids((r) => r.broadcast_id)}, ${ids((r) => r.account_id)}) as t(broadcast_id, account_id)
    ), person as (
      select t.broadcast_id, t.account_id, m.user_id from task t join members m on m.account_id = t.account_id
      union
      select t.broadcast_id, t.account_id, k.user_id from task t join contacts k on k.account_id = t.account_id
    )
    select p.broadcast_id, p.account_id, p.user_id, u.name, d.address, d.status, d.reason,
      ${utc(sql`d.created_at`)} as created_at, ${utc(sql`d.sent_at`)} as sent_at,
      ${utc(sql`d.settled_at`)} as settled_at, ${utc(sql`i.read_at`)} as read_at,
      d.fallback_of is not null as is_fallback
    from person p
    join users u on u.id = p.user_id
    join deliveries d
      on d.broadcast_id = p.broadcast_id and d.user_id = p.user_id and d.channel = 'email'
    left join deliveries i
      on i.broadcast_id = p.broadcast_id and i.user_id = p.user_id and i.channel = 'inbox'
    order by d.created_at, d.settled_at, d.id`);
  return rows.map((row) => ({
    ...asUnreached(row, actor),
    tried: tried.rows
      .filter((one) => one.broadcast_id === row.broadcast_id && one.account_id === row.account_id)
      .map(asTried),
  }));
}

const asTried = (row: TriedRow) => ({
  userId: row.user_id,
  name: row.name,
  address: row.address,
  status: row.status,
  reason: row.reason,
  /** When it failed: by the provider's report, or at once for a suppressed address. */
  failedAt: readMoment(row.settled_at) ?? readMoment(row.sent_at) ?? new Date(row.created_at),
  readAt: readMoment(row.read_at),
  isFallback: row.is_fallback,
});
