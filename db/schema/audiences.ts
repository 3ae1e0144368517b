import { sql } from "drizzle-orm";
import { check, integer, jsonb, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";

import { at, id } from "../columns";
import type { ChosenContact } from "../vocabulary/accounts";
import { users } from "./access";
import { products } from "./accounts";
import type { AudienceRule, Texts } from "./incidents";

/** Whose the apps of a rule are, and who of these accounts is told; nothing is named that was not chosen. */
export type ChosenAccounts = {
  /** The account has any of these. */
  tags?: string[];
  /** The account was told by that broadcast, as it was called then; of a notice, for the same app. */
  toldBy?: { broadcastId: string; name: Texts };
  /** Which contacts are told beside members and security contacts; absent for the usual ones. */
  contacts?: ChosenContact[];
};

/**
 * Whom notices concern again and again. Its rule stands in its versions; a retired one is offered no more. What
 * it found when somebody last looked is kept, so that the next one sees who came and who went.
 */
export const savedAudiences = pgTable(
  "saved_audiences",
  {
    id: id(),
    productId: uuid()
      .notNull()
      .references(() => products.id),
    name: text().notNull(),
    createdAt: at().notNull(),
    retiredAt: at(),
    lookedAt: at().notNull(),
    lookedBy: uuid()
      .notNull()
      .references(() => users.id),
    /** The apps that it found then. */
    lookedApps: uuid().array().notNull(),
  },
  (t) => [
    uniqueIndex("saved_audiences_one_of_a_name")
      .on(t.productId, t.name)
      .where(sql`retired_at is null`),
  ],
);

/** The rule of a saved audience as it was written at one moment: append-only (a trigger). */
export const savedAudienceVersions = pgTable(
  "saved_audience_versions",
  {
    id: id(),
    audienceId: uuid()
      .notNull()
      .references(() => savedAudiences.id),
    /** 1, 2, 3 … within its audience. */
    number: integer().notNull(),
    rule: jsonb().$type<AudienceRule>().notNull(),
    writtenBy: uuid()
      .notNull()
      .references(() => users.id),
    writtenAt: at().notNull(),
  },
  (t) => [
    uniqueIndex("saved_audience_versions_number").on(t.audienceId, t.number),
    check("saved_audiences_are_decided", sql`not (rule ? 'undecided')`),
  ],
);
