import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";

import { at, id } from "../columns";
import {
  ATTEMPT_OUTCOMES,
  BATCH_STATUSES,
  BROADCAST_KINDS,
  BROADCAST_STATUSES,
  CHANNELS,
  DELIVERY_STATUSES,
  WITHDRAWABLE,
  SUPPRESSION_REASONS,
} from "../vocabulary/broadcasts";
import { LOCALES } from "../vocabulary/languages";
import { REVIEW_DECISIONS } from "../vocabulary/reviews";
import { users } from "./access";
import { accounts } from "./accounts";
import type { FrozenRoutes } from "./routes";

/** One telling of one thing to a fixed set of people. Its facts are frozen when it starts. */
export const broadcasts = pgTable(
  "broadcasts",
  {
    id: id(),
    kind: text({ enum: BROADCAST_KINDS }).notNull(),
    /** The policy version, acknowledgement, notice or request it tells about. */
    subjectId: uuid().notNull(),
    /** What is told, in the shape of its kind (domain/broadcasts/facts.ts). */
    facts: jsonb().notNull(),
    factsHash: text().notNull(),
    /** Shown to everybody as an announcement. */
    isPublic: boolean().notNull().default(false),
    status: text({ enum: BROADCAST_STATUSES }).notNull().default("sending"),
    startedBy: text().notNull(),
    startedAt: at().notNull(),
    /** How many people it tells, as frozen when it started. */
    people: integer().notNull().default(0),
    /** When the last of them had their deliveries; null while the worker writes them. */
    preparedAt: at().defaultNow(),
    pausedAt: at(),
    /** When the remainder was cancelled; what was under way then still ends as it ends. */
    cancelledAt: at(),
    /** `routes`: by which way the mails of each region leave, as it was when this started; null of before. */
    ...{ cancelReason: text(), finishedAt: at(), routes: jsonb().$type<FrozenRoutes>() },
  },
  (t) => [
    index().on(t.subjectId),
    index().on(t.startedAt, t.id),
    index().on(t.kind, t.startedAt, t.id),
    // What is told to one person at a time is most of it, and has shelves of its own.
    index("broadcasts_notices")
      .on(t.startedAt, t.id)
      .where(
        sql`kind not in ('acknowledgement_receipt', 'request_update', 'security_alarm', 'access_update')`,
      ),
    index("broadcasts_public")
      .on(t.startedAt, t.id)
      .where(sql`is_public`),
    index("broadcasts_sending")
      .on(t.startedAt)
      .where(sql`status = 'sending'`),
    index("broadcasts_preparing")
      .on(t.startedAt)
      .where(sql`prepared_at is null`),
  ],
);

/**
 * Whom a broadcast tells, frozen with its start and gone as soon as their deliveries are written: the
 * people whose ids begin with the same 12 bits, each once for every account (docs/decisions/020).
 */
export const audienceParts = pgTable(
  "audience_parts",
  {
    broadcastId: uuid()
      .notNull()
      .references(() => broadcasts.id),
    /** The first 12 bits of the ids, so that deliveries are written in the order of their key. */
    part: integer().notNull(),
    people: integer().notNull(),
    userIds: uuid().array().notNull(),
    /** Beside each of `userIds` the account it is told for; null for nobody's. */
    accountIds: uuid().array().notNull(),
    /** Beside each of `userIds` whether a mail may go to it, and not the in-site message alone; null where to all. */
    mailed: boolean().array(),
  },
  (t) => [primaryKey({ columns: [t.broadcastId, t.part] })],
);

/** What the portal says of a telling in one language (wording/shown.ts), as it was when its mail was rendered. */
export type RenderedWords = { message: object; popup: object | null };

/** The mail of a broadcast in one language, rendered once; personal parts are placeholders. */
export const broadcastMails = pgTable(
  "broadcast_mails",
  {
    broadcastId: uuid()
      .notNull()
      .references(() => broadcasts.id),
    locale: text({ enum: LOCALES }).notNull(),
    subject: text().notNull(),
    html: text().notNull(),
    text: text().notNull(),
    /** Where a mail program ends the subscription by one POST (RFC 8058); null where none is ended so. */
    unsubscribe: text(),
    /** Where an answer goes, as the mail itself says (docs/decisions/093); null where it names another address. */
    replyTo: text(),
    /** Null for what is told to no account, and of before. */
    shown: jsonb().$type<RenderedWords>(),
  },
  (t) => [primaryKey({ columns: [t.broadcastId, t.locale] })],
);

/**
 * Up to 100 mails as they leave: what differs between them and the idempotency key are stored before
 * the first attempt, and with that the hash of the bytes (docs/decisions/033).
 */
