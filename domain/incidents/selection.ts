import { and, eq, inArray, type SQL, sql } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import {
  accounts,
  type AudienceRule,
  broadcasts,
  notices,
  policyDocuments,
  policyVersions,
} from "@/db/schema";
import type { RuleSummary } from "@/db/schema/incidents";
import { DECLARATION_TOPICS, PLATFORMS, REGIONS } from "@/db/vocabulary/accounts";
import { TOLD_BY_RULE } from "@/db/vocabulary/broadcasts";
import { HELD } from "@/db/vocabulary/waves";

import { may, membershipIn } from "../access/permissions";
import { proofsOf } from "../audit/proof";
import { NotFound } from "../errors";
import { uuid } from "../input";
import { query } from "../query";
import { momentColumn, readOneRow, readRows } from "../rows";
import { appsToldBy } from "./audience";
import { whyLeftOut } from "./judge-app";
import { ruleSummary } from "./reviewed-content";

const asked = z
  .object({ broadcastId: uuid })
  .and(z.union([z.object({ accountId: uuid }), z.object({ uin: z.string().trim().max(64) })]));

export type Selection = Awaited<ReturnType<typeof readSelection>>;
export type SelectedApp = Selection["apps"][number];

/** What became of the account; whoever waits for their wave, or was left out with it, was in the audience. */
export function outcomeIn({ isTold, isUnreached, isWaiting, isLeftOut }: Selection) {
  if (isTold) return "told";
  if (isUnreached) return "unreached";
  if (isWaiting) return "waiting";
  return isLeftOut ? "leftOut" : "notTold";
}

/**
 * Why an account was told something or was not: the rule as it was frozen, the account's apps as the
 * record holds them for that moment, and the rule held against each. `entries` are what of the record it
 * rests on. Of a change and of a notice or announcement; other tellings go to whom another one went.
 * Members ask of what they were told, who audits of anything. @throws NotFound
 */
export const readSelection = query({
  may: "evidence.take",
  input: asked,

  async run({ db, actor }, { broadcastId, ...which }) {
    const isAuditor = may(actor, "audit.read");
    const [account] = await db
      .select({
        id: accounts.id,
        uin: accounts.uin,
        name: accounts.name,
        closedAt: accounts.closedAt,
      })
      .from(accounts)
      .where("uin" in which ? eq(accounts.uin, which.uin) : eq(accounts.id, which.accountId));
    const ruled = account && (await ruleOf(db, broadcastId));
    if (!account || !ruled) throw new NotFound("errors.notFound");
    const outcome = await outcomeOf(db, { broadcastId, accountId: account.id });
    const { isTold } = outcome;
    if (!isAuditor) {
      membershipIn(actor, account.id);
      if (!isTold) throw new NotFound("errors.notFound");
    }
    const { at, rule, entries } = ruled;
    const isClosed = account.closedAt !== null && account.closedAt <= at;
    const registered = await appsAt(db, { accountId: account.id, at, rule });
    const apps = registered.map(({ entries: own, isOnRecord, name, ...app }) => ({
      ...{ name, sdkAppId: app.sdkAppId, isOnRecord, entries: own },
      leftOut: whyLeftOut({ ...app, isClosed: app.isClosed || isClosed }, rule),
    }));
    return {
      account,
      at,
      /** Lists of SDKAppIDs by how many they are and their hash: they name others as well. */
      rule: isAuditor ? ruleSummary(rule) : forMembers(ruleSummary(rule), registered),
      apps,
      isSelected: apps.some(({ leftOut }) => leftOut === null),
      ...outcome,
      entries: isAuditor
        ? entries
        : entries.filter(({ action }) => action !== "notice.audience_set"),
    };
  },
});

/** The proofs of what a selection rests on, as far as it is sealed. @throws NotFound, as above */
export const readSelectionProofs = query({
  may: "evidence.take",
  input: asked,

  async run(ctx, of) {
    const { apps, entries } = await readSelection(ctx, of);
    const all = [...entries, ...apps.flatMap((app) => app.entries)].map(({ seq }) => seq);
    return proofsOf(ctx.db, [...new Set(all)]);
  },
});

const FROZEN = [
  "version.approved",
  "notice.audience_set",
  "notice.approved",
  "notice.sent_alone",
  "broadcast.started",
] as const;
const entryRow = z.object({ seq: z.coerce.number(), action: z.enum(FROZEN), at: momentColumn });

