import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";

import { person } from "../access/permissions";
import type { Actor } from "../context";
import { NotFound } from "../errors";
import { pageInput } from "../input";
import { readPage, up } from "../page";
import { query } from "../query";
import { countColumn, momentColumn, readRow, readRows } from "../rows";
import { currentOf, type PublishedNotice, publishedNoticesOf } from "./published-notices";

const PAGE = 50;
const BY_NAME = [up("text", sql`a.name`), up("text", sql`a.uin`)];

const momentsRow = {
  sentAt: momentColumn.nullable(),
  deliveredAt: momentColumn.nullable(),
  seenAt: momentColumn.nullable(),
};
const account = { uin: z.string(), name: z.string(), ...momentsRow };
const accountRow = z.object({ cursor: z.string(), ...account });
export type Downstream = Awaited<ReturnType<typeof listDownstream>>;

/**
 * When each of the reader's accounts that an incident concerns was told of it: their own duties towards
 * their users and authorities may begin with one of these moments. Which, the law says and not we.
 * By name, 50 a page.
 */
export const listDownstream = query({
  may: "inbox.readOwn",
  input: z.object({ number: z.string().max(40), ...pageInput }),

  async run({ db, actor }, { number, page }) {
    const told = await readableNotices(db, actor, number);
    return readPage(
      { keys: BY_NAME, size: PAGE, page },
      (slice) => readRows(db, accountRow)`
        select ${slice.cursor} as cursor, a.uin, a.name, moments.* from ${concerned(actor, told)}
        where ${slice.beyond} order by ${slice.order} limit ${slice.limit}`,
    );
  },
});

const appRow = z.object({ sdkAppId: z.string(), name: z.string(), all: countColumn });
const sheetRow = z.object({ id: z.string(), ...account });
/** A sheet names so many apps at most, and says how many there are. */
const MOST_APPS = 100;

export type FactSheet = Awaited<ReturnType<typeof findFactSheet>>;

/**
 * What an account may hand on of an incident: what holds now of what it was told, its apps that are
 * concerned, and its moments. @throws NotFound for an account that is not the reader's, or not concerned
 */
export const findFactSheet = query({
  may: "inbox.readOwn",
  input: z.object({ number: z.string().max(40), uin: z.string().max(40) }),

  async run({ db, actor, now }, { number, uin }) {
    const readable = await readableNotices(db, actor, number);
    const row = await readRow(db, sheetRow)`
      select a.id, a.uin, a.name, moments.* from ${concerned(actor, readable)} where a.uin = ${uin}`;
    if (!row) throw new NotFound("errors.notFound");
    const { id, ...one } = row;
    const told = await openTo(db, { accountId: id, notices: readable });
    const [current, newest] = [currentOf(told), told.at(-1)];
    if (!current || !newest) throw new NotFound("errors.notFound");
    const apps = await readRows(db, appRow)`
      select p.sdk_app_id as "sdkAppId", p.name, count(*) over () as "all"
      from notice_targets t join apps p on p.id = t.app_id
      where t.account_id = ${id} and t.notice_id = ${current.id}
      order by p.name, p.sdk_app_id limit ${MOST_APPS}`;
    return {
      account: one,
      apps: apps.map(({ sdkAppId, name }) => ({ sdkAppId, name })),
      hasMoreApps: apps.some(({ all }) => all > apps.length),
      number,
      /** What holds now of what it was told. */
      current: current.facts,
      falseAlarm: newest.withdrawn,
      madeAt: now,
    };
  },
});

/** @throws NotFound where nothing of it may be read */
async function readableNotices(db: Db | Tx, actor: Actor, number: string) {
  const told = await publishedNoticesOf(
    db,
    actor,
    sql`(select id from incidents where number = ${number})`,
  );
  // A rehearsal begins nobody's duty.
  if (told.length === 0 || told.some(({ facts }) => facts.rehearsal))
    throw new NotFound("errors.notFound");
  return told;
}

const targetRow = z.object({ noticeId: z.string() });
type Readable = { accountId: string; notices: readonly PublishedNotice[] };

