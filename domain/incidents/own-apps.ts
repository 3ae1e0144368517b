import { sql } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import { ADVISED_ROLES, type MemberRole } from "@/db/vocabulary/access";

import { person } from "../access/permissions";
import type { Person } from "../context";
import { NotFound } from "../errors";
import { query } from "../query";
import { type Done, doneFor, sameAdvice } from "./advice";
import { currentOf, type PublishedNotice, publishedNoticesOf } from "./published-notices";
import { readReason } from "./audience-reason";

/** The most apps of each list that a page shows; the totals say how many there are. */
const SHOWN = 100;

type Row = {
  app_id: string;
  sdk_app_id: string;
  name: string;
  account_id: string;
  account_name: string;
  is_closed: boolean;
  reason: string | null;
  was_named: boolean;
};

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
    const others = rows.filter(({ reason, is_closed }) => reason === null && !is_closed);
    const shown = affected.slice(0, SHOWN);
    const done = await doneFor(db, {
      noticeIds: notices.map(({ id }) => id),
      appIds: shown.map(({ app_id }) => app_id),
    });
    return {
      noticeId: current.id,
      affectedCount: affected.length,
      affected: shown.map((row) => ({
        ...named(row),
        isClosed: row.is_closed,
        reason: readReason(row.reason ?? ""),
        mayFollow: !row.is_closed && mayFollow(roleIn(reader, row.account_id)),
        /** Each advice in its order, with who did it and when; null while it is open. */
        advice: adviceOf({ notices, current, done, appId: row.app_id }),
      })),
      othersCount: others.length,
      others: others.slice(0, SHOWN).map((row) => ({
        ...named(row),
        /** An earlier notice named it. */
        wasNamed: row.was_named,
      })),
    };
  },
});

const named = (row: Row) => ({
  appId: row.app_id,
  sdkAppId: row.sdk_app_id,
  name: row.name,
  accountName: row.account_name,
});

const roleIn = ({ memberships }: Person, accountId: string): MemberRole | undefined =>
  memberships.find((membership) => membership.accountId === accountId)?.role;

const mayFollow = (role: MemberRole | undefined): boolean =>
  ADVISED_ROLES.some((one) => one === role);

type Stand = { reader: Person; current: PublishedNotice; notices: readonly PublishedNotice[] };

async function appsOf(db: Db | Tx, { reader, current, notices }: Stand): Promise<Row[]> {
  const ids = sql.param(notices.map(({ id }) => id));
  const accountIds = sql.param(reader.memberships.map(({ accountId }) => accountId));
  const { rows } = await db.execute<Row>(sql`
    with own as (
      select unnest(${accountIds}::uuid[]) as account_id
      union
      select account_id from contacts
      where user_id = ${reader.id} and verified_at is not null and removed_at is null
    )
    select p.id as app_id, p.sdk_app_id, p.name, a.id as account_id, a.name as account_name,
      (p.closed_at is not null or a.closed_at is not null) as is_closed, t.reason,
      exists (
        select from notice_targets e where e.app_id = p.id and e.notice_id = any(${ids}::uuid[])
      ) as was_named
    from own
    join accounts a on a.id = own.account_id
    join apps p on p.account_id = a.id
    join notices n on n.id = ${current.id} and n.product_id = p.product_id
    left join notice_targets t on t.notice_id = n.id and t.app_id = p.id
    order by a.name, p.sdk_app_id`);
  return rows;
}

type Progress = {
  notices: readonly PublishedNotice[];
  current: PublishedNotice;
  done: readonly Done[];
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