export const mailBatches = pgTable(
  "mail_batches",
  {
    id: id(),
    broadcastId: uuid()
      .notNull()
      .references(() => broadcasts.id),
    idempotencyKey: text().notNull().unique(),
    /** The bytes, of a batch from before its parts were stored. Emptied like these. */
    body: text(),
    /** Of the bytes that were tried; only the same are tried again. Null before the first attempt. */
    bodyHash: text(),
    locale: text({ enum: LOCALES }),
    /** `route`: by which way it leaves; null is the provider. One mail by SMTP is a batch of its own. */
    ...{ sender: text(), route: text({ enum: ["smtp"] }) },
    /** By `batchIndex` of the delivery. Emptied once it is settled and the reader has been erased. */
    addresses: text().array(),
    names: text().array(),
    /** Accounts and apps as the mail names them. */
    accounts: text().array(),
    apps: text().array(),
    /** What opens the reader's subscription or choice of mails, of mails that they may end alone. */
    keys: text().array(),
    size: integer().notNull(),
    frozenAt: at().notNull().defaultNow(),
    status: text({ enum: BATCH_STATUSES }).notNull().default("frozen"),
    /** Also the fencing number: only the latest attempt may settle. */
    attempts: integer().notNull().default(0),
    firstAttemptAt: at(),
    nextAttemptAt: at().notNull(),
    leaseUntil: at(),
    lastError: text(),
    settledAt: at(),
  },
  (t) => [
    index("mail_batches_due")
      .on(t.nextAttemptAt)
      .where(sql`status = 'frozen'`),
    // Also whose turn is longest ago.
    index("mail_batches_turns").on(t.broadcastId, t.locale, t.frozenAt),
  ],
);

/** One attempt to hand a batch to the provider, written before it begins. */
export const mailAttempts = pgTable(
  "mail_attempts",
  {
    batchId: uuid()
      .notNull()
      .references(() => mailBatches.id),
    number: integer().notNull(),
    startedAt: at().notNull(),
    /** Null while it runs, and for good when its worker was killed. */
    endedAt: at(),
    outcome: text({ enum: ATTEMPT_OUTCOMES }),
    detail: text(),
  },
  (t) => [primaryKey({ columns: [t.batchId, t.number] })],
);

/**
 * One person, one channel, one broadcast: who was told, how, when, with which result. Written by the
 * million, so that it has few indexes and no foreign keys: its rows are made of rows of broadcasts and
 * people, and those refuse to be deleted while they are named here (docs/decisions/020).
 */
export const deliveries = pgTable(
  "deliveries",
  {
    id: id(),
    broadcastId: uuid().notNull(),
    channel: text({ enum: CHANNELS }).notNull(),
    userId: uuid().notNull(),
    /** The accounts for which this person is told. */
    accountIds: uuid().array().notNull(),
    /** The apps that are affected, where the broadcast concerns some apps only. */
    appIds: uuid().array().notNull().default([]),
    /** The mail that did not arrive and that this one, to the account's next contact, makes good. */
    fallbackOf: uuid(),
    /** The address at the moment of the telling; null for the in-site message. */
    address: text(),
    locale: text({ enum: LOCALES }).notNull(),
    status: text({ enum: DELIVERY_STATUSES }).notNull(),
    /** `route`: by which way the mail leaves; null is the provider. */
    ...{ batchId: uuid(), batchIndex: integer(), route: text({ enum: ["smtp"] }) },
    /** The batches in which this mail failed before it was queued again. */
    earlierBatchIds: uuid().array().notNull().default([]),
    providerId: text(),
    reason: text(),
    createdAt: at().notNull(),
    sentAt: at(),
    /** When the provider was last asked what became of this mail, of which no report had come. */
    askedAt: at(),
    settledAt: at(),
    readAt: at(),
    /** When the reader said that they know of what asks no answer; never taken back (docs/decisions/077). */
    knownAt: at(),
    /** When the reader closed the popup of a major change. */
    popupClosedAt: at(),
    /** When a page first showed the reader the banner of an incident that wants action. */
    bannerSeenAt: at(),
    archivedAt: at(),
  },
  (t) => [
    unique().on(t.broadcastId, t.userId, t.channel),
    index()
      .on(t.batchId)
      .where(sql`batch_id is not null`),
    index()
      .on(t.providerId)
      .where(sql`provider_id is not null`),
    index("deliveries_inbox")
      .on(t.userId, t.createdAt, t.id)
      .where(sql`channel = 'inbox'`),
    index("deliveries_unread")
      .on(t.userId)
      .where(sql`channel = 'inbox' and read_at is null and archived_at is null`),
    index("deliveries_known")
      .on(t.broadcastId)
      .where(sql`known_at is not null`),
    // Only mails are queued; a condition that names no channel is answered by this index alone, whatever
    // PostgreSQL believes of a table that has just grown by millions.
    index("deliveries_queued")
      .on(t.broadcastId, t.locale, t.userId)
      .where(sql`status = 'queued' and batch_id is null`),
    index("deliveries_addressed")
      .on(t.userId)
      .where(sql`address is not null`),
    index("deliveries_mails")
      .on(t.broadcastId, t.status, t.userId)
      .where(sql`channel = 'email'`),
    index()
      .on(t.fallbackOf)
      .where(sql`fallback_of is not null`),
  ],
);

