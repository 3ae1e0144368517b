import { sql } from "drizzle-orm";
import {
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";

import { at, id } from "../columns";
import {
  CALL_CAUSES,
  CALL_RESULTS,
  CALL_WAYS,
  REACH_REASONS,
  type RehearsalCause,
} from "../vocabulary/reach";
import { users } from "./access";
import { accounts } from "./accounts";
import { broadcasts } from "./broadcasts";
import { incidents } from "./incidents";

/** How well an account can be reached, as of last night (docs/decisions/082): a row of its own, for it is written every night. */
export const accountReach = pgTable(
  "account_reach",
  {
    accountId: uuid()
      .primaryKey()
      .references(() => accounts.id),
    /** Of a hundred; 0 where nobody can be reached. */
    score: integer().notNull(),
    reasons: text({ enum: REACH_REASONS }).array().notNull(),
    /** Its members and confirmed contacts, and how many of them take mails. */
    people: integer().notNull(),
    reachable: integer().notNull(),
    /** When a mail last arrived at somebody who belongs to it now, within a year. */
    lastArrivedAt: at(),
    measuredAt: at().notNull(),
  },
  (t) => [
    index("account_reach_by_score").on(t.score, t.accountId),
    check("scores_are_of_a_hundred", sql`score between 0 and 100`),
  ],
);

/** That somebody is to call an account by a time; it ends with the try that reached it, or by itself. */
export const calls = pgTable(
  "calls",
  {
    id: id(),
    accountId: uuid()
      .notNull()
      .references(() => accounts.id),
    cause: text({ enum: CALL_CAUSES }).notNull(),
    /** The notice that nobody has opened, or nobody follows. */
    broadcastId: uuid().references(() => broadcasts.id),
    openedAt: at().notNull(),
    dueAt: at().notNull(),
    settledAt: at(),
    /** Null with `settledAt` where it solved itself. */
    settledBy: uuid().references(() => users.id),
  },
  (t) => [
    uniqueIndex("one_call_waits_for_a_cause")
      .on(t.accountId, t.cause, sql`coalesce(broadcast_id, '00000000-0000-0000-0000-000000000000')`)
      .where(sql`settled_at is null`),
    index("calls_open")
      .on(t.dueAt, t.id)
      .where(sql`settled_at is null`),
    index("calls_settled")
      .on(t.settledAt, t.id)
      .where(sql`settled_at is not null`),
    index().on(t.broadcastId, t.accountId),
    check(
      "calls_are_about_their_cause",
      sql`(cause <> 'unreachable') = (broadcast_id is not null)`,
    ),
    check("calls_are_settled_once_open", sql`settled_by is null or settled_at is not null`),
  ],
);

/** One try to reach an account: append-only (a trigger). */
export const callTries = pgTable(
  "call_tries",
  {
    id: id(),
    callId: uuid()
      .notNull()
      .references(() => calls.id),
    triedAt: at().notNull(),
    triedBy: uuid()
      .notNull()
      .references(() => users.id),
    way: text({ enum: CALL_WAYS }).notNull(),
    result: text({ enum: CALL_RESULTS }).notNull(),
    note: text().notNull(),
  },
  (t) => [index().on(t.callId, t.triedAt)],
);

/** Seconds, of those that arrived or were opened; null where none was. */
type Waits = { median: number | null; ninetieth: number | null };

/** What a rehearsal has shown: counts and times, nobody's name. Moments are ISO 8601, UTC. */
export type RehearsalReport = {
  apps: number;
  accounts: number;
  people: number;
  /** Accounts to which a mail or a post arrived, or of which somebody opened the message. */
  reached: number;
  opened: number;
  /** Within so many hours, after which a real notice goes on to somebody else. */
  openedWithin: number;
  hours: number;
  openedAfter: Waits;
  channels: ({ channel: string; all: number; arrived: number; failed: number } & Waits)[];
  /** Accounts that were not reached, by why. */
  causes: { cause: RehearsalCause; accounts: number }[];
  /** Accounts for which a real notice would have gone to the next contact, then onto the list of calls; null before that time. */
  wouldTellNext: number | null;
  wouldCall: number | null;
  /** Accounts that have nobody: a real notice makes each a task. */
  wouldTask: number;
  toldAt: string | null;
  measuredAt: string;
};

/** The report of a rehearsal as it was when it ended: append-only (a trigger), and kept for good. */
export const rehearsalReports = pgTable("rehearsal_reports", {
  incidentId: uuid()
    .primaryKey()
    .references(() => incidents.id),
  report: jsonb().$type<RehearsalReport>().notNull(),
  keptAt: at().notNull(),
  keptBy: uuid()
    .notNull()
    .references(() => users.id),
});

/**
 * How far a notice was taken: of those who have not opened it 1 to next contacts, 2 onto the list of calls; of
 * those who have and do not follow it 3 and 4 likewise; each once.
 */
export const noticeEscalations = pgTable(
  "notice_escalations",
  {
    broadcastId: uuid()
      .notNull()
      .references(() => broadcasts.id),
    step: integer().notNull(),
    takenAt: at().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.broadcastId, t.step] }),
    check("there_are_four_steps", sql`step between 1 and 4`),
  ],
);
