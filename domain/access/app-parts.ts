import { type SQL, sql } from "drizzle-orm";

import { up } from "../page";
import { moment, oldest, type Parts } from "./own-part";

const APP = { app: sql`p.name`, sdkAppId: sql`p.sdk_app_id` };
const ofApp = (table: SQL, alias: SQL): SQL =>
  sql`${table} ${alias} join apps p on p.id = ${alias}.app_id`;
/** A document's version as it is cited. */
export const version = (of: SQL): SQL => sql`(select d.slug || ' ' || v.label from policy_versions v
  join policy_documents d on d.id = v.document_id where v.id = ${of})`;

/** The apps of an account, and what its people said of them. */
export const appParts = (id: string): Parts => {
  const where = sql`p.account_id = ${id}`;
  return { ...appsPart(where), ...statedParts(where), ...policyParts(where) };
};

const appsPart = (where: SQL): Parts => ({
  apps: {
    tables: ["apps", "app_platforms"],
    columns: {
      ...{ ...APP, product: sql`(select slug from products o where o.id = p.product_id)` },
      ...{ apiOnly: sql`p.api_only`, servedIn: sql`p.region` },
      platforms: sql`array(select l.platform || ' ' || l.sdk_version
        from app_platforms l where l.app_id = p.id order by 1)`,
      ...{ createdAt: moment(sql`p.created_at`), closedAt: moment(sql`p.closed_at`) },
    },
    from: sql`apps p`,
    where,
    keys: [up("text", sql`p.sdk_app_id`)],
  },
});

const statedParts = (where: SQL): Parts => ({
  declarations: {
    tables: ["app_declarations"],
    columns: {
      ...{ ...APP, topic: sql`c.topic`, stated: sql`c.answer`, applies: sql`c.applies` },
      at: moment(sql`c.declared_at`),
    },
    from: ofApp(sql`app_declarations`, sql`c`),
    where,
    keys: oldest(sql`c.declared_at`, sql`c.id`),
  },
  stops: {
    tables: ["app_stops"],
    columns: {
      ...{ ...APP, place: sql`s.place`, appVersion: sql`s.app_version` },
      ...{ stoppedOn: sql`s.stopped_on::text`, at: moment(sql`s.stated_at`) },
    },
    from: ofApp(sql`app_stops`, sql`s`),
    where,
    keys: oldest(sql`s.stated_at`, sql`s.id`),
  },
});

const policyParts = (where: SQL): Parts => ({
  kitTakes: {
    tables: ["kit_takes"],
    columns: {
      ...{
        ...APP,
        version: version(sql`t.version_id`),
        locale: sql`t.locale`,
        words: sql`t.text`,
      },
      at: moment(sql`t.taken_at`),
    },
    from: ofApp(sql`kit_takes`, sql`t`),
    where,
    keys: oldest(sql`t.taken_at`, sql`t.id`),
    size: 200,
  },
  ownPolicies: {
    tables: ["own_policy_updates"],
    columns: {
      ...{ ...APP, version: version(sql`t.version_id`), url: sql`t.url` },
      ...{ updatedOn: sql`t.updated_on::text`, at: moment(sql`t.stated_at`) },
    },
    from: ofApp(sql`own_policy_updates`, sql`t`),
    where,
    keys: oldest(sql`t.stated_at`, sql`t.id`),
  },
  attestations: {
    tables: ["app_attestations"],
    columns: {
      ...{ ...APP, version: version(sql`t.version_id`), attestation: sql`t.kind` },
      ...{ locale: sql`t.locale`, points: sql`t.points`, at: moment(sql`t.attested_at`) },
    },
    from: ofApp(sql`app_attestations`, sql`t`),
    where,
    keys: oldest(sql`t.attested_at`, sql`t.id`),
  },
  adviceDone: {
    tables: ["advice_done"],
    columns: {
      ...APP,
      subjectId: sql`t.notice_id`,
      item: sql`t.item`,
      at: moment(sql`t.done_at`),
    },
    from: ofApp(sql`advice_done`, sql`t`),
    where,
    keys: [up("uuid", sql`t.notice_id`), up("uuid", sql`t.app_id`), up("number", sql`t.item`)],
  },
});
