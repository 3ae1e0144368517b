import { sql } from "drizzle-orm";
import { boolean, date, index, pgTable, primaryKey, uuid } from "drizzle-orm/pg-core";

import { at } from "../columns";
import { users } from "./access";
import { broadcasts } from "./broadcasts";

/** What somebody chose to be told of by mail. */
export type SubscriptionChoice = {
  /** Incidents of these products. */
  productIds: string[];
  announcements: boolean;
  /** New versions of these documents. */
  documentIds: string[];
};

/**
 * Somebody whose address asked to be told of what everybody may read, and confirmed it by a mail
 * (P53). Who ends it leaves no row.
 */
export const subscriptions = pgTable("subscriptions", {
  userId: uuid()
    .primaryKey()
    .references(() => users.id),
  /** What the links of its mails open it by, without signing in; it opens nothing else. */
  key: uuid().notNull().unique().defaultRandom(),
  productIds: uuid().array().notNull(),
  announcements: boolean().notNull(),
  documentIds: uuid().array().notNull(),
  confirmedAt: at().notNull(),
});

/**
 * What a person who wants such mails once a day together was told in the site, until a digest tells it by
 * mail (docs/decisions/083). Each stands in one digest at most: its row is written once and names it.
 */
export const digestItems = pgTable(
  "digest_items",
  {
    userId: uuid()
      .notNull()
      .references(() => users.id),
    broadcastId: uuid()
      .notNull()
      .references(() => broadcasts.id),
    since: at().notNull(),
    /** The broadcast that told it by mail; null while it waits. */
    digestId: uuid().references(() => broadcasts.id),
  },
  (t) => [
    primaryKey({ columns: [t.userId, t.broadcastId] }),
    index("digest_items_waiting")
      .on(t.since)
      .where(sql`digest_id is null`),
  ],
);

/**
 * What stands behind the mails that somebody may turn off: the key by which their links open the choice
 * of them without signing in, and the day of the last digest. Written with the first such mail.
 */
export const mailKeys = pgTable("mail_keys", {
  userId: uuid()
    .primaryKey()
    .references(() => users.id),
  /** It opens nothing else. */
  key: uuid().notNull().unique().defaultRandom(),
  /** The day, in Asia/Shanghai, whose digest they have had. */
  digestedOn: date(),
});
