import { sql } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import { ADVISED_ROLES, type Locale, type Severity } from "@/db/vocabulary";

import { person } from "../access/permissions";
import type { Actor } from "../context";
import { query } from "../query";
import { doneFor, sameAdvice } from "./advice";
import { currentOf, type PublishedNotice, publishedOf } from "./published";

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
 * duty and the newest first (P22).
 */
export const listOpenAdvice = query({
  may: "notice.followAdvice",
  input: z.object({}),

  async run({ db, actor }): Promise<OpenAdvice[]> {
    const accountIds = person(actor)
      .memberships.filter(({ role }) => ADVISED_ROLES.some((one) => one === role))
      .map(({ accountId }) => accountId);
    const own = sql`${sql.param(accountIds)}::uuid[]`;
    const { rows } = await db.execute<{ incident_id: string }>(sql`
      select distinct n.incident_id from notice_targets g join notices n on n.id = g.notice_id
      where g.account_id = any(${own}) and n.incident_id is not null`);
    const found = await Promise.all(
      rows.map(({ incident_id: incidentId }) => progressOf(db, actor, { incidentId, accountIds })),
    );
    return found
      .filter((one) => one !== null)
      .toSorted(
        (a, b) =>
          Number(b.isRequired) - Number(a.isRequired) ||
          b.publishedAt.getTime() - a.publishedAt.getTime(),
      );
  },
});

type Stand = { incidentId: string; accountIds: readonly string[] };

async function progressOf(
  db: Db | Tx,
  actor: Actor,
  { incidentId, accountIds }: Stand,
): Promise<OpenAdvice | null> {
  const notices = await publishedOf(db, actor, incidentId);
  const current = currentOf(notices);
  if (!current || current.facts.parts.actionability === "information") return null;
  const appIds = await openApps(db, { noticeId: current.id, accountIds });
  const items = current.facts.parts.adviceDevelopers.length * appIds.length;
  const done = await countDone(db, { notices, current, appIds });
  if (done >= items) return null;
  const { incidentNumber: number, title, severity, parts } = current.facts;
  return {
    ...{ number, title, severity, items, done },
    isRequired: parts.actionability === "required",
    apps: appIds.length,
    publishedAt: current.publishedAt,
  };
}

async function openApps(
  db: Db | Tx,
  { noticeId, accountIds }: { noticeId: string; accountIds: readonly string[] },
): Promise<string[]> {
  const { rows } = await db.execute<{ app_id: string }>(sql`
    select g.app_id from notice_targets g join apps p on p.id = g.app_id and p.closed_at is null
    where g.notice_id = ${noticeId}
      and g.account_id = any(${sql.param([...accountIds])}::uuid[])`);
  return rows.map((row) => row.app_id);
}

type Counting = {
  notices: readonly PublishedNotice[];
  current: PublishedNotice;
  appIds: readonly string[];
};

async function countDone(db: Db | Tx, { notices, current, appIds }: Counting): Promise<number> {
  const done = await doneFor(db, { noticeIds: notices.map(({ id }) => id), appIds });
  return current.facts.parts.adviceDevelopers.reduce((sum, _, item) => {
    const places = sameAdvice(notices, { notice: current, item });
    const apps = done.filter((one) =>
      places.some((place) => place.noticeId === one.noticeId && place.item === one.item),
    );
    return sum + new Set(apps.map(({ appId }) => appId)).size;
  }, 0);
}
