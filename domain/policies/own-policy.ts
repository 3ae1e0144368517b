import { and, desc, eq, isNotNull, type SQL, sql } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import { apps, kitTakes, ownPolicyUpdates, users } from "@/db/schema";
import { LOCALES } from "@/db/vocabulary/languages";

import { membershipIn, person } from "../access/permissions";
import { NotFound } from "../errors";
import { uuid } from "../input";
import { query } from "../query";
import { countColumn, momentColumn, readOneRow, readRows } from "../rows";
import { titlesColumn } from "./pending-answers";

/**
 * Of apps `p` the changes `v` that affect end users' rights and were announced while the app was there:
 * its own policy has to speak of them (P40). The newest of a document covers those before it.
 */
const affecting = (of: SQL): SQL => sql`
  select distinct on (p.id, v.document_id) p.id as app_id, p.name as app_name, p.account_id, v.id as version_id,
    v.document_id, v.label, v.effective_at, d.slug, d.title_zh, d.title_en
  from apps p
  join policy_documents d on d.product_id = p.product_id and d.discarded_at is null
  join policy_versions v on v.document_id = d.id and v.affects_end_users
    and v.status in ('scheduled', 'in_force', 'archived') and v.approved_at >= p.created_at
  where p.closed_at is null and ${of}
  order by p.id, v.document_id, v.effective_at desc`;

/** Whether somebody said of the app that its own policy speaks of `t`'s version, or a later one of its document. */
const IS_DONE = sql`exists (
  select from own_policy_updates u join policy_versions w on w.id = u.version_id
  where u.app_id = t.app_id and w.document_id = t.document_id and w.effective_at >= t.effective_at)`;

const taskRow = z.object({
  accountId: z.string(),
  accountName: z.string(),
  versionId: z.string(),
  label: z.string(),
  slug: z.string(),
  titles: titlesColumn,
  effectiveAt: momentColumn,
  count: countColumn,
  /** Where it is the only one. */
  appId: z.string(),
  appName: z.string(),
});
export type OwnPolicyTask = z.output<typeof taskRow>;

/** The reader's accounts with apps whose own policy does not yet speak of a change, by the day it takes effect. */
export const listOwnPolicyTasks = query({
  may: "policy.readOwnAnswers",
  input: z.object({}),

  async run({ db, actor }): Promise<OwnPolicyTask[]> {
    const accountIds = person(actor)
      .memberships.filter(({ role }) => role !== "viewer")
      .map(({ accountId }) => accountId);
    if (accountIds.length === 0) return [];
    return readRows(db, taskRow)`
      select a.id as "accountId", a.name as "accountName", t.version_id as "versionId", t.label, t.slug,
        json_build_object('zh-CN', t.title_zh, 'en', t.title_en) as titles, t.effective_at as "effectiveAt",
        count(*)::int as count, min(t.app_id::text) as "appId", min(t.app_name) as "appName"
      from (${affecting(sql`p.account_id = any(${sql.param(accountIds)}::uuid[])`)}) t
      join accounts a on a.id = t.account_id and a.closed_at is null
      where not ${IS_DONE}
      group by a.id, a.name, t.version_id, t.label, t.slug, t.title_zh, t.title_en, t.effective_at
      order by t.effective_at, a.id limit 50`;
  },
});

const openRow = z.object({
  versionId: z.string(),
  label: z.string(),
  slug: z.string(),
  titles: titlesColumn,
  effectiveAt: momentColumn,
});

/**
 * How the own policy of an app stands: what it still has to speak of, the text taken last in a
 * language, and what was said of it last. @throws NotFound for somebody else's app
 */
