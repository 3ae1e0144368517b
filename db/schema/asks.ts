import { sql } from "drizzle-orm";
import {
  check,
  date,
  index,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
} from "drizzle-orm/pg-core";

import { at, id } from "../columns";
import { STOP_PLACES } from "../vocabulary/accounts";
import { LOCALES } from "../vocabulary/languages";
import { ASK_SIDES, ASK_TASKS, ATTESTATIONS } from "../vocabulary/policies";
import { users } from "./access";
import { accounts, apps } from "./accounts";
import { policyVersions } from "./policies";

const asked = () => ({
  versionId: uuid()
    .notNull()
    .references(() => policyVersions.id),
  accountId: uuid()
    .notNull()
    .references(() => accounts.id),
});

/** Somebody who may bind an account chose the day on which to be asked again; the latest counts. */
export const askDeferrals = pgTable(
  "ask_deferrals",
  {
    id: id(),
    ...asked(),
    userId: uuid()
      .notNull()
      .references(() => users.id),
    /** The day in Asia/Shanghai, before the version takes effect. */
    until: date({ mode: "string" }).notNull(),
    deferredAt: at().notNull(),
    /** When they were reminded on that day. */
    remindedAt: at(),
  },
  (t) => [
    index().on(t.versionId, t.accountId, t.deferredAt),
    index("ask_deferrals_waiting")
      .on(t.until)
      .where(sql`reminded_at is null`),
  ],
);

/** Operations ask an account no longer, with the reason. An answer may still be given and then counts. */
export const askWaivers = pgTable(
  "ask_waivers",
  {
    ...asked(),
    reason: text().notNull(),
    waivedBy: uuid()
      .notNull()
      .references(() => users.id),
    waivedAt: at().notNull(),
  },
  (t) => [primaryKey({ columns: [t.versionId, t.accountId] })],
);

/** What operations have to do about an account's answer, or about its silence; a person settles it with a note, an answer without. */
export const askTasks = pgTable(
  "ask_tasks",
  {
    id: id(),
    ...asked(),
    kind: text({ enum: ASK_TASKS }).notNull(),
    openedAt: at().notNull(),
    settledAt: at(),
    settledBy: uuid().references(() => users.id),
    /** What was agreed; gone with the account. */
    note: text(),
  },
  (t) => [
    unique().on(t.versionId, t.accountId, t.kind),
    index("ask_tasks_open")
      .on(t.openedAt, t.id)
      .where(sql`settled_at is null`),
    index("ask_tasks_settled")
      .on(t.settledAt, t.id)
      .where(sql`settled_at is not null`),
    check("ask_tasks_are_settled_with_a_day", sql`settled_at is not null or settled_by is null`),
  ],
);

/**
 * What operations and an account wrote to each other about the account's answer to a version; gone with
 * the account.
 */
export const askMessages = pgTable(
  "ask_messages",
  {
    id: id(),
    ...asked(),
    side: text({ enum: ASK_SIDES }).notNull(),
    userId: uuid()
      .notNull()
      .references(() => users.id),
    body: text().notNull(),
    writtenAt: at().notNull(),
  },
  (t) => [
    index().on(t.versionId, t.accountId, t.writtenAt),
    index().on(t.accountId),
    check("ask_messages_say_something", sql`btrim(body) <> ''`),
  ],
);

/** An account says of an app where it stopped collecting, since which of its versions and which day (P30); the latest per place counts. */
export const appStops = pgTable(
  "app_stops",
  {
    id: id(),
    appId: uuid()
      .notNull()
      .references(() => apps.id),
    place: text({ enum: STOP_PLACES }).notNull(),
    /** The app's version that was released without; "" for calls of an API. */
    appVersion: text().notNull(),
    stoppedOn: date({ mode: "string" }).notNull(),
    statedBy: uuid()
      .notNull()
      .references(() => users.id),
    statedAt: at().notNull(),
  },
  (t) => [index().on(t.appId, t.place, t.statedAt)],
);

/** Of an app, as one of its account's people says it, about a version. */
const said = () => ({
  id: id(),
  appId: uuid()
    .notNull()
    .references(() => apps.id),
  versionId: uuid()
    .notNull()
    .references(() => policyVersions.id),
});

/** The text that an app took for its own policy, word for word (P40): the next one is shown against the last. */
export const kitTakes = pgTable(
  "kit_takes",
  {
    ...said(),
    locale: text({ enum: LOCALES }).notNull(),
    text: text().notNull(),
    takenBy: uuid()
      .notNull()
      .references(() => users.id),
    takenAt: at().notNull(),
  },
  (t) => [index().on(t.appId, t.locale, t.takenAt)],
);

/** That an app's own policy speaks of a version: where it stands, since which day, or both (P40). */
export const ownPolicyUpdates = pgTable(
  "own_policy_updates",
  {
    ...said(),
    url: text(),
    /** The day in Asia/Shanghai on which the developer's policy was updated. */
    updatedOn: date({ mode: "string" }),
    statedBy: uuid()
      .notNull()
      .references(() => users.id),
    statedAt: at().notNull(),
  },
  (t) => [
    index().on(t.appId, t.statedAt),
    check("own_policies_have_an_address_or_a_day", sql`url is not null or updated_on is not null`),
  ],
);

/** That all points of a list hold for an app (P11, P12), of the text whose hash is named; the latest counts. */
export const appAttestations = pgTable(
  "app_attestations",
  {
    ...said(),
    kind: text({ enum: ATTESTATIONS }).notNull(),
    locale: text({ enum: LOCALES }).notNull(),
    textHash: text().notNull(),
    /** What was said of each point: its key, or the document's own words. */
    points: jsonb().$type<string[]>().notNull(),
    attestedBy: uuid()
      .notNull()
      .references(() => users.id),
    attestedAt: at().notNull(),
  },
  (t) => [index().on(t.appId, t.kind, t.attestedAt)],
);
