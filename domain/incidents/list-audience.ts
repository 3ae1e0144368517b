import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";

import { peopleOfAccounts, readersOfNotice } from "../broadcasts/audience";
import { pageInput, searchText, uuid } from "../input";
import { readPage, up } from "../page";
import { query } from "../query";
import { countColumn, readOneRow, readRows } from "../rows";
import { appsOfNotice } from "./audience";
import { findWithIncident } from "./find";
import { visibilityOf } from "./find-notice";
import { readReason } from "./audience-reason";

const PAGE = 50;

const appRow = z.object({
  cursor: z.string(),
  sdkAppId: z.string(),
  name: z.string(),
  accountId: z.string(),
  accountName: z.string(),
  uin: z.string(),
  reason: z.string(),
  people: countColumn,
  mails: countColumn,
});
type Row = Omit<z.output<typeof appRow>, "cursor">;
const totalsRow = z.object({ found: countColumn, unreachedAccounts: countColumn });

export type AudienceApp = Awaited<ReturnType<typeof listAudience>>["rows"][number];

/**
 * The apps a notice concerns, by SDKAppID, 50 a page: why each is in it, and whether the
 * people of its account can be reached. `search` finds part of a name, the beginning of a UIN or
 * SDKAppID; `unreached` keeps the accounts that no mail reaches. @throws NotFound
 */
export const listAudience = query({
  may: "notice.readDrafts",
  input: z.object({
    noticeId: uuid,
    search: searchText,
    ...pageInput,
    unreached: z.boolean().default(false),
  }),

  async run({ db }, { noticeId, search, page, unreached }) {
    const subject = await findWithIncident(db, noticeId);
    const apps = await appsOfNotice(db, subject.notice);
    const found = sql`
      with concerned as materialized (${apps}),
      told as materialized (${peopleOfAccounts(readersOfNotice(subject.notice, visibilityOf(subject)))}),
      reach as materialized (
        select c.account_id, count(t.user_id)::int as people,
          count(t.user_id) filter (where s.address is null)::int as mails
        from (select distinct account_id from concerned) c
        left join told t on t.account_id = c.account_id
        left join users u on u.id = t.user_id
        left join suppressions s on s.address = u.email
        group by c.account_id
      ),
      found as (
        select p.sdk_app_id as "sdkAppId", p.name, a.id as "accountId", a.name as "accountName", a.uin, c.reason,
          r.people, r.mails
        from concerned c
        join apps p on p.id = c.app_id
        join accounts a on a.id = c.account_id
        join reach r on r.account_id = c.account_id
        where ${unreached ? sql`r.mails = 0` : sql`true`} and ${matching(search)}
      )`;
    const list = { keys: [up("text", sql`"sdkAppId"`)], size: PAGE, page };
    const { rows, ...turns } = await readPage(
      list,
      (slice) =>
        readRows(db, appRow)`
        ${found} select *, ${slice.cursor} as cursor from found
        where ${slice.beyond} order by ${slice.order} limit ${slice.limit}`,
    );
    const totals = await readOneRow(db, totalsRow)`
      ${found} select (select count(*)::int from found) as found,
        (select count(*)::int from reach where mails = 0) as "unreachedAccounts"`;
    return {
      /** How many apps the search finds, and how many of all accounts no mail reaches. */
      ...totals,
      rows: rows.map(rowOf),
      ...turns,
    };
  },
});

const rowOf = (row: Row) => ({
  sdkAppId: row.sdkAppId,
  name: row.name,
  accountId: row.accountId,
  accountName: row.accountName,
  uin: row.uin,
  reason: readReason(row.reason),
  people: row.people,
  /** Why nobody of the account gets a mail; null where somebody does. */
  unreached: unreachedBecause(row),
});

function unreachedBecause({ people, mails }: Row): "nobody" | "suppressed" | null {
  if (people === 0) return "nobody";
  return mails === 0 ? "suppressed" : null;
}

function matching(search: string): SQL {
  if (!search) return sql`true`;
  const literal = search.normalize("NFKC").replaceAll(/[\\%_]/g, "\\$&");
  return sql`(
    p.name ilike ${`%${literal}%`} or a.name ilike ${`%${literal}%`}
    or a.uin like ${`${literal}%`} or p.sdk_app_id like ${`${literal}%`})`;
}
