import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import { ADVISED_ROLES, type MemberRole } from "@/db/vocabulary/access";

import { person } from "../access/permissions";
import type { Person } from "../context";
import { NotFound } from "../errors";
import { pageInput, searchText } from "../input";
import { readPage, type Turns, up } from "../page";
import { query } from "../query";
import { countColumn, readOneRow, readRows } from "../rows";
import { sameAdvice, type Tick, ticksOf } from "./advice";
import { currentOf, type PublishedNotice, publishedNoticesOf } from "./published-notices";
import { readReason, reasonForOwners } from "./audience-reason";

const PAGE = 50;
const BY_NAME = [up("text", sql`a.name`), up("text", sql`p.sdk_app_id`), up("uuid", sql`p.id`)];

const appRow = z.object({
  cursor: z.string(),
  appId: z.string(),
  sdkAppId: z.string(),
  name: z.string(),
  accountId: z.string(),
  accountName: z.string(),
  isClosed: z.boolean(),
  reason: z.string().nullable(),
  wasNamed: z.boolean(),
});
type Row = Omit<z.output<typeof appRow>, "cursor">;

export type OwnStake = Awaited<ReturnType<typeof readOwnApps>>;
export type AffectedApp = OwnStake["affected"][number];

/**
 * What an incident means for the reader: the apps of the accounts they are a member or a verified
 * contact of, those the notice that holds now concerns, with the reason and the advice already
 * followed, and those it does not, 50 of each a page, found by part of a name or the beginning of an
 * SDKAppID. The counts are of all. @throws NotFound for an incident they may not read
 */
export const readOwnApps = query({
  may: "inbox.readOwn",
  input: z.object({
    number: z.string().max(40),
    search: searchText,
    affected: pageInput.page,
    others: pageInput.page,
  }),

  async run({ db, actor }, { number, search, ...pages }) {
    const notices = await publishedNoticesOf(
      db,
      actor,
      sql`(select id from incidents where number = ${number})`,
    );
    const current = currentOf(notices);
    if (!current) throw new NotFound("errors.notFound");

    const reader = person(actor);
    const stand = { reader, current, notices };
    const [affected, others, counts] = await Promise.all([
      appsOf(db, stand, { side: IS_AFFECTED, search, page: pages.affected }),
      appsOf(db, stand, { side: IS_OTHER, search, page: pages.others }),
      countsOf(db, stand),
    ]);
    const done = await ticksOf(db, {
      noticeIds: notices.map(({ id }) => id),
      appIds: affected.rows.map(({ appId }) => appId),
    });
    return {
      noticeId: current.id,
      ...counts,
      search,
      affected: affected.rows.map((row) => ({
        ...appOf(row),
        isClosed: row.isClosed,
        reason: readReason(reasonForOwners(row.reason ?? "")),
        /** Owners keep their apps right, with the version they upgraded to. */
        mayEdit: !row.isClosed && roleIn(reader, row.accountId) === "owner",
        mayFollow: !row.isClosed && mayFollow(roleIn(reader, row.accountId)),
        /** Each advice in its order, with who did it and when; null while it is open. */
        advice: adviceOf({ notices, current, done, appId: row.appId }),
      })),
      others: others.rows.map((row) => ({ ...appOf(row), wasNamed: row.wasNamed })),
      turns: { affected: turnsOf(affected), others: turnsOf(others) },
    };
  },
});

const turnsOf = ({ previous, next }: Turns): Turns => ({ previous, next });

const appOf = (row: Row) => ({
  appId: row.appId,
  sdkAppId: row.sdkAppId,
  name: row.name,
  accountName: row.accountName,
});

const roleIn = ({ memberships }: Person, accountId: string): MemberRole | undefined =>
  memberships.find((membership) => membership.accountId === accountId)?.role;

const mayFollow = (role: MemberRole | undefined): boolean =>
  ADVISED_ROLES.some((one) => one === role);

