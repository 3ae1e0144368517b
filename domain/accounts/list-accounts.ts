import { and, asc, count, desc, gt, ilike, lt, or, type SQL, sql } from "drizzle-orm";
import { z } from "zod";

import { accounts } from "@/db/schema";
import { BINDING_ROLES } from "@/db/vocabulary";

import { query } from "../query";

const PAGE = 50;

export type AccountSummary = Awaited<ReturnType<typeof listAccounts>>["rows"][number];

/**
 * Accounts in the order of their UINs, 50 a page. `search` finds part of a name, the beginning of a
 * UIN or an SDKAppID; `after` and `before` are the UIN of the last or first row of the page beside.
 */
export const listAccounts = query({
  may: "account.read",
  input: z.object({
    search: z.string().trim().max(200).default(""),
    after: z.string().max(40).optional(),
    before: z.string().max(40).optional(),
  }),

  async run({ db }, { search, after, before }) {
    const found = matching(search);
    const backwards = before !== undefined && after === undefined;
    const rows = await db
      .select({
        id: accounts.id,
        uin: accounts.uin,
        name: accounts.name,
        closedAt: accounts.closedAt,
        members: sql<number>`(select count(*)::int from members m where m.account_id = accounts.id and m.left_at is null)`,
        signatories: sql<number>`(select count(*)::int from members m where m.account_id = accounts.id and m.left_at is null and m.role in ${[...BINDING_ROLES]})`,
        apps: sql<number>`(select count(*)::int from apps a where a.account_id = accounts.id and a.closed_at is null)`,
      })
      .from(accounts)
      .where(
        and(
          found,
          after === undefined ? undefined : gt(accounts.uin, after),
          backwards ? lt(accounts.uin, before) : undefined,
        ),
      )
      .orderBy(backwards ? desc(accounts.uin) : asc(accounts.uin))
      .limit(PAGE + 1);
    const [total] = await db.select({ n: count() }).from(accounts).where(found);

    return { total: total?.n ?? 0, ...page(rows, { after, backwards }) };
  },
});

function matching(search: string): SQL | undefined {
  if (!search) return undefined;
  const typed = search.normalize("NFKC");
  const literal = typed.replaceAll(/[\\%_]/g, "\\$&");
  return or(
    ilike(accounts.name, `%${literal}%`),
    ilike(accounts.uin, `${literal}%`),
    sql`exists (select 1 from apps a where a.account_id = accounts.id and a.sdk_app_id = ${typed})`,
  );
}

type Turning = { after: string | undefined; backwards: boolean };

/** One row more than a page was read: it tells whether the list goes on. */
function page<Row extends { uin: string }>(read: Row[], { after, backwards }: Turning) {
  const more = read.length > PAGE;
  const rows = backwards ? read.slice(0, PAGE).reverse() : read.slice(0, PAGE);
  const hasPrevious = backwards ? more : after !== undefined;
  const hasNext = backwards || more;
  return {
    rows,
    previous: hasPrevious ? (rows[0]?.uin ?? null) : null,
    next: hasNext ? (rows.at(-1)?.uin ?? null) : null,
  };
}
