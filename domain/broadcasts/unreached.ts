import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import { BROADCAST_KINDS } from "@/db/vocabulary/broadcasts";

import type { Actor } from "../context";
import { NotFound } from "../errors";
import { pageInput, uuid } from "../input";
import { down, readPage, up } from "../page";
import { query } from "../query";
import { countColumn, momentColumn, readOneRow, readRows } from "../rows";
import { readFactsAs } from "./facts";
import { type Tried, triesOf } from "./tries";

const PAGE = 30;

/** What waits for somebody, and what was settled. */
export const UNREACHED_SHELVES = ["open", "settled"] as const;
export type UnreachedShelf = (typeof UNREACHED_SHELVES)[number];

export type Unreached = ReturnType<typeof asUnreached> & { tried: Tried[] };

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
      unreachedRows(db, {
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
    const rows = await unreachedRows(db, {
      which: sql`where n.broadcast_id = ${broadcastId} and n.account_id = ${accountId}`,
    });
    const [row] = await withTried({ db, actor }, rows);
    if (!row) throw new NotFound("errors.notFound");
    return row;
  },
});

export const countUnreached = query({
  may: "unreached.read",
  input: z.object({}),

  async run({ db }): Promise<number> {
    const { open } = await readOneRow(db, z.object({ open: countColumn }))`
      select count(*) as open from unreached_accounts where settled_at is null`;
    return open;
  },
});

const unreachedRow = z.object({
  cursor: z.string(),
  broadcastId: z.string(),
  accountId: z.string(),
  accountName: z.string(),
  uin: z.string(),
  kind: z.enum(BROADCAST_KINDS),
  facts: z.unknown(),
  foundAt: momentColumn,
  settledAt: momentColumn.nullable(),
  settledBy: z.string().nullable(),
  note: z.string().nullable(),
});
type Row = Omit<z.output<typeof unreachedRow>, "cursor">;

const unreachedRows = (db: Db | Tx, { which, cursor = sql`''` }: { which: SQL; cursor?: SQL }) =>
  readRows(db, unreachedRow)`
    select ${cursor} as cursor, n.broadcast_id as "broadcastId", n.account_id as "accountId",
      a.name as "accountName", a.uin, b.kind, b.facts, n.found_at as "foundAt",
      n.settled_at as "settledAt", u.name as "settledBy", n.note
    from unreached_accounts n
    join accounts a on a.id = n.account_id
    join broadcasts b on b.id = n.broadcast_id
    left join users u on u.id = n.settled_by
    ${which}`;

const asUnreached = (row: Row, actor: Actor) => ({
  broadcastId: row.broadcastId,
  accountId: row.accountId,
  accountName: row.accountName,
  uin: row.uin,
  told: readFactsAs(actor, row.kind, row.facts),
  foundAt: row.foundAt,
  settledAt: row.settledAt,
  /** The person who settled it; null with `settledAt` where a mail arrived after all. */
  settledBy: row.settledBy,
  note: row.note,
});

type View = { db: Db | Tx; actor: Actor };

async function withTried({ db, actor }: View, rows: readonly Row[]): Promise<Unreached[]> {
  const tried = await triesOf(db, rows);
  return rows.map((row) => ({ ...asUnreached(row, actor), tried: tried(row) }));
}
