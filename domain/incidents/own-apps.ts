import { sql } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import { ADVISED_ROLES, type MemberRole } from "@/db/vocabulary/access";

import { person } from "../access/permissions";
import type { Person } from "../context";
import { NotFound } from "../errors";
import { query } from "../query";
import { readRows } from "../rows";
import { sameAdvice, type Tick, ticksOf } from "./advice";
import { currentOf, type PublishedNotice, publishedNoticesOf } from "./published-notices";
import { readReason } from "./audience-reason";

/** The most apps of each list that a page shows; the totals say how many there are. */
const SHOWN = 100;

const appRow = z.object({
  appId: z.string(),
  sdkAppId: z.string(),
  name: z.string(),
  accountId: z.string(),
  accountName: z.string(),
  isClosed: z.boolean(),
  reason: z.string().nullable(),
  wasNamed: z.boolean(),
});
type Row = z.output<typeof appRow>;

export type OwnStake = Awaited<ReturnType<typeof readOwnApps>>;
export type AffectedApp = OwnStake["affected"][number];

/**
 * What an incident means for the reader: the apps of the accounts they are a member or a verified
 * contact of, those the notice that holds now concerns, with the reason and the advice already
 * followed, and those it does not. @throws NotFound for an incident they may not read
 */
export const readOwnApps = query({
  may: "inbox.readOwn",
  input: z.object({ number: z.string().max(40) }),

  async run({ db, actor }, { number }) {
    const notices = await publishedNoticesOf(
      db,
      actor,
      sql`(select id from incidents where number = ${number})`,
    );
    const current = currentOf(notices);
    if (!current) throw new NotFound("errors.notFound");

    const reader = person(actor);
    const rows = await appsOf(db, { reader, current, notices });
    const affected = rows.filter(({ reason }) => reason !== null);
    const others = rows.filter(({ reason, isClosed }) => reason === null && !isClosed);
    const shown = affected.slice(0, SHOWN);
    const done = await ticksOf(db, {
      noticeIds: notices.map(({ id }) => id),
      appIds: shown.map(({ appId }) => appId),
    });
    return {
      noticeId: current.id,
      affectedCount: affected.length,
      affected: shown.map((row) => ({
        ...appOf(row),
        isClosed: row.isClosed,
        reason: readReason(row.reason ?? ""),
        mayFollow: !row.isClosed && mayFollow(roleIn(reader, row.accountId)),
        /** Each advice in its order, with who did it and when; null while it is open. */
        advice: adviceOf({ notices, current, done, appId: row.appId }),
      })),
      othersCount: others.length,
      others: others.slice(0, SHOWN).map((row) => ({
        ...appOf(row),
        wasNamed: row.wasNamed,
      })),
    };
  },
});

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

async function appsOf(db: Db | Tx, { reader, current, notices }: Stand): Promise<Row[]> {
  const ids = sql.param(notices.map(({ id }) => id));
  const accountIds = sql.param(reader.memberships.map(({ accountId }) => accountId));
  return readRows(db, appRow)`
    with own as (
      select unnest(${accountIds}::uuid[]) as account_id
      union
      select account_id from contacts
      where user_id = ${reader.id} and verified_at is not null and removed_at is null
    )
    select p.id as "appId", p.sdk_app_id as "sdkAppId", p.name, a.id as "accountId", a.name as "accountName",
      (p.closed_at is not null or a.closed_at is not null) as "isClosed", t.reason,
      exists (
        select from notice_targets e where e.app_id = p.id and e.notice_id = any(${ids}::uuid[])
      ) as "wasNamed"
    from own
    join accounts a on a.id = own.account_id
    join apps p on p.account_id = a.id
    join notices n on n.id = ${current.id} and n.product_id = p.product_id
    left join notice_targets t on t.notice_id = n.id and t.app_id = p.id
    order by a.name, p.sdk_app_id`;
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
