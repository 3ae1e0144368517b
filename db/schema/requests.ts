import { sql } from "drizzle-orm";
import {
  type AnyPgColumn,
  boolean,
  check,
  date,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";

import { at, id, sealed } from "../columns";
import { STOP_PLACES } from "../vocabulary/accounts";
import { MAIL_PACES } from "../vocabulary/broadcasts";
import { LOCALES } from "../vocabulary/languages";
import {
  DELETION_GROUNDS,
  HANDLER_MATTERS,
  LEGAL_BASES,
  MESSAGE_DIRECTIONS,
  REFUSAL_CODES,
  LEGAL_REGIONS,
  REQUEST_CHANNELS,
  REQUEST_DECISIONS,
  REQUEST_STATUSES,
  REQUEST_TYPES,
  REQUESTER_KINDS,
  STANDARD_PARAGRAPHS,
  WAY_READERS,
} from "../vocabulary/requests";
import { REVIEW_DECISIONS } from "../vocabulary/reviews";
import { users } from "./access";
import { accounts, apps } from "./accounts";

/** A request being written, kept after every step; it becomes one request, however often it is sent. */
export const requestDrafts = pgTable(
  "request_drafts",
  {
    id: id(),
    ownerId: uuid()
      .notNull()
      .references(() => users.id),
    /** The answers so far, sealed JSON (domain/requests/draft-answers.ts). */
    answers: sealed().notNull(),
    ticketNumber: text(),
    createdAt: at().notNull(),
    updatedAt: at().notNull(),
  },
  (t) => [index().on(t.ownerId)],
);

/** A data subject request or complaint, on the clock of 15 working days (P47). */
export const requests = pgTable(
  "requests",
  {
    id: id(),
    /** "R-2026-000123". */
    number: text().notNull().unique(),
    /** The draft it came from: one draft makes one request. */
    draftId: uuid().unique(),
    type: text({ enum: REQUEST_TYPES }).notNull(),
    channel: text({ enum: REQUEST_CHANNELS }).notNull(),
    status: text({ enum: REQUEST_STATUSES }).notNull().default("received"),
    /** Counts every move, so two handlers cannot decide unseen by each other. */
    revision: integer().notNull().default(1),
    requesterKind: text({ enum: REQUESTER_KINDS }).notNull(),
    /** The person who follows it here; null where it came by post or phone and left no address. */
    requesterId: uuid().references(() => users.id),
    /** How the requester is to be answered where there is no address: sealed text. */
    replyTo: sealed(),
    accountId: uuid().references(() => accounts.id),
    appId: uuid().references(() => apps.id),
    /** The app as the requester named it. */
    appName: text(),
    /** The SDKAppID an end user named; the request goes to that app's developer and to no other. */
    namedSdkAppId: text(),
    onBehalf: boolean().notNull().default(false),
    ground: text({ enum: DELETION_GROUNDS }),
    /** What happened and what is asked for: sealed text. */
    facts: sealed().notNull(),
    /** UserIDs or other identifiers, one a line: sealed text. */
    subjects: sealed(),
    /** What the form of its type asked besides: sealed JSON (domain/requests/details.ts). */
    details: sealed(),
    subjectCount: integer().notNull().default(0),
    ticketNumber: text(),
    /** The first case that asks for the same, as a handler found; for the desk alone. */
    duplicateOf: uuid().references((): AnyPgColumn => requests.id),
    locale: text({ enum: LOCALES }).notNull(),
    /** When it truly arrived; the clock runs from here. */
    receivedAt: at().notNull(),
    /** When it was entered here. */
    loggedAt: at().notNull(),
    /** Whose law sets a limit of its own, as the requester said or the app's owner declared (limits.ts). */
    region: text({ enum: LEGAL_REGIONS }),
    dueDate: date({ mode: "string" }).notNull(),
    /** The due date reaches into a year whose calendar is not complete. */
    isDueProvisional: boolean().notNull().default(false),
    /** When the requester was told that the answer takes longer, inside the first limit, and by whom. */
    extendedAt: at(),
    extendedBy: uuid().references(() => users.id),
    handlerId: uuid().references(() => users.id),
    /** When and by whom it was found out who asks and for whom (P27); taken back when more is asked for. */
    verifiedAt: at(),
    verifiedBy: uuid().references(() => users.id),
    /** The approved decision: being carried out while in progress, the answer afterwards. */
    decisionId: uuid().references((): AnyPgColumn => requestDecisions.id),
    /** By when the developer it was sent on to answers; stays after the answer (P28). */
    developerDueDate: date({ mode: "string" }),
    /** Since when the data is not to be processed any more: for child data from the first moment (P38). */
    stopOrderedAt: at(),
    /** When processing truly stopped, what was stopped (sealed text), and who said so when. */
    stoppedAt: at(),
    stopWords: sealed(),
    stopConfirmedAt: at(),
    stopConfirmedBy: uuid().references(() => users.id),
    answeredAt: at(),
    /** When what was written in it was erased, its period being over (domain/retention). */
    textsErasedAt: at(),
    receiptNumber: text().unique(),
  },
  (t) => [
    index().on(t.requesterId),
    index().on(t.accountId),
    index().on(t.ticketNumber),
    index().on(t.handlerId),
    index().on(t.status, t.dueDate),
    index()
      .on(t.duplicateOf)
      .where(sql`duplicate_of is not null`),
    index("requests_urgent").on(sql`(${t.type} <> 'child_data')`, t.dueDate, t.number),
    index("requests_open")
      .on(t.dueDate)
      .where(sql`answered_at is null`),
    check(
      "nobody_handles_their_own_request",
      sql`handler_id is null or handler_id <> requester_id`,
    ),
    check("no_case_repeats_itself", sql`duplicate_of <> id`),
    check("child_data_stop_is_ordered", sql`type <> 'child_data' or stop_ordered_at is not null`),
    check(
      "stops_are_ordered_and_confirmed_whole",
      sql`num_nulls(stopped_at, stop_words, stop_confirmed_at, stop_confirmed_by) in (0, 4)
        and (stopped_at is null or stop_ordered_at is not null)
        and (stopped_at is null or stopped_at <= stop_confirmed_at)`,
    ),
    check("extended_by_somebody", sql`(extended_at is null) = (extended_by is null)`),
    check("verified_by_somebody", sql`(verified_at is null) = (verified_by is null)`),
    check(
      "checked_before_verified",
      sql`status not in ('received', 'verifying', 'need_more') or verified_at is null`,
    ),
    check(
      "developers_have_a_due_date",
      sql`status <> 'with_developer' or developer_due_date is not null`,
    ),
  ],
);

/**
 * A file of a case, encrypted at rest: what a person brought as proof, served to the case's people
 * alone (P25), or what the requester gets with an answer or a message, served to them alone.
 */
export const requestFiles = pgTable(
  "request_files",
  {
    id: id(),
    draftId: uuid().references(() => requestDrafts.id),
    requestId: uuid().references(() => requests.id),
    /** The answer or the message it goes with; proof has neither. */
    decisionId: uuid().references((): AnyPgColumn => requestDecisions.id),
    messageId: uuid().references((): AnyPgColumn => requestMessages.id),
    name: text().notNull(),
    mediaType: text().notNull(),
    size: integer().notNull(),
    sha256: text().notNull(),
    content: sealed().notNull(),
    uploadedBy: uuid()
      .notNull()
      .references(() => users.id),
    uploadedAt: at().notNull(),
    /** When a scanner of malware found nothing in it; null where none was set. */
    scannedAt: at(),
  },
  (t) => [
    index().on(t.requestId),
    index().on(t.draftId),
    check(
      "files_go_with_one_thing",
      sql`num_nonnulls(draft_id, decision_id, message_id) <= 1
        and (request_id is not null or num_nonnulls(decision_id, message_id) = 0)`,
    ),
  ],
);

/** Every move of a request, in order; `requests.status` is its last. */
export const requestEvents = pgTable(
  "request_events",
  {
    id: id(),
    requestId: uuid()
      .notNull()
      .references(() => requests.id),
    status: text({ enum: REQUEST_STATUSES }).notNull(),
    /** Null for what a job did. */
    byId: uuid().references(() => users.id),
    at: at().notNull(),
    /** The day the answer was due when it moved; null of what moved before that was kept. */
    dueDate: date({ mode: "string" }),
  },
  (t) => [index().on(t.requestId, t.at)],
);

/** What requester and handler write to each other, and handlers among themselves: sealed text. */
export const requestMessages = pgTable(
  "request_messages",
  {
    id: id(),
    requestId: uuid()
      .notNull()
      .references(() => requests.id),
    direction: text({ enum: MESSAGE_DIRECTIONS }).notNull(),
    authorId: uuid()
      .notNull()
      .references(() => users.id),
    body: sealed().notNull(),
    at: at().notNull(),
  },
  (t) => [index().on(t.requestId, t.at)],
);

/** A proposed answer and the second person's verdict on it. */
export const requestDecisions = pgTable(
  "request_decisions",
  {
    id: id(),
    requestId: uuid()
      .notNull()
      .references(() => requests.id),
    decision: text({ enum: REQUEST_DECISIONS }).notNull(),
    code: text({ enum: REFUSAL_CODES }),
    /** What the requester reads: sealed text. */
    explanation: sealed().notNull(),
    paragraphs: text({ enum: STANDARD_PARAGRAPHS }).array().notNull().default([]),
    /** On what the processing rests, where the requester asked (P50). */
    bases: text({ enum: LEGAL_BASES }).array().notNull().default([]),
    proposedBy: uuid()
      .notNull()
      .references(() => users.id),
    proposedAt: at().notNull(),
    /** How the case stood then: where it returns to when the proposal is sent back. */
    proposedFrom: text({ enum: REQUEST_STATUSES }).notNull(),
    reviewedBy: uuid().references(() => users.id),
    reviewedAt: at(),
    verdict: text({ enum: REVIEW_DECISIONS }),
    reviewNote: text(),
  },
  (t) => [
    uniqueIndex("request_decisions_one_open")
      .on(t.requestId)
      .where(sql`verdict is null`),
    index().on(t.requestId),
    check(
      "nobody_reviews_their_own_decision",
      sql`reviewed_by is null or reviewed_by <> proposed_by`,
    ),
    check("refusals_have_a_code", sql`decision = 'fulfilled' or code is not null`),
  ],
);

/**
 * What one can do oneself instead of asking, in the vendor's own words with a link: for a type, for who
 * runs or uses an app, on one platform or on all (P24).
 */
export const requestWays = pgTable(
  "request_ways",
  {
    id: id(),
    type: text({ enum: REQUEST_TYPES }).notNull(),
    reader: text({ enum: WAY_READERS }).notNull(),
    /** Null for what is the same everywhere. */
    place: text({ enum: STOP_PLACES }),
    textZh: text().notNull(),
    /** Null where there is no translation: readers see the binding one. */
    textEn: text(),
    /** Where it is done, if that has an address. */
    url: text(),
    createdAt: at().notNull(),
  },
  (t) => [
    index().on(t.type, t.reader),
    check("ways_lead_to_safe_addresses", sql`url is null or url like 'https://%'`),
  ],
);

export type Request = typeof requests.$inferSelect;
export type RequestFile = typeof requestFiles.$inferSelect;

/** When a handler was last mailed of work that nobody has taken, and up to when a digest told them. */
export const handlerMails = pgTable("handler_mails", {
  userId: uuid()
    .primaryKey()
    .references(() => users.id),
  mailedAt: at().notNull(),
  digestedAt: at().notNull(),
});

/** How a handler is mailed of one kind of thing, where it is otherwise than at once. */
export const handlerChoices = pgTable(
  "handler_choices",
  {
    userId: uuid()
      .notNull()
      .references(() => users.id),
    matter: text({ enum: HANDLER_MATTERS }).notNull(),
    pace: text({ enum: MAIL_PACES }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.userId, t.matter] }),
    // The law gives the case a day, and this is who has it.
    check("handler_choices_keep_own_days", sql`matter <> 'own_due' or pace <> 'never'`),
  ],
);

/**
 * What handlers write again and again to requesters, with variables, as it was written at one moment:
 * append-only (a trigger). The newest version of a macro is in force; the last says that it is retired.
 */
export const requestMacros = pgTable(
  "request_macros",
  {
    id: id(),
    /** Names the macro through all of its versions. */
    macroId: uuid().notNull(),
    /** 1, 2, 3 … within its macro. */
    number: integer().notNull(),
    name: text().notNull(),
    textZh: text().notNull(),
    /** Null where there is no translation: the binding one is sent. */
    textEn: text(),
    isRetired: boolean().notNull().default(false),
    writtenBy: uuid()
      .notNull()
      .references(() => users.id),
    writtenAt: at().notNull(),
  },
  (t) => [uniqueIndex("request_macros_number").on(t.macroId, t.number)],
);
