import { boolean, pgTable, uuid } from "drizzle-orm/pg-core";

import { at } from "../columns";
import { users } from "./access";

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