/** Of what operations chose accounts by, its members learn what is said of theirs alone. */
const forMembers = (
  { tags, toldBy, ...rule }: RuleSummary,
  apps: readonly { tags: readonly string[] }[],
): RuleSummary => ({
  ...rule,
  ...(tags && { tags: tags.filter((tag) => apps.some((app) => app.tags.includes(tag))) }),
  ...(toldBy && { toldBy: { ...toldBy, name: {} } }),
});

/** The rule of a telling, the moment for which it was frozen, and what of the record says so. */
async function ruleOf(db: Db | Tx, broadcastId: string) {
  const [broadcast] = await db
    .select({ kind: broadcasts.kind, subjectId: broadcasts.subjectId, at: broadcasts.startedAt })
    .from(broadcasts)
    .where(and(eq(broadcasts.id, broadcastId), inArray(broadcasts.kind, TOLD_BY_RULE)));
  if (!broadcast) return null;
  const { kind } = broadcast;
  // What follows an announcement tells whom that one told, by its rule.
  const [followed] = await db
    .select({ id: notices.followsId })
    .from(notices)
    .where(eq(notices.id, broadcast.subjectId));
  const subjectId = followed?.id ?? broadcast.subjectId;
  const rule =
    kind === "policy_change" ? await everyAppOf(db, subjectId) : await audienceOf(db, subjectId);
  const entries = await readRows(db, entryRow)`
    (select seq, action, at from audit_entries
      where subject_type = 'notice' and subject_id = ${subjectId} and action = 'notice.audience_set'
      order by seq desc limit 1)
    union all
    select seq, action, at from audit_entries
    where subject_id = ${subjectId} and action in ('version.approved', 'notice.approved', 'notice.sent_alone')
      or subject_id = ${broadcastId} and action = 'broadcast.started'
    order by seq`;
  // An announcement that waits for its moment tells who it concerned when it was approved.
  const approved = entries.find(
    ({ action }) => action.startsWith("notice.") && action !== "notice.audience_set",
  );
  return rule && { rule, entries, at: approved?.at ?? broadcast.at };
}

/** A change concerns every app of the document's product. */
async function everyAppOf(db: Db | Tx, versionId: string): Promise<AudienceRule | null> {
  const [found] = await db
    .select({ productId: policyDocuments.productId })
    .from(policyVersions)
    .innerJoin(policyDocuments, eq(policyDocuments.id, policyVersions.documentId))
    .where(eq(policyVersions.id, versionId));
  const any = { platforms: [], versionRange: "", regions: [], apiOnly: false };
  return found ? { ...any, ...found, sdkAppIds: [], excludedSdkAppIds: [] } : null;
}

async function audienceOf(db: Db | Tx, noticeId: string): Promise<AudienceRule | null> {
  const [found] = await db
    .select({ audience: notices.audience })
    .from(notices)
    .where(eq(notices.id, noticeId));
  return found?.audience ?? null;
}

const outcomeRow = z.object({
  ...{ isTold: z.boolean(), isUnreached: z.boolean() },
  ...{ isWaiting: z.boolean(), isLeftOut: z.boolean() },
});

/**
 * Whether anybody was told for the account, whether it had nobody to tell, and whether its people wait for
 * their wave, or the rest was cancelled before it.
 */
const outcomeOf = (db: Db | Tx, of: { broadcastId: string; accountId: string }) =>
  readOneRow(db, outcomeRow)`
    select exists (
        select from deliveries d
        where d.broadcast_id = ${of.broadcastId} and d.reason is distinct from ${HELD}
          and d.account_ids @> array[${of.accountId}::uuid] and d.user_id in (
            select user_id from members where account_id = ${of.accountId}
            union select user_id from contacts where account_id = ${of.accountId})
      ) as "isTold",
      exists (
        select from unreached_accounts r
        where r.broadcast_id = ${of.broadcastId} and r.account_id = ${of.accountId}
      ) as "isUnreached",
      exists (
        select from audience_parts p
        where p.broadcast_id = ${of.broadcastId} and p.account_ids @> array[${of.accountId}::uuid]
      ) as "isWaiting",
      exists (
        select from deliveries d
        where d.broadcast_id = ${of.broadcastId} and d.reason = ${HELD}
          and d.account_ids @> array[${of.accountId}::uuid]
      ) as "isLeftOut"`;

