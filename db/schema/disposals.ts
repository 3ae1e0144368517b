import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";

import { at, bytes, id } from "../columns";
import {
  DELETION_OUTCOMES,
  DELETION_RUNS,
  DISPOSAL_CARRIERS,
  END_CAUSES,
  RUN_STATES,
} from "../vocabulary/disposals";
import { DATA_STORES, DISPOSAL_ACTIONS, HOLD_REASONS } from "../vocabulary/requests";
import { users } from "./access";
import { accounts, apps } from "./accounts";
import { deregistrations } from "./deregistrations";
import { requests } from "./requests";

/** A store that the vendor keeps, in its own words: who empties it and how, and when copies of it expire. */
export const dataStores = pgTable(
  "data_stores",
  {
    store: text({ enum: DATA_STORES }).primaryKey(),
    /** The team or the system that carries it out. */
    executor: text().notNull(),
    methodZh: text().notNull(),
    /** Null where there is no translation. */
    methodEn: text(),
    carrier: text({ enum: DISPOSAL_CARRIERS }).notNull(),
    /** Within how many days of an end of service it is done. */
    dueDays: integer().notNull(),
    /** For how many days after it copies live on in backups; 0 for none. */
    backupDays: integer().notNull(),
    createdAt: at().notNull(),
  },
  () => [
    check("stores_have_periods", sql`due_days between 1 and 365 and backup_days between 0 and 730`),
  ],
);

/** That a service ended, of an app or of a whole account: what it left is disposed of (P10). */
export const serviceEnds = pgTable(
  "service_ends",
  {
    id: id(),
    cause: text({ enum: END_CAUSES }).notNull(),
    accountId: uuid()
      .notNull()
      .references(() => accounts.id),
    appId: uuid().references(() => apps.id),
    deregistrationId: uuid()
      .unique()
      .references(() => deregistrations.id),
    endedAt: at().notNull(),
    openedAt: at().notNull(),
    /** When the last of its disposals was done. */
    settledAt: at(),
  },
  (t) => [
    index().on(t.appId),
    index().on(t.accountId),
    index("service_ends_open")
      .on(t.openedAt)
      .where(sql`settled_at is null`),
    check(
      "ends_are_of_an_app_or_an_account",
      sql`(cause = 'app_closed') = (app_id is not null) and (cause = 'deregistration') = (deregistration_id is not null)`,
    ),
  ],
);

/** What becomes of the data in one store (P10, P32): due, done, by whom, or held and why (P14). */
export const disposals = pgTable(
  "disposals",
  {
    id: id(),
    /** What it was opened by: a request, or an end of service. */
    requestId: uuid().references(() => requests.id),
    endId: uuid().references(() => serviceEnds.id),
    store: text({ enum: DATA_STORES }).notNull(),
    action: text({ enum: DISPOSAL_ACTIONS }).notNull(),
    holdReason: text({ enum: HOLD_REASONS }),
    holdText: text(),
    /** Who and how, as the vendor's data said when it was opened; null where they said nothing. */
    executor: text(),
    method: text(),
    dueDate: date({ mode: "string" }).notNull(),
    doneAt: at(),
    doneBy: uuid().references(() => users.id),
    /** What was done, for the receipt: counts and result codes, no identifiers. */
    result: text(),
    /** The day on which the last copy in a backup expires. */
    backupsUntil: date({ mode: "string" }),
    createdAt: at().notNull(),
  },
  (t) => [
    uniqueIndex("disposals_one_per_store").on(t.requestId, t.store),
    uniqueIndex("disposals_one_per_store_of_an_end").on(t.endId, t.store),
    check("disposals_are_of_one_thing", sql`num_nonnulls(request_id, end_id) = 1`),
    check(
      "holds_have_a_reason",
      sql`(action = 'hold') = (hold_reason is not null and hold_text is not null)`,
    ),
  ],
);

/** A deletion receipt as it was issued: facts that name stores, actions and times, no identifiers. */
export const requestReceipts = pgTable("request_receipts", {
  /** "D-2026-000045". */
  number: text().primaryKey(),
  requestId: uuid()
    .notNull()
    .unique()
    .references(() => requests.id),
  facts: jsonb().notNull(),
  factsHash: text().notNull(),
  issuedAt: at().notNull(),
});

/** The users of a disposal as the vendor's interface is asked about them; never their identifiers. */
export const userDeletions = pgTable(
  "user_deletions",
  {
    disposalId: uuid()
      .notNull()
      .references(() => disposals.id, { onDelete: "cascade" }),
    kind: text({ enum: DELETION_RUNS }).notNull(),
    state: text({ enum: RUN_STATES }).notNull(),
    orderedBy: uuid()
      .notNull()
      .references(() => users.id),
    orderedAt: at().notNull(),
    /** Calls in vain since the last one that brought something, and when the next may be made. */
    failures: integer().notNull().default(0),
    retryAt: at(),
    endedAt: at(),
  },
  (t) => [
    primaryKey({ columns: [t.disposalId, t.kind] }),
    index("user_deletions_waiting")
      .on(t.orderedAt)
      .where(sql`state = 'waiting'`),
  ],
);

/** One user of a disposal by its place in the request's list: exactly one outcome, which never changes. */
export const userResults = pgTable(
  "user_results",
  {
    disposalId: uuid()
      .notNull()
      .references(() => disposals.id, { onDelete: "cascade" }),
    /** From 0, in the order of the request. */
    position: integer().notNull(),
    /** SHA-256 of the disposal, whose id is a salt nobody guesses, and the identifier. */
    hash: bytes().notNull(),
    /** Whether the interface knew it before. */
    isKnown: boolean(),
    outcome: text({ enum: DELETION_OUTCOMES }),
    /** The interface's own code. */
    code: integer(),
    outcomeAt: at(),
    /** Whether the interface knew it no more, asked afterwards. */
    isGone: boolean(),
    goneAt: at(),
  },
  (t) => [primaryKey({ columns: [t.disposalId, t.position] })],
);