/** What an account may hand on of what its reader reads: what concerned it, and what everybody reads. Of another account of theirs, nothing. */
async function openTo(db: Db | Tx, { accountId, notices }: Readable): Promise<PublishedNotice[]> {
  const ids = sql.param(notices.map(({ id }) => id));
  const rows = await readRows(db, targetRow)`
    select distinct notice_id as "noticeId" from notice_targets
    where account_id = ${accountId} and notice_id = any(${ids}::uuid[])`;
  const concerning = new Set(rows.map(({ noticeId }) => noticeId));
  return notices.filter(({ id, visibility }) => visibility === "public" || concerning.has(id));
}

/** The reader's accounts `a` of which an app was named in one of these notices, with their `moments`. */
function concerned(actor: Actor, told: readonly PublishedNotice[]): SQL {
  const { id: readerId, memberships } = person(actor);
  const own = sql.param(memberships.map(({ accountId }) => accountId));
  const ids = sql`${sql.param(told.map(({ id }) => id))}::uuid[]`;
  const broadcastIds = sql`array(
    select n.broadcast_id from notices n where n.id = any(${ids}) and n.broadcast_id is not null)`;
  return sql`(
      select unnest(${own}::uuid[]) as account_id
      union
      select account_id from contacts
      where user_id = ${readerId} and verified_at is not null and removed_at is null
    ) own
    join accounts a on a.id = own.account_id and exists (
      select from notice_targets t where t.account_id = own.account_id and t.notice_id = any(${ids}))
    cross join lateral (${momentsOf({ accountId: sql`a.id`, broadcastIds })}) moments`;
}

const TOLD = 500;
const BY_ACCOUNT = [up("uuid", sql`a.id`)];
const toldRow = z.object({ ...accountRow.shape, apps: countColumn });
const subjectRow = z.object({ subjectId: z.string() });

/**
 * The accounts that a notice of an incident concerned, with the moments of this one telling, 500 a page:
 * operations' copy of it. @throws NotFound for a broadcast of another kind
 */
export const exportToldAccounts = query({
  may: "broadcast.read",
  input: z.object({ broadcastId: z.uuid(), ...pageInput }),

  async run({ db }, { broadcastId, page }) {
    const found = await readRow(db, subjectRow)`
      select subject_id as "subjectId" from broadcasts
      where id = ${broadcastId} and kind = 'incident_notice'`;
    if (!found) throw new NotFound("errors.notFound");
    const broadcastIds = sql`array[${broadcastId}::uuid]`;
    return readPage(
      { keys: BY_ACCOUNT, size: TOLD, page },
      (slice) => readRows(db, toldRow)`
        select ${slice.cursor} as cursor, a.uin, a.name, c.apps, moments.*
        from (
          select account_id, count(*) as apps from notice_targets
          where notice_id = ${found.subjectId} group by account_id
        ) c join accounts a on a.id = c.account_id
        cross join lateral (${momentsOf({ accountId: sql`a.id`, broadcastIds })}) moments
        where ${slice.beyond} order by ${slice.order} limit ${slice.limit}`,
    );
  },
});

type Told = {
  /** The id of an account, and an array of ids of broadcasts. */
  accountId: SQL;
  broadcastIds: SQL;
};

/**
 * One row ("sentAt", "deliveredAt", "seenAt"): when broadcasts first left for an account, as a message
 * placed or a mail handed over; when a mail of them first arrived, by its provider's word; and when
 * somebody first opened the message. Of its members and contacts, also those who have left since: so a
 * telling to a million is not looked through.
 */
const momentsOf = ({ accountId, broadcastIds }: Told): SQL => sql`
  select min(case d.channel when 'inbox' then d.created_at else d.sent_at end) as "sentAt",
    min(d.settled_at) filter (where d.channel = 'email' and d.status = 'delivered') as "deliveredAt",
    min(d.read_at) as "seenAt"
  from (
    select m.user_id from members m where m.account_id = ${accountId}
    union select k.user_id from contacts k where k.account_id = ${accountId}
  ) people
  join deliveries d on d.user_id = people.user_id
    and d.broadcast_id = any(${broadcastIds}) and d.account_ids @> array[${accountId}]`;
