import { boolean, index, pgTable, primaryKey, text, unique, uuid } from "drizzle-orm/pg-core";

import { at, id } from "../columns";
import { MEMBER_ROLES, PLATFORMS } from "../vocabulary";
import { users } from "./access";

export const products = pgTable("products", {
  id: id(),
  slug: text().notNull().unique(),
  nameZh: text().notNull(),
  nameEn: text().notNull(),
});

/** A customer of the vendor, known by its UIN. */
export const accounts = pgTable("accounts", {
  id: id(),
  uin: text().notNull().unique(),
  name: text().notNull(),
  createdAt: at().notNull(),
  closedAt: at(),
});

/** An application that integrates a product: by SDK (with a version per platform) or by API alone (P06). */
export const apps = pgTable(
  "apps",
  {
    id: id(),
    accountId: uuid()
      .notNull()
      .references(() => accounts.id),
    productId: uuid()
      .notNull()
      .references(() => products.id),
    sdkAppId: text().notNull().unique(),
    name: text().notNull(),
    apiOnly: boolean().notNull().default(false),
    createdAt: at().notNull(),
    closedAt: at(),
  },
  (t) => [index().on(t.accountId), index().on(t.productId, t.accountId)],
);

export const appPlatforms = pgTable(
  "app_platforms",
  {
    appId: uuid()
      .notNull()
      .references(() => apps.id),
    platform: text({ enum: PLATFORMS }).notNull(),
    sdkVersion: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.appId, t.platform] })],
);

/** A person's part in an account. It ends by a date, never by deletion, so that old answers keep their author. */
export const members = pgTable(
  "members",
  {
    id: id(),
    accountId: uuid()
      .notNull()
      .references(() => accounts.id),
    userId: uuid()
      .notNull()
      .references(() => users.id),
    role: text({ enum: MEMBER_ROLES }).notNull(),
    joinedAt: at().notNull(),
    leftAt: at(),
  },
  (t) => [unique().on(t.accountId, t.userId), index().on(t.userId)],
);

export type Account = typeof accounts.$inferSelect;
export type App = typeof apps.$inferSelect;
export type Member = typeof members.$inferSelect;
