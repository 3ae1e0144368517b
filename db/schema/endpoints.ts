import { sql } from "drizzle-orm";
import {
  check,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";

import { at, id, sealed } from "../columns";
import {
  DISPATCH_OUTCOMES,
  DISPATCH_STATUSES,
  ENDPOINT_CHANNELS,
  ENDPOINT_ENDS,
  ENDPOINT_TOPICS,
} from "../vocabulary/endpoints";
import { LOCALES } from "../vocabulary/languages";
import { users } from "./access";
import { accounts } from "./accounts";
import { broadcasts } from "./broadcasts";
import { requestEvents } from "./requests";

/**
 * An address that broadcasts are posted to: of an account a webhook or a robot of a group chat, of a
 * person a browser (docs/decisions/067). The one webhook that is neither's is the vendor's ticket system,
 * which is called back as its tickets' requests move (docs/decisions/079).
 */
export const endpoints = pgTable(
  "endpoints",
  {
    id: id(),
    channel: text({ enum: ENDPOINT_CHANNELS }).notNull(),
    /** Whose it is: an account's, or of a browser a person's; the ticket system is nobody's of these. */
    accountId: uuid().references(() => accounts.id),
    userId: uuid().references(() => users.id),
    name: text().notNull(),
    /** Where it is, in full: who knows it may post there. Emptied when it ends. */
    address: sealed(),
    /** Its host, to be shown. */
    host: text().notNull(),
    /** Of the address, so that an account does not name it twice. */
    addressHash: text().notNull(),
    /** What signs a post; null where the receiver asks for no signature. */
    secret: sealed(),
    /** The secret before, which signs beside it until then. */
    secretBefore: sealed(),
    secretBeforeUntil: at(),
    topics: text({ enum: ENDPOINT_TOPICS }).array().notNull(),
    /** Of a browser, by the hash of what the door knows it by: it may say that its address is another now. Gone once its person signs out there. */
    browserHash: text(),
    /** The language of what is written in words. */
    locale: text({ enum: LOCALES }).notNull(),
    addedBy: uuid()
      .notNull()
      .references(() => users.id),
    addedAt: at().notNull(),
    /** Not before this moment may the next post leave: the receiver's own limit. */
    nextPostAt: at(),
    endedAt: at(),
    endReason: text({ enum: ENDPOINT_ENDS }),
  },
  (t) => [
    uniqueIndex("endpoints_own")
      .on(t.accountId, t.channel, t.addressHash)
      .where(sql`ended_at is null`),
    uniqueIndex("endpoints_browsers")
      .on(t.addressHash)
      .where(sql`user_id is not null and ended_at is null`),
    uniqueIndex("endpoints_marked")
      .on(t.browserHash)
      .where(sql`browser_hash is not null`),
    index("endpoints_of_people")
      .on(t.userId)
      .where(sql`user_id is not null`),
    uniqueIndex("endpoints_one_ticket_system")
      .on(t.channel)
      .where(sql`account_id is null and user_id is null and ended_at is null`),
    check(
      "endpoints_have_an_owner",
      sql`case when channel in ('push', 'sms') then account_id is null and user_id is not null
        else user_id is null and (account_id is not null or channel = 'webhook') end`,
    ),
    check("endpoints_end_for_a_reason", sql`(ended_at is null) = (end_reason is null)`),
    check("ended_endpoints_have_no_address", sql`(ended_at is null) = (address is not null)`),
  ],
);

/**
 * One broadcast, one endpoint: what was posted, when, with which result. Written with the deliveries
 * (docs/decisions/056). To the ticket system a request's move instead of a broadcast; without either it
 * is a test of the endpoint by its own people.
 */
export const dispatches = pgTable(
  "dispatches",
  {
    id: id(),
    broadcastId: uuid().references(() => broadcasts.id),
    requestEventId: uuid().references(() => requestEvents.id),
    endpointId: uuid()
      .notNull()
      .references(() => endpoints.id),
    /** The account's apps that are affected, where the broadcast concerns some apps only. */
    appIds: uuid().array().notNull().default([]),
    status: text({ enum: DISPATCH_STATUSES }).notNull(),
    /** The bytes, stored before the first attempt and the same in each. */
    body: text(),
    /** SHA-256 of these bytes, stored with the first attempt; null of what nobody has tried to post. */
    bodyHash: text(),
    /** Also the fencing number: only the latest attempt may settle. */
    attempts: integer().notNull().default(0),
    /** Attempts since it was queued or replayed: how long the next one waits. */
    tries: integer().notNull().default(0),
    nextAttemptAt: at().notNull(),
    leaseUntil: at(),
    createdAt: at().notNull(),
    settledAt: at(),
    reason: text(),
    /** How many messages the operator charged for it; null where it charges none. */
    fee: integer(),
    /** What the operator calls it in its reports; null where none come. */
    receipt: text(),
    /** When it is asked next what became of it, and how often it has been; null once nobody asks any more. */
    reportDueAt: at(),
    reportTries: integer().notNull().default(0),
  },
  (t) => [
    unique().on(t.broadcastId, t.endpointId),
    unique().on(t.requestEventId, t.endpointId),
    index().on(t.endpointId, t.createdAt, t.id),
    index("dispatches_due")
      .on(t.nextAttemptAt)
      .where(sql`status = 'queued'`),
    index("dispatches_open")
      .on(t.broadcastId)
      .where(sql`status = 'queued'`),
    index("dispatches_reports_due")
      .on(t.reportDueAt)
      .where(sql`status = 'accepted'`),
    check("dispatches_await_a_report", sql`status <> 'accepted' or receipt is not null`),
    check(
      "dispatches_keep_what_left",
      sql`body_hash is null or body is null or body_hash = encode(sha256(convert_to(body, 'UTF8')), 'hex')`,
    ),
    check("dispatches_say_one_thing", sql`broadcast_id is null or request_event_id is null`),
  ],
);

/** One attempt to post, written before it begins. */
export const dispatchAttempts = pgTable(
  "dispatch_attempts",
  {
    dispatchId: uuid()
      .notNull()
      .references(() => dispatches.id),
    number: integer().notNull(),
    startedAt: at().notNull(),
    /** Null while it runs, and for good when its worker was killed. */
    endedAt: at(),
    outcome: text({ enum: DISPATCH_OUTCOMES }),
    /** The HTTP status of the answer; null without one. */
    answer: integer(),
    detail: text(),
  },
  (t) => [primaryKey({ columns: [t.dispatchId, t.number] })],
);

/** A mobile number that somebody says is theirs, until they type the code that was sent to it. */
export const numberChecks = pgTable(
  "number_checks",
  {
    id: id(),
    userId: uuid()
      .notNull()
      .references(() => users.id),
    number: sealed().notNull(),
    /** What asks for codes are counted by: made of the number under a key of ours. */
    numberKey: text().notNull(),
    locale: text({ enum: LOCALES }).notNull(),
    requestedAt: at().notNull(),
    expiresAt: at().notNull(),
    usedAt: at(),
    failedAttempts: integer().notNull().default(0),
  },
  (t) => [index().on(t.userId, t.requestedAt), index().on(t.numberKey, t.requestedAt)],
);

export type Endpoint = typeof endpoints.$inferSelect;
