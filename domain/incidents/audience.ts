import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import type { AudienceRule, Notice } from "@/db/schema";
import { HELD } from "@/db/vocabulary/waves";

import { readRows } from "../rows";
import { UNDECLARED, UNREADABLE } from "./audience-reason";
import { judge } from "./version-range";

const texts = (list: readonly string[]): SQL => sql`${sql.param([...list])}::text[]`;

/**
 * The open apps that a rule concerns, as a statement of rows (app_id, account_id, reason), so that a
 * hundred thousand never pass through this process. Platforms and `apiOnly` are ways of integration;
 * without any chosen all are meant. A range narrows the SDK's ways. What cannot be told from the data
 * (a version nobody can read, an app whose platforms are not known or that has not declared what the
 * rule asks) is counted in.
 */
export async function affectedApps(db: Db | Tx, rule: AudienceRule): Promise<SQL> {
  const named = rule.sdkAppIds.length > 0;
  return sql`
    select p.id as app_id, p.account_id, ${named ? sql`'named'` : sql`w.reason || s.reason || g.reason`} as reason
    from apps p
    join accounts a on a.id = p.account_id and a.closed_at is null
      and (a.takes_rehearsals or ${!rule.rehearsal}::boolean)
    ${named ? sql`` : sql`${await waysOf(db, rule)} ${saidBy(rule)} ${chosenBy(rule)}`}
    where p.product_id = ${rule.productId} and p.closed_at is null and ${!rule.undecided}::boolean
      ${named ? sql`and p.sdk_app_id = any(${texts(rule.sdkAppIds)})` : regions(rule)}
      and not exists (
        select from unnest(${texts(rule.excludedSdkAppIds)}) as excluded(id) where excluded.id = p.sdk_app_id
      )`;
}

type Aimed = Pick<Notice, "id" | "status" | "audience" | "followsId">;

/** An approved notice concerns what it concerned when it was approved; another what it finds now. */
export const appsOfNotice = async (db: Db | Tx, notice: Aimed): Promise<SQL> =>
  notice.status === "published" || notice.status === "scheduled"
    ? targetsOf(notice.id)
    : appsFound(db, notice);

/** The apps that a notice finds now: by its rule, or those of the announcement that it follows. */
export const appsFound = async (
  db: Db | Tx,
  { audience, followsId }: Pick<Aimed, "audience" | "followsId">,
): Promise<SQL> => (followsId ? targetsOf(followsId) : affectedApps(db, audience));

const targetsOf = (noticeId: string): SQL =>
  sql`select app_id, account_id, reason from notice_targets where notice_id = ${noticeId}`;

const regions = (rule: AudienceRule): SQL =>
  rule.regions.length === 0 ? sql`` : sql`and p.region = any(${texts(rule.regions)})`;

/** What an app says of itself where the rule asks for it: "; minors", "; eea undeclared". */
function saidBy({ declared = [] }: AudienceRule): SQL {
  if (declared.length === 0) return sql`cross join (values ('')) as s(reason)`;
  return sql`
    join lateral (
      select string_agg(
        '; ' || t.topic || case when d.applies then '' else ' ' || ${UNDECLARED} end, '' order by t.topic
      ) as reason
      from unnest(${texts(declared)}) as t(topic)
      left join lateral (
        select applies from app_declarations
        where app_id = p.id and topic = t.topic order by revision desc limit 1
      ) as d on true
      where d.applies is distinct from false
    ) as s on s.reason is not null`;
}

/** What its account was chosen by: "; tagged 金融, 教育", "; told". A tag holds neither ";" nor ",". */
function chosenBy({ tags = [], toldBy }: AudienceRule): SQL {
  const tagged =
    tags.length === 0
      ? sql`''`
      : sql`(select '; tagged ' || string_agg(t, ', ' order by t) from unnest(a.tags) as t where t = any(${texts(tags)}))`;
  // A join and no condition: a set of a million fits no hash of a condition, and would be gone through for each app.
  const told = toldBy ? sql`join (${appsToldBy(toldBy.broadcastId)}) as r on r.id = p.id` : sql``;
  return sql`
    ${told}
    join lateral (select ${tagged} || ${toldBy ? "; told" : ""}::text as reason) as g on g.reason is not null`;
}

/** The apps for which a broadcast has told somebody: of a notice its own, of a change all of its accounts'. */
export const appsToldBy = (broadcastId: string): SQL => sql`
  select told.id from apps told
  where told.account_id in (
      select unnest(d.account_ids) from deliveries d
      where d.broadcast_id = ${broadcastId} and d.reason is distinct from ${HELD})
    and not exists (
      select from broadcasts b join notices n on n.id = b.subject_id
      where b.id = ${broadcastId} and not exists (
        select from notice_targets t where t.notice_id = n.id and t.app_id = told.id))`;

async function waysOf(db: Db | Tx, rule: AudienceRule): Promise<SQL> {
  const { platforms, apiOnly, versionRange } = rule;
  const anyWay = platforms.length === 0 && !apiOnly;
  const bySdk = anyWay || platforms.length > 0;
  const byApi = apiOnly || (anyWay && versionRange === "");
  const { out, unreadable } = await judgeVersions(db, rule);
  return sql`
    join (
      select f.app_id,
        string_agg(
          f.platform || ' ' || f.sdk_version || case when u.version is null then '' else ' ' || ${UNREADABLE} end,
          ', ' order by f.platform
        ) as reason
      from app_platforms f
      left join unnest(${texts(out)}) as o(version) on o.version = f.sdk_version
      left join unnest(${texts(unreadable)}) as u(version) on u.version = f.sdk_version
      where ${bySdk}::boolean and o.version is null
        ${platforms.length > 0 ? sql`and f.platform = any(${texts(platforms)})` : sql``}
      group by f.app_id
      union all
      select b.id, case when b.api_only then 'api' else 'unknown' end
      from apps b
      where (case when b.api_only then ${byApi}::boolean else ${bySdk}::boolean end)
        and not exists (select from app_platforms f where f.app_id = b.id)
    ) as w on w.app_id = p.id`;
}

/**
 * Holds every version in use against the range, each once: there are few versions and many apps. Only
 * what lies outside is left out, so a version that appears meanwhile is in.
 */
async function judgeVersions(db: Db | Tx, { productId, versionRange }: AudienceRule) {
  if (versionRange === "") return { out: [], unreadable: [] };
  const rows = await readRows(db, z.object({ version: z.string() }))`
    select distinct f.sdk_version as version
    from app_platforms f join apps p on p.id = f.app_id
    where p.product_id = ${productId} and p.closed_at is null`;
  const judged = rows.map(({ version }) => ({ version, verdict: judge(version, versionRange) }));
  const those = (wanted: string) =>
    judged.filter(({ verdict }) => verdict === wanted).map(({ version }) => version);
  return { out: those("out"), unreadable: those("unreadable") };
}
