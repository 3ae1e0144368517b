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
    const own = sql`${sql.param(accountIds)}::uuid[]`;
    const notices = await publishedNoticesOf(db, actor, concerning(own));
    const incidents = new Set(notices.map(({ facts }) => facts.incidentId));
    const open = [...incidents].flatMap((id) => {
      const ofOne = notices.filter(({ facts }) => facts.incidentId === id);
      const current = currentOf(ofOne);
      const isOpen = current && !current.withdrawn;
      return isOpen && current.facts.parts.actionability !== "information"
        ? [{ notices: ofOne, current }]
        : [];
    });
    if (open.length === 0) return [];
    const [apps, done] = await Promise.all([countApps(db, open, own), countDone(db, open, own)]);
    return open
      .map(({ current }) => {
        const isIt = ({ noticeId }: Count) => noticeId === current.id;
        return progressOf(current, apps.find(isIt)?.count ?? 0, done.find(isIt)?.count ?? 0);
      })
      .filter((one) => one !== null)
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
type Count = z.output<typeof countRow>;
type Incident = { notices: readonly PublishedNotice[]; current: PublishedNotice };

/** How far the advice that holds now has come; null where nothing of it is open. */
function progressOf(current: PublishedNotice, apps: number, done: number): OpenAdvice | null {
  const { incidentNumber: number, title, severity, parts } = current.facts;
  const items = parts.adviceDevelopers.length * apps;
  if (done >= items) return null;
  return {
    ...{ number, title, severity, apps, items, done },
    isRequired: parts.actionability === "required",
    publishedAt: current.publishedAt,
  };
}

/** How many of the reader's apps in use the notices that hold now concern. */
const countApps = (db: Db | Tx, open: readonly Incident[], own: SQL) =>
  readRows(db, countRow)`
    select g.notice_id as "noticeId", count(*) as count
    from notice_targets g join apps p on p.id = g.app_id and p.closed_at is null
    where g.notice_id = any(${sql.param(open.map(({ current }) => current.id))}::uuid[])
      and g.account_id = any(${own})
    group by g.notice_id`;

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
