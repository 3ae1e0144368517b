import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import { ADVISED_ROLES } from "@/db/vocabulary/access";
import type { Severity } from "@/db/vocabulary/incidents";
import type { Locale } from "@/db/vocabulary/languages";

import { person } from "../access/permissions";
import { query } from "../query";
import { countColumn, readRows } from "../rows";
import { sameAdvice } from "./advice";
import { currentOf, type PublishedNotice, publishedNoticesOf } from "./published-notices";

export type OpenAdvice = {
  number: string;
  title: Partial<Record<Locale, string>>;
  severity: Severity;
  isRequired: boolean;
  /** Open apps of the reader's accounts that the incident concerns. */
  apps: number;
  /** Every advice for every one of these apps: how many there are, how many are done. */
  items: number;
  done: number;
  publishedAt: Date;
  /** An account of the reader's was told and the incident is not closed: a banner stands on every page (P18). */
  stands: boolean;
  /** The notice whose banner the reader has yet to see; null where it was seen, or no message told them. */
  unseenNoticeId: string | null;
};

/**
 * The incidents whose advice the reader still has to follow for apps of their accounts, the gravest
 * duty and the newest first (P22); with `ofOthers` also what only their colleagues may tick off.
 */
export const listOpenAdvice = query({
  may: "notice.followAdvice",
  input: z.object({ ofOthers: z.boolean().default(false) }),

  async run({ db, actor }, { ofOthers }): Promise<OpenAdvice[]> {
    const accountIds = person(actor)
      .memberships.filter(({ role }) => ofOthers || ADVISED_ROLES.some((one) => one === role))
      .map(({ accountId }) => accountId);
    if (accountIds.length === 0) return [];
    const own = sql`${sql.param(accountIds)}::uuid[]`;
    const notices = await publishedNoticesOf(db, actor, concerning(own));
    const incidents = new Set(notices.map(({ facts }) => facts.incidentId));
    const open = [...incidents].flatMap((id) => {
      const ofOne = notices.filter(({ facts }) => facts.incidentId === id);
      const current = currentOf(ofOne);
      // No banner stands over what did not happen, and none of its advice waits.
      const isOpen = current && !current.withdrawn && !current.facts.rehearsal;
      return isOpen && current.facts.parts.actionability !== "information"
        ? [{ notices: ofOne, current }]
        : [];
    });
    if (open.length === 0) return [];
    const reader = { own, id: person(actor).id };
    const [apps, done] = await Promise.all([countApps(db, open, reader), countDone(db, open, own)]);
    return apps
      .flatMap((count) => {
        const current = open.find((one) => one.current.id === count.noticeId)?.current;
        const ticked = done.find(({ noticeId }) => noticeId === count.noticeId)?.count ?? 0;
        const progress = current && progressOf(current, count, ticked);
        return progress ? [progress] : [];
      })
      .toSorted(
        (a, b) =>
          Number(b.isRequired) - Number(a.isRequired) ||
          b.publishedAt.getTime() - a.publishedAt.getTime(),
      );
  },
});

/** The incidents of which any notice was aimed at these accounts. */
const concerning = (own: SQL) => sql`any(array(
  select n.incident_id from notice_targets g join notices n on n.id = g.notice_id
  where g.account_id = any(${own}) and n.incident_id is not null))`;

const countRow = z.object({ noticeId: z.string(), count: countColumn });
const appsRow = countRow.extend({ stands: z.boolean(), isUnseen: z.boolean() });
type Incident = { notices: readonly PublishedNotice[]; current: PublishedNotice };

/** How far the advice that holds now has come; null where nothing of it is open. */
function progressOf(
  current: PublishedNotice,
  { count: apps, stands, isUnseen }: z.output<typeof appsRow>,
  done: number,
): OpenAdvice | null {
  const { incidentNumber: number, title, severity, parts } = current.facts;
  const items = parts.adviceDevelopers.length * apps;
  if (done >= items) return null;
  return {
    ...{ number, title, severity, apps, items, done },
    isRequired: parts.actionability === "required",
    publishedAt: current.publishedAt,
    stands,
    unseenNoticeId: stands && isUnseen ? current.id : null,
  };
}

type Reader = { own: SQL; id: string };

/** How many of the reader's apps in use the notices that hold now concern, and whether these stand as banners. */
const countApps = (db: Db | Tx, open: readonly Incident[], { own, id }: Reader) =>
  readRows(db, appsRow)`
    select g.notice_id as "noticeId", count(*) as count,
      i.status <> 'closed' and bool_or(exists (
        select from notices told
        join broadcasts b on b.id = told.broadcast_id
        join notice_targets t on t.notice_id = told.id and t.account_id = g.account_id
        left join broadcast_waves w on w.broadcast_id = b.id and w.released_at is null
        where told.incident_id = i.id and case
          when w.broadcast_id is null then b.prepared_at is not null
          -- While the rest is held back, and where it never left, for who was told.
          else exists (
            select from deliveries o
            where o.broadcast_id = b.id and o.user_id = ${id} and o.channel = 'inbox') end
      )) as stands,
      exists (
        select from deliveries d
        where d.broadcast_id = n.broadcast_id and d.user_id = ${id} and d.channel = 'inbox'
          and d.banner_seen_at is null
      ) as "isUnseen"
    from notice_targets g
    join apps p on p.id = g.app_id and p.closed_at is null
    join notices n on n.id = g.notice_id
    join incidents i on i.id = n.incident_id
    where g.notice_id = any(${sql.param(open.map(({ current }) => current.id))}::uuid[])
      and g.account_id = any(${own})
    group by g.notice_id, n.id, i.id`;

/** How much of their advice is done for these apps, wherever the same advice was ticked off. */
function countDone(db: Db | Tx, open: readonly Incident[], own: SQL) {
  const places = open.flatMap(({ notices, current }) =>
    current.facts.parts.adviceDevelopers.flatMap((_, advice) =>
      sameAdvice(notices, { notice: current, item: advice }).map((place) => ({
        ...place,
        ...{ advice, currentId: current.id },
      })),
    ),
  );
  const column = (key: keyof (typeof places)[number]) => sql.param(places.map((one) => one[key]));
  return readRows(db, countRow)`
    select place.current_id as "noticeId", count(distinct (d.app_id, place.advice)) as count
    from unnest(
      ${column("currentId")}::uuid[], ${column("advice")}::int[],
      ${column("noticeId")}::uuid[], ${column("item")}::int[]
    ) as place (current_id, advice, notice_id, item)
    join advice_done d on d.notice_id = place.notice_id and d.item = place.item
    join notice_targets g on g.notice_id = place.current_id and g.app_id = d.app_id
    join apps p on p.id = g.app_id and p.closed_at is null
    where g.account_id = any(${own})
    group by place.current_id`;
}