export const readOwnPolicy = query({
  may: "account.readOwn",
  input: z.object({ appId: uuid, locale: z.enum(LOCALES) }),

  async run({ db, actor }, { appId, locale }) {
    const [app] = await db.select().from(apps).where(eq(apps.id, appId));
    if (!app) throw new NotFound("errors.notFound");
    const { role } = membershipIn(actor, app.accountId);
    const [open, [taken], updates] = await Promise.all([
      readRows(db, openRow)`
        select t.version_id as "versionId", t.label, t.slug, t.effective_at as "effectiveAt",
          json_build_object('zh-CN', t.title_zh, 'en', t.title_en) as titles
        from (${affecting(sql`p.id = ${appId}`)}) t where not ${IS_DONE} order by t.effective_at`,
      db
        .select({ take: kitTakes, by: users.name })
        .from(kitTakes)
        .innerJoin(users, eq(users.id, kitTakes.takenBy))
        .where(and(eq(kitTakes.appId, appId), eq(kitTakes.locale, locale)))
        .orderBy(desc(kitTakes.takenAt))
        .limit(1),
      db
        .select({ update: ownPolicyUpdates, by: users.name })
        .from(ownPolicyUpdates)
        .innerJoin(users, eq(users.id, ownPolicyUpdates.statedBy))
        .where(eq(ownPolicyUpdates.appId, appId))
        .orderBy(desc(ownPolicyUpdates.statedAt))
        .limit(10),
    ]);
    return {
      app,
      mayState: role !== "viewer" && !app.closedAt,
      open,
      taken: taken ?? null,
      updates,
    };
  },
});

/**
 * Where the own policy of an app stands, as its account said last (P34, P40); null where nobody has.
 * @throws NotFound for somebody else's app
 */
export const readOwnPolicyAddress = query({
  may: "account.readOwn",
  input: z.object({ appId: uuid }),

  async run({ db, actor }, { appId }): Promise<string | null> {
    const [app] = await db
      .select({ accountId: apps.accountId, url: ownPolicyUpdates.url })
      .from(apps)
      .leftJoin(
        ownPolicyUpdates,
        and(eq(ownPolicyUpdates.appId, apps.id), isNotNull(ownPolicyUpdates.url)),
      )
      .where(eq(apps.id, appId))
      .orderBy(desc(ownPolicyUpdates.statedAt))
      .limit(1);
    if (!app) throw new NotFound("errors.notFound");
    membershipIn(actor, app.accountId);
    return app.url;
  },
});

const standingRow = z.object({ id: z.string(), waits: z.boolean() });

/**
 * The accounts that integrate a product: of how many an app's own policy still has to speak of the
 * version, and which are all the others.
 */
export async function accountsByTask(
  db: Db | Tx,
  { versionId, productId }: { versionId: string; productId: string },
): Promise<{ waiting: number; others: string[] }> {
  const rows = await readRows(db, standingRow)`
    with waiting as (
      select distinct t.account_id as id from (${affecting(sql`p.product_id = ${productId}`)}) t
      where t.version_id = ${versionId} and not ${IS_DONE}
    )
    select a.id, w.id is not null as waits
    from (select distinct account_id as id from apps where product_id = ${productId} and closed_at is null) a
    left join waiting w on w.id = a.id`;
  return {
    waiting: rows.filter(({ waits }) => waits).length,
    others: rows.flatMap(({ id, waits }) => (waits ? [] : [id])),
  };
}

const countRow = z.object({ apps: countColumn, updated: countColumn });

/** Of how many apps a version asks that their own policy speaks of it, and of how many that was said. */
export const countOwnPolicies = query({
  may: "policy.readCoverage",
  input: z.object({ versionId: uuid }),

  run: ({ db }, { versionId }) => readOneRow(db, countRow)`
    select count(*)::int as apps, (count(*) filter (where t.is_done))::int as updated
    from (
      select exists (
        select from own_policy_updates u join policy_versions w on w.id = u.version_id
        where u.app_id = p.id and w.document_id = v.document_id and w.effective_at >= v.effective_at
      ) as is_done
      from policy_versions v
      join policy_documents d on d.id = v.document_id
      join apps p on p.product_id = d.product_id and p.closed_at is null and p.created_at <= v.approved_at
      join accounts a on a.id = p.account_id and a.closed_at is null
      where v.id = ${versionId} and v.affects_end_users
        and v.status in ('scheduled', 'in_force', 'archived')
    ) t`,
});
