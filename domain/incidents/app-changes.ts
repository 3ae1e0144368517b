import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";

import { countColumn, readRows } from "../rows";

/** Apps that a report names; the rest is counted. */
const NAMED = 5;

export type AppChanges = {
  added: number;
  removed: number;
  /** SDKAppIDs, a few. */
  addedIds: string[];
  removedIds: string[];
};

const changedRow = z.object({
  isNew: z.boolean(),
  count: countColumn,
  ids: z.array(z.string()),
});

/** What has become of a notice's apps (rows app_id, …) since it was submitted. */
export const appChanges = (db: Db | Tx, noticeId: string, apps: SQL): Promise<AppChanges> =>
  changedApps(db, {
    since: sql`select unnest(app_ids) as app_id from notice_submissions where notice_id = ${noticeId}`,
    apps,
  });

/** Which of some apps (rows app_id, …) were not there before (`since`, rows app_id), and which are not any more. */
export async function changedApps(
  db: Db | Tx,
  { since, apps }: { since: SQL; apps: SQL },
): Promise<AppChanges> {
  const rows = await readRows(db, changedRow)`
    with now_concerned as (${apps}),
    before as (${since}),
    changed as (
      select coalesce(n.app_id, s.app_id) as app_id, s.app_id is null as is_new
      from now_concerned n full join before s on s.app_id = n.app_id
      where n.app_id is null or s.app_id is null
    )
    select c.is_new as "isNew", count(*)::int as count,
      (array_agg(p.sdk_app_id order by p.sdk_app_id))[1:${sql.raw(String(NAMED))}] as ids
    from changed c join apps p on p.id = c.app_id
    group by c.is_new`;
  const added = rows.find(({ isNew }) => isNew);
  const removed = rows.find(({ isNew }) => !isNew);
  return {
    added: added?.count ?? 0,
    removed: removed?.count ?? 0,
    addedIds: added?.ids ?? [],
    removedIds: removed?.ids ?? [],
  };
}

export const haveChanged = ({ added, removed }: AppChanges): boolean => added + removed > 0;
