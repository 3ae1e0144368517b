import { and, count, ilike, or, type SQL, sql } from "drizzle-orm";
import { z } from "zod";

import { accounts } from "@/db/schema";
import { BINDING_ROLES } from "@/db/vocabulary/access";

import { pageInput, searchText } from "../input";
import { readPage, up } from "../page";
import { query } from "../query";

const PAGE = 50;

export type AccountSummary = Awaited<ReturnType<typeof listAccounts>>["rows"][number];

/**
 * Accounts in the order of their UINs, 50 a page. `search` finds part of a name, the beginning of a
 * UIN or an SDKAppID.
 */
export const listAccounts = query({
  may: "account.read",
  input: z.object({
    search: searchText,
    ...pageInput,
  }),

  async run({ db }, { search, page }) {
    const found = matching(search);
    const list = { keys: [up("text", accounts.uin)], size: PAGE, page };
    const reading = readPage(list, (slice) =>
      db
        .select({
          cursor: slice.cursor,
          id: accounts.id,
          uin: accounts.uin,
          name: accounts.name,
          closedAt: accounts.closedAt,
          members: sql<number>`(select count(*)::int from members m where m.account_id = accounts.id and m.left_at is null)`,
          signatories: sql<number>`(select count(*)::int from members m where m.account_id = accounts.id and m.left_at is null and m.role in ${[...BINDING_ROLES]})`,
          apps: sql<number>`(select count(*)::int from apps a where a.account_id = accounts.id and a.closed_at is null)`,
        })
        .from(accounts)
        .where(and(found, slice.beyond))
        .orderBy(slice.order)
        .limit(slice.limit),
    );
    const [[total], read] = await Promise.all([
      db.select({ n: count() }).from(accounts).where(found),
      reading,
    ]);
    return { total: total?.n ?? 0, ...read };
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
