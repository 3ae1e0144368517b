import { and, asc, desc, eq, isNotNull, lt, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import { broadcasts, incidents, notices, rehearsalReports, users } from "@/db/schema";
import type { RehearsalReport } from "@/db/schema/reach";
import { REHEARSAL_CAUSES } from "@/db/vocabulary/reach";
import { REFUSED_LIKE } from "@/db/vocabulary/routes";

import { NotFound } from "../errors";
import { pageInput } from "../input";
import { readPage, up } from "../page";
import { query } from "../query";
import { countColumn, momentColumn, readOneRow, readRows } from "../rows";

const PAGE = 50;
const named = z.object({ number: z.string().max(40) });
const seconds = z.coerce.number().nullable();

export type Rehearsal = Awaited<ReturnType<typeof readRehearsal>>;
export type RehearsedAccount = Awaited<ReturnType<typeof listRehearsed>>["rows"][number];

/**
 * What came of a rehearsal: as it was kept when it ended, or as it stands now; who wrote and approved what was
 * told; and the report of the rehearsal before. `hours`: after how many a real notice would have gone on to
 * somebody else. @throws NotFound also for a real incident
 */
export const readRehearsal = query({
  may: "notice.readDrafts",
  input: named.extend({ hours: z.int().min(1) }),

  async run({ db, now }, { number, hours }) {
    const [incident] = await db
      .select()
      .from(incidents)
      .where(and(eq(incidents.number, number), eq(incidents.isRehearsal, true)));
    if (!incident) throw new NotFound("errors.notFound");
    const { id: incidentId } = incident;
    const told = await toldOf(db, incidentId);
    const kept = await keptOf(db, incidentId);
    const at = { now, hours };
    const before = await rehearsalBefore(db, told[0]?.publishedAt ?? now);
    return {
      incident,
      told,
      kept: kept && { at: kept.keptAt, byName: kept.keeperName },
      report: kept?.report ?? (await measureRehearsal(db, { incidentId, ...at })),
      isUnderWay: told.some(({ status }) => status !== "finished"),
      before: before && {
        number: before.number,
        toldAt: before.toldAt,
        report:
          (await keptOf(db, before.id))?.report ??
          (await measureRehearsal(db, { incidentId: before.id, ...at })),
      },
    };
  },
});

/** What was told of it, by whose hand and word; the first first. */
function toldOf(db: Db | Tx, incidentId: string) {
  const approvers = alias(users, "approvers");
  return db
    .select({
      ...{ noticeId: notices.id, sequence: notices.sequence, type: notices.type },
      ...{ publishedAt: notices.publishedAt, broadcastId: broadcasts.id },
      ...{ status: broadcasts.status, authorName: users.name, approverName: approvers.name },
    })
    .from(notices)
    .innerJoin(broadcasts, eq(broadcasts.id, notices.broadcastId))
    .innerJoin(users, eq(users.id, notices.authorId))
    .leftJoin(
      approvers,
      sql`${approvers.id} = coalesce(${notices.approvedBy}, ${notices.sentAloneBy})`,
    )
    .where(and(eq(notices.incidentId, incidentId), isNotNull(notices.publishedAt)))
    .orderBy(asc(notices.sequence));
}

async function keptOf(db: Db | Tx, incidentId: string) {
  const [kept] = await db
    .select({
      ...{ report: rehearsalReports.report, keptAt: rehearsalReports.keptAt },
      keeperName: users.name,
    })
    .from(rehearsalReports)
    .innerJoin(users, eq(users.id, rehearsalReports.keptBy))
    .where(eq(rehearsalReports.incidentId, incidentId));
  return kept ?? null;
}

async function rehearsalBefore(db: Db | Tx, moment: Date) {
  const [before] = await db
    .select({ id: incidents.id, number: incidents.number, toldAt: notices.publishedAt })
    .from(notices)
    .innerJoin(incidents, eq(incidents.id, notices.incidentId))
    .where(
      and(
        ...[eq(incidents.isRehearsal, true), isNotNull(notices.broadcastId)],
        ...[eq(notices.sequence, 1), lt(notices.publishedAt, moment)],
      ),
    )
    .orderBy(desc(notices.publishedAt))
    .limit(1);
  return before ?? null;
}

const lineRow = z.object({
  ...{ cursor: z.string(), accountId: z.string(), accountName: z.string(), uin: z.string() },
  ...{ apps: countColumn, people: countColumn },
  /** After how many seconds: the first mail arrived, the first post of its own, and somebody opened the message. */
  ...{ mailed: seconds, posted: seconds, opened: seconds },
  /** Why nothing arrived; empty where something did. */
  causes: z.array(z.enum(REHEARSAL_CAUSES)),
});

/** The accounts that a rehearsal was to reach, those it did not reach first, then by name, 50 a page. @throws NotFound */
export const listRehearsed = query({
  may: "notice.readDrafts",
  input: named.extend(pageInput),

  async run({ db }, { number, page }) {
    const incidentId = await rehearsalId(db, number);
    const keys = [up("number", PLACE), ...[up("text", sql`a.name`), up("uuid", sql`a.id`)]];
    return readPage({ keys, size: PAGE, page }, ({ cursor, beyond, order, limit }) =>
      lineRows(db, {
        ...{ incidentId, cursor },
        which: sql`where ${beyond} order by ${order} limit ${limit}`,
      }),
    );
  },
});

/** All of them at once, in the same order: a file of pages would reckon all of them anew for each page. @throws NotFound */
export const exportRehearsed = query({
  may: "notice.readDrafts",
  input: named,

  async run({ db }, { number }) {
    const incidentId = await rehearsalId(db, number);
    return lineRows(db, {
      ...{ incidentId, cursor: sql`''` },
      which: sql`order by ${PLACE}, a.name, a.id`,
    });
  },
});

async function rehearsalId(db: Db | Tx, number: string): Promise<string> {
  const [incident] = await db
    .select({ id: incidents.id })
    .from(incidents)
    .where(and(eq(incidents.number, number), eq(incidents.isRehearsal, true)));
  if (!incident) throw new NotFound("errors.notFound");
  return incident.id;
}

type Lines = { incidentId: string; cursor: SQL; which: SQL };

const lineRows = (db: Db | Tx, { incidentId, cursor, which }: Lines) =>
  readRows(db, lineRow)`
    ${linesOf(incidentId)}
    select ${cursor} as cursor, a.id as "accountId", a.name as "accountName", a.uin, l.apps,
      l.people, l.mailed, l.posted, l.opened,
      case when ${IS_REACHED} then '{}' else l.causes end as causes
    from line l join accounts a on a.id = l.account_id ${which}`;

const IS_REACHED = sql`coalesce(l.mailed, l.posted, l.opened) is not null`;
const PLACE = sql`case when ${IS_REACHED} then 1 else 0 end`;

/**
 * `told`, its broadcasts; `mail`, its mails and messages, and `post`, each with the seconds until they arrived;
 * `line`, one for each account its notices concerned. Whoever came with a second wave is reckoned from then.
 */
const linesOf = (incidentId: string): SQL => sql`
  with told as (
    select b.id, n.id as notice_id, b.started_at, w.released_at
    from notices n join broadcasts b on b.id = n.broadcast_id
    left join broadcast_waves w on w.broadcast_id = b.id
    where n.incident_id = ${incidentId}
  ), mail as (
    select d.*, extract(epoch from d.settled_at - ${since("d")}) as took,
      extract(epoch from d.read_at - ${since("d")}) as opened,
      d.status in ('delivered', 'complained', 'placed') as arrived
    from deliveries d join told on told.id = d.broadcast_id
  ), post as (
    select p.*, e.channel, e.account_id, extract(epoch from p.settled_at - ${since("p")}) as took,
      p.status = 'delivered' as arrived
    from dispatches p join told on told.id = p.broadcast_id join endpoints e on e.id = p.endpoint_id
  ), line as materialized (
    select t.account_id, t.apps, coalesce(m.people, 0) as people, m.mailed, m.opened, x.posted,
      case when m.people is null then '{nobody}' else m.causes end as causes
    from (
      select g.account_id, count(distinct g.app_id) as apps
      from notice_targets g join told on told.notice_id = g.notice_id group by g.account_id
    ) t
    left join (
      select one.account_id, count(distinct user_id) as people,
        min(took) filter (where channel = 'email' and arrived) as mailed, min(opened) as opened,
        coalesce(array_agg(distinct case when status in ('queued', 'sent', 'unknown', 'unconfirmed')
          then 'unconfirmed' when reason like ${REFUSED_LIKE} then 'no_route' else status end) filter (where channel = 'email' and not arrived), '{}') as causes
      from mail cross join unnest(account_ids) as one(account_id) group by one.account_id
    ) m on m.account_id = t.account_id
    left join (
      select account_id, min(took) filter (where arrived) as posted from post group by account_id
    ) x on x.account_id = t.account_id
  )`;

const since = (row: string): SQL =>
  sql.raw(
    `case when ${row}.created_at >= told.released_at then told.released_at else told.started_at end`,
  );

const totalsRow = z.object({
  ...{ apps: countColumn, accounts: countColumn, people: countColumn },
  ...{ reached: countColumn, opened: countColumn, openedWithin: countColumn },
  ...{ median: seconds, ninetieth: seconds, wouldTask: countColumn },
  ...{ unopened: countColumn, unopenedTwice: countColumn, toldAt: momentColumn.nullable() },
});
const channelRow = z.object({
  ...{ channel: z.string(), all: countColumn, arrived: countColumn, failed: countColumn },
  ...{ median: seconds, ninetieth: seconds },
});
const causeRow = z.object({ cause: z.enum(REHEARSAL_CAUSES), accounts: countColumn });

type Measuring = { incidentId: string; now: Date; hours: number };

/** What a rehearsal has shown by now. */
export async function measureRehearsal(
  db: Db | Tx,
  { incidentId, now, hours }: Measuring,
): Promise<RehearsalReport> {
  const limit = sql`${hours * 3600}::int`;
  const totals = await readOneRow(db, totalsRow)`
    ${linesOf(incidentId)}
    select coalesce(sum(l.apps), 0) as apps, count(*) as accounts,
      (select count(distinct user_id) from mail) as people, (select min(started_at) from told) as "toldAt",
      count(*) filter (where ${IS_REACHED}) as reached, count(l.opened) as opened,
      count(*) filter (where l.opened <= ${limit}) as "openedWithin",
      percentile_cont(0.5) within group (order by l.opened) as median,
      percentile_cont(0.9) within group (order by l.opened) as ninetieth,
      count(*) filter (where l.people = 0) as "wouldTask",
      count(*) filter (where l.opened is null or l.opened > ${limit}) as unopened,
      count(*) filter (where l.opened is null or l.opened > 2 * ${limit}) as "unopenedTwice"
    from line l`;
  const { toldAt, unopened, unopenedTwice, median, ninetieth, ...counts } = totals;
  const elapsed = toldAt ? (now.getTime() - toldAt.getTime()) / 3_600_000 : 0;
  return {
    ...counts,
    hours,
    toldAt: toldAt?.toISOString() ?? null,
    measuredAt: now.toISOString(),
    openedAfter: { median, ninetieth },
    channels: await channelsOf(db, incidentId),
    causes: await causesOf(db, incidentId),
    // What has not had its time yet would not have happened yet.
    wouldTellNext: elapsed >= hours ? unopened : null,
    wouldCall: elapsed >= 2 * hours ? unopenedTwice : null,
  };
}

/** How each channel did: how many arrived, after how long half of these, and nine of ten. */
function channelsOf(db: Db | Tx, incidentId: string) {
  return readRows(db, channelRow)`
    ${linesOf(incidentId)}
    select channel, count(*) as "all", count(*) filter (where arrived) as arrived,
      count(*) filter (where status in ('bounced', 'deferred', 'suppressed', 'failed')) as failed,
      percentile_cont(0.5) within group (order by took) filter (where arrived) as median,
      percentile_cont(0.9) within group (order by took) filter (where arrived) as ninetieth
    from (
      select channel, arrived, status, took from mail
      union all select channel, arrived, status, took from post
    ) sent
    group by channel order by (channel not in ('email', 'inbox')), channel`;
}

/** Why accounts were not reached, the most frequent first. */
const causesOf = (db: Db | Tx, incidentId: string) =>
  readRows(db, causeRow)`
    ${linesOf(incidentId)}
    select cause, count(*) as accounts from line l cross join unnest(l.causes) as cause
    where not ${IS_REACHED} group by cause order by accounts desc, cause`;