type Stand = { reader: Person; current: PublishedNotice; notices: readonly PublishedNotice[] };

const IS_CLOSED = sql`(p.closed_at is not null or a.closed_at is not null)`;
const IS_AFFECTED = sql`t.reason is not null`;
const IS_OTHER = sql`(t.reason is null and not ${IS_CLOSED})`;

/** The reader's apps of the product, each with its place in the notice that holds now. */
function ownApps({ reader, current }: Stand): SQL {
  const accountIds = sql.param(reader.memberships.map(({ accountId }) => accountId));
  return sql`(
      select unnest(${accountIds}::uuid[]) as account_id
      union
      select account_id from contacts
      where user_id = ${reader.id} and verified_at is not null and removed_at is null
    ) own
    join accounts a on a.id = own.account_id
    join apps p on p.account_id = a.id
    join notices n on n.id = ${current.id} and n.product_id = p.product_id
    left join notice_targets t on t.notice_id = n.id and t.app_id = p.id`;
}

type Part = { side: SQL; search: string; page: string | undefined };

async function appsOf(db: Db | Tx, stand: Stand, { side, search, page }: Part) {
  const ids = sql.param(stand.notices.map(({ id }) => id));
  const literal = search.normalize("NFKC").replaceAll(/[\\%_]/g, "\\$&");
  return readPage(
    { keys: BY_NAME, size: PAGE, page },
    (slice) => readRows(db, appRow)`
      select ${slice.cursor} as cursor, p.id as "appId", p.sdk_app_id as "sdkAppId", p.name,
        a.id as "accountId", a.name as "accountName", ${IS_CLOSED} as "isClosed", t.reason,
        exists (
          select from notice_targets e where e.app_id = p.id and e.notice_id = any(${ids}::uuid[])
        ) as "wasNamed"
      from ${ownApps(stand)}
      where ${side} and ${slice.beyond}
        and (${literal} = '' or p.name ilike ${`%${literal}%`} or p.sdk_app_id ilike ${`${literal}%`})
      order by ${slice.order} limit ${slice.limit}`,
  );
}

const countsRow = z.object({
  affectedCount: countColumn,
  othersCount: countColumn,
  doneCount: countColumn,
});

/** How many apps there are of each kind, and how many of the advices for the affected ones are done. */
function countsOf(db: Db | Tx, stand: Stand) {
  const { current, notices } = stand;
  const places = current.facts.parts.adviceDevelopers.flatMap((_, item) =>
    sameAdvice(notices, { notice: current, item }).map((place) => ({ ...place, advice: item })),
  );
  const column = (key: "noticeId" | "item" | "advice") => sql.param(places.map((one) => one[key]));
  return readOneRow(db, countsRow)`
    with own_apps as (
      select p.id, ${IS_AFFECTED} as is_affected, ${IS_OTHER} as is_other from ${ownApps(stand)}
    )
    select count(*) filter (where is_affected) as "affectedCount",
      count(*) filter (where is_other) as "othersCount",
      (
        select count(distinct (d.app_id, place.advice)) from own_apps
        join advice_done d on d.app_id = own_apps.id
        join unnest(${column("noticeId")}::uuid[], ${column("item")}::int[], ${column("advice")}::int[])
          as place (notice_id, item, advice)
          on place.notice_id = d.notice_id and place.item = d.item
        where own_apps.is_affected
      ) as "doneCount"
    from own_apps`;
}

type Progress = {
  notices: readonly PublishedNotice[];
  current: PublishedNotice;
  done: readonly Tick[];
  appId: string;
};

function adviceOf({ notices, current, done, appId }: Progress) {
  return current.facts.parts.adviceDevelopers.map((_, item) => {
    const places = sameAdvice(notices, { notice: current, item });
    const entry = done.find(
      (one) =>
        one.appId === appId &&
        places.some((place) => place.noticeId === one.noticeId && place.item === one.item),
    );
    return entry ? { by: entry.by, at: entry.at } : null;
  });
}
