import { sql } from "drizzle-orm";
import {
  check,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";

import { at, id } from "../columns";
import { DEREGISTRATION_STATUSES } from "../vocabulary/deregistrations";
import { users } from "./access";
import { accounts } from "./accounts";

/** An account on its way out (P33): asked for, confirmed by a second owner, cooling off, carried out. */
export const deregistrations = pgTable(
  "deregistrations",
  {
    id: id(),
    /** "C-2026-000007", also the number of the certificate. */
    number: text().notNull().unique(),
    accountId: uuid()
      .notNull()
      .references(() => accounts.id),
    status: text({ enum: DEREGISTRATION_STATUSES }).notNull(),
    requestedBy: uuid()
      .notNull()
      .references(() => users.id),
    requestedAt: at().notNull(),
    /** The second owner; null where the account has only one. */
    confirmedBy: uuid().references(() => users.id),
    confirmedAt: at(),
    /** The checks as they stood, with their results. */
    checks: jsonb().notNull(),
    executeAfter: at(),
    /** How many of its reminders have gone out: at half time, then the day before. */
    reminders: integer().notNull().default(0),
    /** While operations hold it back, and why: whatever was paused was not carried out meanwhile. */
    pausedAt: at(),
    pausedBy: uuid().references(() => users.id),
    pauseReason: text(),
    cancelledBy: uuid().references(() => users.id),
    cancelledAt: at(),
    completedAt: at(),
    /** What the certificate states: counts and times, no names. */
    certificate: jsonb(),
    certificateHash: text(),
  },
  (t) => [
    uniqueIndex("deregistrations_one_open")
      .on(t.accountId)
      .where(sql`status in ('awaiting_owner', 'cooling_off', 'completed')`),
    index().on(t.requestedAt, t.number),
    index().on(t.status, t.requestedAt, t.number),
    index("deregistrations_due")
      .on(t.executeAfter)
      .where(sql`status = 'cooling_off'`),
    check("a_second_owner_confirms", sql`confirmed_by is null or confirmed_by <> requested_by`),
    check("paused_whole", sql`num_nulls(paused_at, paused_by, pause_reason) in (0, 3)`),
    check(
      "what_is_paused_is_not_over",
      sql`paused_at is null or status in ('awaiting_owner', 'cooling_off')`,
    ),
    check(
      "what_cools_off_has_an_end",
      sql`status not in ('cooling_off', 'completed') or execute_after is not null`,
    ),
    check(
      "completed_has_a_certificate",
      sql`(status = 'completed') = (completed_at is not null and certificate is not null and certificate_hash is not null)`,
    ),
  ],
);

export type Deregistration = typeof deregistrations.$inferSelect;
