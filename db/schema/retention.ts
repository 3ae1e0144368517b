import { sql } from "drizzle-orm";
import { check, index, pgTable, text, uuid } from "drizzle-orm/pg-core";

import { at, id } from "../columns";
import { HOLD_REASONS } from "../vocabulary/requests";
import { PURGED_KINDS } from "../vocabulary/retention";
import { users } from "./access";

/** Data that is kept past its period, for one of the four reasons (P14), until somebody lifts it. */
export const retentionHolds = pgTable(
  "retention_holds",
  {
    id: id(),
    kind: text({ enum: PURGED_KINDS }).notNull(),
    /** Of one request only ("R-2026-000123"); null holds all of the kind. */
    requestNumber: text(),
    reason: text({ enum: HOLD_REASONS }).notNull(),
    /** The law, the letter or the case it rests on; no person. */
    words: text().notNull(),
    placedBy: uuid()
      .notNull()
      .references(() => users.id),
    placedAt: at().notNull(),
    liftedBy: uuid().references(() => users.id),
    liftedAt: at(),
  },
  (t) => [
    index()
      .on(t.kind)
      .where(sql`lifted_at is null`),
    check("lifted_by_somebody", sql`(lifted_at is null) = (lifted_by is null)`),
    check("holds_say_why", sql`length(trim(words)) > 0`),
  ],
);