/** What the mail provider told us, at least once and in any order; stored before it is applied. */
export const providerEvents = pgTable(
  "provider_events",
  {
    /** The provider's id of the event (svix-id): a repeat is the same row. */
    id: text().primaryKey(),
    type: text().notNull(),
    providerId: text(),
    occurredAt: at().notNull(),
    receivedAt: at().notNull(),
    detail: text(),
  },
  (t) => [index().on(t.providerId), index().using("brin", t.receivedAt)],
);

/** An address that no mail goes to any more, and why. */
export const suppressions = pgTable(
  "suppressions",
  {
    address: text().primaryKey(),
    /** Names it on the record, which holds no addresses. */
    id: uuid().notNull().unique().defaultRandom(),
    reason: text({ enum: SUPPRESSION_REASONS }).notNull(),
    since: at().notNull(),
    /** The broadcast whose mail brought it about, and what the provider said of it. */
    broadcastId: uuid().references(() => broadcasts.id),
    detail: text(),
  },
  (t) => [index().on(t.since, t.id)],
);

/** A suppression that somebody lifted, with the reason; temporary bounces count anew from then on. */
export const suppressionLifts = pgTable(
  "suppression_lifts",
  {
    suppressionId: uuid().primaryKey(),
    address: text().notNull(),
    reason: text({ enum: SUPPRESSION_REASONS }).notNull(),
    since: at().notNull(),
    liftedBy: uuid()
      .notNull()
      .references(() => users.id),
    liftedAt: at().notNull(),
    note: text().notNull(),
  },
  (t) => [index().on(t.address)],
);

/**
 * An account none of whose people a mandatory broadcast reached: a task for operations until it is
 * settled, by a person with a note or, without one, by a mail that arrived after all.
 */
export const unreachedAccounts = pgTable(
  "unreached_accounts",
  {
    broadcastId: uuid()
      .notNull()
      .references(() => broadcasts.id),
    accountId: uuid()
      .notNull()
      .references(() => accounts.id),
    foundAt: at().notNull(),
    settledAt: at(),
    settledBy: uuid().references(() => users.id),
    /** How the account was told after all, or why not. */
    note: text(),
  },
  (t) => [
    primaryKey({ columns: [t.broadcastId, t.accountId] }),
    index("unreached_accounts_open")
      .on(t.foundAt, t.broadcastId, t.accountId)
      .where(sql`settled_at is null`),
    index("unreached_accounts_settled")
      .on(t.settledAt, t.broadcastId, t.accountId)
      .where(sql`settled_at is not null`),
  ],
);

/**
 * A wish to withdraw what was announced, with the reason everybody will be told, and what a second
 * person decided. Whoever takes their own wish back rejects it themselves.
 */
export const withdrawals = pgTable(
  "withdrawals",
  {
    id: id(),
    subjectType: text({ enum: WITHDRAWABLE }).notNull(),
    /** The policy version or the announcement's notice. */
    subjectId: uuid().notNull(),
    reason: text().notNull(),
    /** Null for what was withdrawn before a second person was asked. */
    proposedBy: uuid().references(() => users.id),
    proposedAt: at().notNull(),
    decision: text({ enum: REVIEW_DECISIONS }),
    decidedBy: uuid().references(() => users.id),
    decidedAt: at(),
    decisionReason: text(),
    /** What told the people of it; null where nobody had been told of the thing itself. */
    broadcastId: uuid().references(() => broadcasts.id),
  },
  (t) => [
    index().on(t.subjectId),
    uniqueIndex("withdrawals_one_open")
      .on(t.subjectId)
      .where(sql`decision is null`),
    uniqueIndex("withdrawals_one_approved")
      .on(t.subjectId)
      .where(sql`decision = 'approved'`),
    check(
      "nobody_approves_their_own_withdrawal",
      sql`decision is distinct from 'approved' or proposed_by is distinct from decided_by`,
    ),
    check("decided_withdrawals_say_when", sql`(decision is null) = (decided_at is null)`),
  ],
);

export type Broadcast = typeof broadcasts.$inferSelect;
export type Delivery = typeof deliveries.$inferSelect;