const platforms = z.partialRecord(z.enum(PLATFORMS), z.string());
const appRow = z.object({
  sdkAppId: z.string(),
  name: z.string(),
  productId: z.string(),
  region: z.enum(REGIONS),
  apiOnly: z.boolean(),
  platforms,
  isClosed: z.boolean(),
  isOnRecord: z.boolean(),
  takesRehearsals: z.boolean(),
  declared: z.partialRecord(z.enum(DECLARATION_TOPICS), z.boolean()),
  tags: z.array(z.string()),
  wasTold: z.boolean(),
  entries: z.array(z.object({ seq: z.number(), action: z.string() })),
});

/**
 * The account's apps as they were registered at a moment, from the record; one of which the record holds
 * nothing (it came before the record, or was erased from it) as it is registered now.
 */
const appsAt = (
  db: Db | Tx,
  { accountId, at, rule }: { accountId: string; at: Date; rule: AudienceRule },
) => {
  const then = sql`${at.toISOString()}::timestamptz`;
  const last = (action: string) => sql`
    select e.seq, e.after from audit_entries e
    where e.subject_type = 'app' and e.subject_id = p.id::text and e.action = ${action} and e.at <= ${then}
    order by e.seq desc limit 1`;
  return readRows(db, appRow)`
    select coalesce(s.after ->> 'sdkAppId', p.sdk_app_id) as "sdkAppId",
      coalesce(s.after ->> 'name', p.name) as name,
      coalesce(s.after ->> 'productId', p.product_id::text) as "productId",
      coalesce(s.after ->> 'region', p.region) as region,
      coalesce((s.after ->> 'apiOnly')::boolean, p.api_only) as "apiOnly",
      coalesce(s.after -> 'platforms', (
        select jsonb_object_agg(f.platform, f.sdk_version) from app_platforms f where f.app_id = p.id
      ), '{}') as platforms,
      coalesce(c.seq > coalesce(s.seq, 0), (s.after ->> 'closed')::boolean, p.closed_at <= ${then}, false) as "isClosed",
      s.after is not null as "isOnRecord",
      coalesce((
        select (e.after ->> 'takes')::boolean from audit_entries e
        where e.subject_type = 'account' and e.subject_id = p.account_id::text
          and e.action = 'account.rehearsals_set' and e.at <= ${then}
        order by e.seq desc limit 1
      ), true) as "takesRehearsals",
      coalesce(d.declared, '{}') as declared, g.tags,
      ${rule.toldBy ? sql`p.id in (${appsToldBy(rule.toldBy.broadcastId)})` : sql`false`} as "wasTold",
      (select coalesce(jsonb_agg(jsonb_build_object('seq', one.seq, 'action', one.action) order by one.seq), '[]')
        from (
          select s.seq, 'app.saved' as action where s.seq is not null
          union all select c.seq, 'app.closed' where c.seq > coalesce(s.seq, 0)
          union all select g.seq, 'account.edited' where g.seq is not null and ${rule.tags !== undefined}::boolean
        ) one) as entries
    from apps p
    left join lateral (${last("app.saved")}) s on true
    left join lateral (${last("app.closed")}) c on true
    left join lateral (
      select jsonb_object_agg(t.topic, t.applies) as declared from (
        select distinct on (topic) topic, applies from app_declarations
        where app_id = p.id and declared_at <= ${then} order by topic, revision desc
      ) t
    ) d on true
    cross join (${tagsAt(accountId, then)}) g
    where p.account_id = ${accountId} and p.created_at <= ${then}
    order by p.sdk_app_id`;
};

/** The tags that an account had at a moment: as they were last entered until then, else as the next change found them, or as they are. */
const tagsAt = (accountId: string, then: SQL): SQL => {
  const entry = (side: SQL, order: SQL) => sql`
    select e.seq, array(select jsonb_array_elements_text(${side} -> 'tags')) as tags from audit_entries e
    where e.subject_type = 'account' and e.subject_id = ${accountId}
      and e.action in ('account.created', 'account.edited') and ${side} ? 'tags' and ${order} limit 1`;
  return sql`
    select last.seq, coalesce(last.tags, next.tags, a.tags) as tags
    from accounts a
    left join (${entry(sql`e.after`, sql`e.at <= ${then} order by e.seq desc`)}) last on true
    left join (${entry(sql`e.before`, sql`e.at > ${then} order by e.seq`)}) next on true
    where a.id = ${accountId}`;
};
