import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";

import { BINDING_ROLES } from "@/db/vocabulary/access";
import { WEAK_BELOW } from "@/db/vocabulary/reach";

import { person } from "../access/permissions";
import { pageInput, searchText } from "../input";
import { readPage, up } from "../page";
import { query } from "../query";
import { countColumn, momentColumn, readOneRow, readRows } from "../rows";
import { reachOf, reachRow } from "./reach-of";

const PAGE = 50;

/** Which accounts a list of reach shows: those nobody could reach today, the weak ones, or all. */
export const REACH_SHELVES = ["unreachable", "weak", "all"] as const;
export type ReachShelf = (typeof REACH_SHELVES)[number];

const ON: Record<ReachShelf, SQL> = {
  unreachable: sql`r.score = 0`,
  weak: sql`r.score > 0 and r.score < ${WEAK_BELOW}`,
  all: sql`true`,
};

const listRow = reachRow.extend({
  ...{ cursor: z.string(), accountName: z.string(), uin: z.string(), apps: countColumn },
  measuredAt: momentColumn,
  /** When somebody is to call it by; null where nobody is. */
  callDueAt: momentColumn.nullable(),
});
export type ReachLine = Omit<z.output<typeof listRow>, "cursor">;

/**
 * How each account could be reached today, as of last night, the worst first, 50 a page: the score, why it
 * is no better, its open apps, and by when it is to be called.
 */
export const listReach = query({
  may: "unreached.read",
  input: z.object({
    shelf: z.enum(REACH_SHELVES).default("unreachable").catch("unreachable"),
    search: searchText,
    ...pageInput,
  }),

  async run({ db }, { shelf, search, page }) {
    const pattern = `%${search.replaceAll(/[\\%_]/g, "\\$&")}%`;
    const found = search ? sql`(a.name ilike ${pattern} or a.uin like ${pattern})` : sql`true`;
    return readPage(
      { keys: [up("number", sql`r.score`), up("uuid", sql`r.account_id`)], size: PAGE, page },
      (slice) => readRows(db, listRow)`
        select ${slice.cursor} as cursor, r.account_id as "accountId", a.name as "accountName", a.uin,
          r.score, r.reasons, r.people, r.reachable, r.last_arrived_at as "lastArrivedAt",
          r.measured_at as "measuredAt",
          (select count(*) from apps p where p.account_id = a.id and p.closed_at is null) as apps,
          (select min(c.due_at) from calls c where c.account_id = a.id and c.settled_at is null) as "callDueAt"
        from account_reach r join accounts a on a.id = r.account_id and a.closed_at is null
        where ${ON[shelf]} and ${found} and ${slice.beyond} order by ${slice.order} limit ${slice.limit}`,
    );
  },
});

const totalsRow = z.object({
  ...{ unreachable: countColumn, weak: countColumn, all: countColumn },
  ...{ apps: countColumn, measuredAt: momentColumn.nullable() },
});

/** How many accounts nobody could reach today, how many open apps are theirs, how many are weak; as of when. */
export const countReach = query({
  may: "unreached.read",
  input: z.object({}),

  run: ({ db }) => readOneRow(db, totalsRow)`
    select count(*) filter (where ${ON.unreachable}) as unreachable,
      count(*) filter (where ${ON.weak}) as weak, count(*) as "all", min(r.measured_at) as "measuredAt",
      (select count(*) from apps p join account_reach r on r.account_id = p.account_id
        where p.closed_at is null and ${ON.unreachable}) as apps
    from account_reach r join accounts a on a.id = r.account_id and a.closed_at is null`,
});

const ownRow = reachRow.extend({ accountName: z.string() });

/** How the reader's own accounts can be reached at this moment, those whose contacts they may mend. */
export const readOwnReach = query({
  may: "account.readOwn",
  input: z.object({}),

  async run({ db, actor, now }) {
    const own = person(actor)
      .memberships.filter(({ role }) => BINDING_ROLES.some((one) => one === role))
      .map(({ accountId }) => accountId);
    if (own.length === 0) return [];
    const accounts = sql`select unnest(${sql.param(own)}::uuid[]) as account_id`;
    return readRows(db, ownRow)`
      select r.account_id as "accountId", a.name as "accountName", r.score, r.reasons, r.people, r.reachable,
        r.last_arrived_at as "lastArrivedAt"
      from (${reachOf(accounts, now)}) r join accounts a on a.id = r.account_id order by r.score, a.name`;
  },
});
