import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import { ADVISED_ROLES } from "@/db/vocabulary/access";
import type { Severity } from "@/db/vocabulary/incidents";
import type { Locale } from "@/db/vocabulary/languages";

import { person } from "../access/permissions";
import { query } from "../query";
import { readRows } from "../rows";
import { sameAdvice, type Tick, ticksOf } from "./advice";
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
      return current && current.facts.parts.actionability !== "information"
        ? [{ notices: ofOne, current }]
        : [];
    });
    const apps = await openApps(db, { noticeIds: open.map(({ current }) => current.id), own });
    const done = await ticksOf(db, {
      noticeIds: open.flatMap(({ notices: ofOne }) => ofOne.map(({ id }) => id)),
      appIds: apps.map(({ appId }) => appId),
    });
    return open
      .map((one) => progressOf(one, { apps, done }))
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

const targetRow = z.object({ noticeId: z.string(), appId: z.string() });
type Target = z.output<typeof targetRow>;
type Incident = { notices: readonly PublishedNotice[]; current: PublishedNotice };
type Stand = { apps: readonly Target[]; done: readonly Tick[] };

/** How far the advice that holds now has come; null where nothing of it is open. */
function progressOf({ notices, current }: Incident, stand: Stand): OpenAdvice | null {
  const appIds = stand.apps.flatMap(({ noticeId, appId }) =>
    noticeId === current.id ? [appId] : [],
  );
  const items = current.facts.parts.adviceDevelopers.length * appIds.length;
  const done = countDone({ notices, current }, { appIds, done: stand.done });
  if (done >= items) return null;
  const { incidentNumber: number, title, severity, parts } = current.facts;
  return {
    ...{ number, title, severity, items, done },
    isRequired: parts.actionability === "required",
    apps: appIds.length,
    publishedAt: current.publishedAt,
  };
}

type Aimed = { noticeIds: readonly string[]; own: SQL };

const openApps = (db: Db | Tx, { noticeIds, own }: Aimed) =>
  readRows(db, targetRow)`
    select g.notice_id as "noticeId", g.app_id as "appId"
    from notice_targets g join apps p on p.id = g.app_id and p.closed_at is null
    where g.notice_id = any(${sql.param([...noticeIds])}::uuid[]) and g.account_id = any(${own})`;

type Ticked = { appIds: readonly string[]; done: readonly Tick[] };

function countDone({ notices, current }: Incident, { appIds, done }: Ticked): number {
  return current.facts.parts.adviceDevelopers.reduce((sum, _, item) => {
    const places = sameAdvice(notices, { notice: current, item });
    const ticked = done.filter(
      (one) =>
        appIds.includes(one.appId) &&
        places.some((place) => place.noticeId === one.noticeId && place.item === one.item),
    );
    return sum + new Set(ticked.map(({ appId }) => appId)).size;
  }, 0);
}
