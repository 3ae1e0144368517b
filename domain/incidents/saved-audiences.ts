import { and, asc, desc, eq, isNull, type SQL, sql } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import {
  type AudienceRule,
  products,
  savedAudiences,
  savedAudienceVersions,
  users,
} from "@/db/schema";

import { NotFound } from "../errors";
import { pageInput, uuid } from "../input";
import { readPage, up } from "../page";
import { query } from "../query";
import { readRows } from "../rows";
import { changedApps } from "./app-changes";
import { affectedApps } from "./audience";
import { measureAudience } from "./measure-audience";

const MOST = 200;

/** The saved audiences in use, of one product or of all, each with its newest rule, by product and name. */
export const listSavedAudiences = query({
  may: "notice.readDrafts",
  input: z.object({ productId: uuid.optional() }),

  run: ({ db }, { productId }) =>
    newest(db)
      .where(
        and(
          isNull(savedAudiences.retiredAt),
          productId ? eq(savedAudiences.productId, productId) : undefined,
        ),
      )
      .orderBy(asc(products.slug), asc(savedAudiences.name), asc(savedAudiences.id))
      .limit(MOST),
});

/**
 * A saved audience with its newest rule, retired or not: exactly whom it finds now, which apps came and went
 * since somebody last looked, and who wrote each version, the newest first. @throws NotFound
 */
export const findSavedAudience = query({
  may: "notice.readDrafts",
  input: z.object({ audienceId: uuid }),

  async run({ db }, { audienceId }) {
    const audience = await newestOf(db, audienceId);
    const apps = await affectedApps(db, audience.rule);
    const [looked, versions] = [
      await lastLook(db, audienceId),
      await db
        .select({
          ...{ id: savedAudienceVersions.id, number: savedAudienceVersions.number },
          ...{ writtenAt: savedAudienceVersions.writtenAt, writerName: users.name },
        })
        .from(savedAudienceVersions)
        .innerJoin(users, eq(users.id, savedAudienceVersions.writtenBy))
        .where(eq(savedAudienceVersions.audienceId, audienceId))
        .orderBy(desc(savedAudienceVersions.number))
        .limit(MOST),
    ];
    return {
      ...audience,
      measured: await measureAudience(db, {
        apps,
        rule: audience.rule,
        readers: { contactsOnly: false, contacts: audience.rule.contacts },
      }),
      looked: {
        ...looked,
        changes: await changedApps(db, { since: appsLookedAt(audienceId), apps }),
      },
      versions,
    };
  },
});

/** From which version of which saved audience the rule of a notice is. */
export async function savedAudienceOf(db: Db | Tx, versionId: string | null) {
  if (!versionId) return null;
  const [audience] = await db
    .select({
      ...{ id: savedAudiences.id, name: savedAudiences.name },
      number: savedAudienceVersions.number,
    })
    .from(savedAudienceVersions)
    .innerJoin(savedAudiences, eq(savedAudiences.id, savedAudienceVersions.audienceId))
    .where(eq(savedAudienceVersions.id, versionId));
  return audience ?? null;
}

const appRow = z.object({
  ...{ cursor: z.string(), sdkAppId: z.string(), name: z.string() },
  ...{ accountName: z.string(), uin: z.string(), reason: z.string() },
});
const APPS = 400;

/** The apps that a saved audience finds now, each with why, by SDKAppID, 400 a page, for a file. @throws NotFound */
export const exportAudienceApps = query({
  may: "notice.readDrafts",
  input: z.object({ audienceId: uuid, ...pageInput }),

  async run({ db }, { audienceId, page }) {
    const { rule } = await newestOf(db, audienceId);
    const apps = await affectedApps(db, rule);
    return readPage(
      { keys: [up("text", sql`p.sdk_app_id`)], size: APPS, page },
      (slice) => readRows(db, appRow)`
        select ${slice.cursor} as cursor, p.sdk_app_id as "sdkAppId", p.name, a.name as "accountName",
          a.uin, c.reason
        from (${apps}) c join apps p on p.id = c.app_id join accounts a on a.id = c.account_id
        where ${slice.beyond} order by ${slice.order} limit ${slice.limit}`,
    );
  },
});

/** The apps that a saved audience found when somebody last looked, as rows (app_id). */
const appsLookedAt = (audienceId: string): SQL => sql`
  select unnest(looked_apps) as app_id from saved_audiences where id = ${audienceId}`;

async function lastLook(db: Db | Tx, audienceId: string) {
  const [look] = await db
    .select({ at: savedAudiences.lookedAt, byName: users.name })
    .from(savedAudiences)
    .innerJoin(users, eq(users.id, savedAudiences.lookedBy))
    .where(eq(savedAudiences.id, audienceId));
  if (!look) throw new NotFound("errors.notFound");
  return look;
}

/** A saved audience with its newest rule. @throws NotFound */
export async function newestOf(db: Db | Tx, audienceId: string) {
  const [audience] = await newest(db).where(eq(savedAudiences.id, audienceId));
  if (!audience) throw new NotFound("errors.notFound");
  return audience;
}

/** The ids of the apps that a rule finds now. */
export async function idsFoundBy(db: Db | Tx, rule: AudienceRule): Promise<SQL> {
  return sql`array(select app_id from (${await affectedApps(db, rule)}) as found order by app_id)`;
}

const newest = (db: Db | Tx) =>
  db
    .select({
      ...{ id: savedAudiences.id, name: savedAudiences.name, retiredAt: savedAudiences.retiredAt },
      productId: savedAudiences.productId,
      product: { "zh-CN": products.nameZh, en: products.nameEn },
      versionId: savedAudienceVersions.id,
      number: savedAudienceVersions.number,
      rule: savedAudienceVersions.rule,
      writtenAt: savedAudienceVersions.writtenAt,
    })
    .from(savedAudiences)
    .innerJoin(products, eq(products.id, savedAudiences.productId))
    .innerJoin(
      savedAudienceVersions,
      and(
        eq(savedAudienceVersions.audienceId, savedAudiences.id),
        sql`not exists (
          select from saved_audience_versions later
          where later.audience_id = ${savedAudiences.id} and later.number > ${savedAudienceVersions.number})`,
      ),
    )
    .$dynamic();
