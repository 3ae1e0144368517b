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
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";

import { at, id, reviewed } from "../columns";
import { MEMBER_ROLES } from "../vocabulary/access";
import { STOP_PLACES } from "../vocabulary/accounts";
import { LOCALES, type Locale } from "../vocabulary/languages";
import {
  ACKNOWLEDGEMENT_ANSWERS,
  type CardLine,
  DOCUMENT_KINDS,
  type MajorQuestion,
  SHOWN_BY,
  type VersionCheck,
  VERSION_STATUSES,
} from "../vocabulary/policies";
import { REVIEW_DECISIONS } from "../vocabulary/reviews";
import { users } from "./access";
import { accounts, products } from "./accounts";

/** One line of the numbered list of what changed (P01), with the section it points to. */
export type ChangeItem = { text: Partial<Record<Locale, string>>; anchor: string | null };

/** What a published document was called until a moment, ISO 8601. */
export type FormerTitle = Record<Locale, string> & { until: string };

/** An author's word on what one check found: on exactly these findings, and whose it is. `at`: ISO 8601. */
export type Explanation = { digest: string; reason: string; by: string; at: string };
export type Explanations = Partial<Record<VersionCheck, Explanation>>;

/** The answers to the six major-change questions (P42); a question without an answer is absent. */
export type MajorAnswers = Partial<Record<MajorQuestion, boolean>>;

export const policyDocuments = pgTable(
  "policy_documents",
  {
    id: id(),
    productId: uuid()
      .notNull()
      .references(() => products.id),
    slug: text().notNull(),
    kind: text({ enum: DOCUMENT_KINDS }).notNull(),
    titleZh: text().notNull(),
    titleEn: text().notNull(),
    /** The language whose text binds; every other one is a reading aid. */
    bindingLocale: text({ enum: LOCALES }).notNull().default("zh-CN"),
    /** Readers saw these, so they are told of the renaming. */
    formerTitles: jsonb().$type<FormerTitle[]>().notNull().default([]),
    createdAt: at().notNull(),
    discardedBy: uuid().references(() => users.id),
    discardedAt: at(),
  },
  (t) => [
    uniqueIndex("policy_documents_slug")
      .on(t.slug)
      .where(sql`discarded_at is null`),
    check(
      "documents_are_discarded_by_somebody",
      sql`(discarded_by is null) = (discarded_at is null)`,
    ),
  ],
);

/** How developers stop a product from collecting, in the vendor's own words, per platform (P30). */
export const stopGuides = pgTable(
  "stop_guides",
  {
    productId: uuid()
      .notNull()
      .references(() => products.id),
    place: text({ enum: STOP_PLACES }).notNull(),
    textZh: text().notNull(),
    /** Null where there is no translation: readers see the binding one. */
    textEn: text(),
  },
  (t) => [primaryKey({ columns: [t.productId, t.place] })],
);

/** A version of a document. Once scheduled its content never changes: a trigger refuses it. */
export const policyVersions = pgTable(
  "policy_versions",
  {
    id: id(),
    documentId: uuid()
      .notNull()
      .references(() => policyDocuments.id),
    label: text().notNull(),
    /** What the document was called when it was approved; until then it is called what the document is. */
    titleZh: text(),
    titleEn: text(),
    status: text({ enum: VERSION_STATUSES }).notNull().default("draft"),
    changes: jsonb().$type<ChangeItem[]>().notNull().default([]),
    majorAnswers: jsonb().$type<MajorAnswers>().notNull().default({}),
    isMajor: boolean().notNull().default(false),
    affectsEndUsers: boolean().notNull().default(false),
    /** Whether consent is to be obtained again before it takes effect (P07, PIPL 14). */
    needsConsent: boolean().notNull().default(false),
    /** Why what the checks before review found may stay. */
    explanations: jsonb().$type<Explanations>().notNull().default({}),
    /** The day, in Asia/Shanghai, at whose midnight the version comes into force. */
    effectiveDate: date({ mode: "string" }),
    ...reviewed(() => users.id),
    approvedAt: at(),
    effectiveAt: at(),
    inForceAt: at(),
    archivedAt: at(),
    withdrawnAt: at(),
    withdrawalReason: text(),
    /** Of a version from before the portal: where its text is from, and the day on which it was published (P44). */
    provenance: text(),
    publishedOn: date({ mode: "string" }),
  },
  (t) => [
    uniqueIndex("policy_versions_label")
      .on(t.documentId, t.label)
      .where(sql`status <> 'discarded'`),
    index().on(t.status, t.effectiveAt),
    index().on(t.effectiveAt),
    index().on(t.documentId, t.createdAt, t.id),
    // What may ask for answers: few of all.
    index("policy_versions_major")
      .on(t.documentId, t.effectiveAt)
      .where(sql`is_major and status in ('scheduled', 'in_force', 'archived')`),
    uniqueIndex("policy_versions_one_in_force")
      .on(t.documentId)
      .where(sql`status = 'in_force'`),
    uniqueIndex("policy_versions_one_ahead")
      .on(t.documentId)
      .where(sql`status in ('draft', 'in_review', 'scheduled') and provenance is null`),
    check(
      "old_versions_are_archived",
      sql`(provenance is null) = (published_on is null) and (provenance is null or status in ('draft', 'in_review', 'archived', 'discarded'))`,
    ),
    check(
      "nobody_approves_their_own_version",
      sql`approved_by is null or approved_by <> all (writer_ids)`,
    ),
    check(
      "announced_versions_are_approved",
      sql`status in ('draft', 'in_review', 'discarded') or (approved_by is not null and content_hash is not null and effective_at is not null and title_zh is not null and title_en is not null)`,
    ),
    check(
      "versions_are_discarded_by_somebody",
      sql`(status = 'discarded') = (discarded_by is not null and discarded_at is not null)`,
    ),
  ],
);

/** What its author has to look at in a text that was brought in: a kind, where, and which words. */
export type TextWarning = { kind: string; place: string | null; words: string | null };

/** The rows of a version's lists, as `text/manifest.ts` reads and names them. */
type Row = Record<string, string | boolean>;
export type Manifest = {
  source: "text" | "entered";
  information: Row[];
  permissions: Row[];
  register: Row[];
};

/** A version's text in one language, as Markdown. */
export const policyTexts = pgTable(
  "policy_texts",
  {
    versionId: uuid()
      .notNull()
      .references(() => policyVersions.id),
    locale: text({ enum: LOCALES }).notNull(),
    body: text().notNull(),
    /** The file it came from, or null where it was typed or pasted. */
    sourceName: text(),
    /** What the import left out or wrote otherwise. */
    warnings: jsonb().$type<TextWarning[]>().notNull().default([]),
    /** What the text lists, as rows (text/manifest.ts); null where it lists nothing, and in texts older than this. */
    manifest: jsonb().$type<Manifest>(),
    /** When somebody said that they looked at the warnings; the record says who. */
    confirmedAt: at(),
    updatedAt: at().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.versionId, t.locale] }),
    check("what_is_confirmed_was_warned_of", sql`confirmed_at is null or warnings <> '[]'`),
  ],
);

/**
 * An account's answer to a version, given by a person entitled to bind it: append-only proof.
 * A disagreement may be followed by an acknowledgement; an acknowledgement is final.
 */
export const policyAcknowledgements = pgTable(
  "policy_acknowledgements",
  {
    id: id(),
    receiptNumber: text().notNull().unique(),
    versionId: uuid()
      .notNull()
      .references(() => policyVersions.id),
    accountId: uuid()
      .notNull()
      .references(() => accounts.id),
    userId: uuid()
      .notNull()
      .references(() => users.id),
    /** What was true when the answer was given; names and roles may change later. */
    personName: text().notNull(),
    memberRole: text({ enum: MEMBER_ROLES }).notNull(),
    accountName: text().notNull(),
    answer: text({ enum: ACKNOWLEDGEMENT_ANSWERS }).notNull(),
    reason: text(),
    /** Of a disagreement: the changes it is about, by their number in the version's list. */
    changeNumbers: integer().array().notNull().default([]),
    contentHash: text().notNull(),
    /** The sentence beside the unticked box, word for word, in the language it was shown in. */
    statement: text().notNull(),
    locale: text({ enum: LOCALES }).notNull(),
    answeredAt: at().notNull(),
    /** How it was given; answers of before say none of it. */
    shownBy: text({ enum: SHOWN_BY }),
    signedInAt: at(),
    /** When a second factor was last proven in the session; null where none was. */
    factorAt: at(),
    /** SHA-256 in hex over the salt's bytes and the canonical JSON of browser and network: on the record in their place. */
    visitHash: text(),
    /** The browser as it called itself, the network and the salt in hex go once the person is erased. */
    userAgent: text(),
    network: text(),
    visitSalt: text(),
  },
  (t) => [unique().on(t.versionId, t.accountId, t.answer), index().on(t.accountId, t.versionId)],
);

/** What a contact card says: its lines in both languages, and the mail address. */
export type CardContent = {
  mail: string;
  lines: Partial<Record<CardLine, Partial<Record<Locale, string>>>>;
};

/**
 * Who answers for the guides and how they are reached, from a day on (P45, P58). One person proposes a
 * card and another decides; what was decided stays.
 */
export const contactCards = pgTable(
  "contact_cards",
  {
    id: id(),
    content: jsonb().$type<CardContent>().notNull(),
    /** The day, in Asia/Shanghai, from which it holds. */
    since: date({ mode: "string" }).notNull(),
    proposedBy: uuid()
      .notNull()
      .references(() => users.id),
    proposedAt: at().notNull(),
    decision: text({ enum: REVIEW_DECISIONS }),
    decidedBy: uuid().references(() => users.id),
    decidedAt: at(),
    /** Why it was turned down. */
    reason: text(),
  },
  (t) => [
    uniqueIndex("contact_cards_one_waiting")
      .on(sql`(decision is null)`)
      .where(sql`decision is null`),
    index("contact_cards_approved")
      .on(t.since, t.decidedAt)
      .where(sql`decision = 'approved'`),
    check(
      "nobody_approves_their_own_card",
      sql`decision is distinct from 'approved' or decided_by <> proposed_by`,
    ),
    check(
      "cards_are_decided_by_somebody",
      sql`(decision is null) = (decided_by is null) and (decision is null) = (decided_at is null)`,
    ),
  ],
);

/**
 * A slip of the pen in a text that was announced, put right (docs/decisions/059): the whole text of one
 * language as it reads afterwards. One person proposes and another decides; what was decided stays, and
 * the text as it was announced stays beside it.
 */
export const policyCorrections = pgTable(
  "policy_corrections",
  {
    id: id(),
    versionId: uuid()
      .notNull()
      .references(() => policyVersions.id),
    locale: text({ enum: LOCALES }).notNull(),
    body: text().notNull(),
    /** Why it does not change the meaning. */
    reason: text().notNull(),
    /** The fingerprints of the version before and with it. */
    hashBefore: text().notNull(),
    contentHash: text().notNull(),
    proposedBy: uuid()
      .notNull()
      .references(() => users.id),
    proposedAt: at().notNull(),
    decision: text({ enum: REVIEW_DECISIONS }),
    decidedBy: uuid().references(() => users.id),
    decidedAt: at(),
    /** What who decided it was called then: everybody reads it. */
    decidedName: text(),
    /** Why it was turned down. */
    refusal: text(),
  },
  (t) => [
    uniqueIndex("policy_corrections_one_waiting")
      .on(t.versionId)
      .where(sql`decision is null`),
    index("policy_corrections_approved")
      .on(t.versionId, t.locale, t.decidedAt)
      .where(sql`decision = 'approved'`),
    check(
      "nobody_approves_their_own_correction",
      sql`decision is distinct from 'approved' or decided_by <> proposed_by`,
    ),
    check(
      "corrections_are_decided_by_somebody",
      sql`(decision is null) = (decided_by is null) and (decision is null) = (decided_at is null) and (decision is null) = (decided_name is null)`,
    ),
  ],
);

export type PolicyDocument = typeof policyDocuments.$inferSelect;
export type PolicyVersion = typeof policyVersions.$inferSelect;
export type PolicyText = typeof policyTexts.$inferSelect;
export type PolicyCorrection = typeof policyCorrections.$inferSelect;
export type PolicyAcknowledgement = typeof policyAcknowledgements.$inferSelect;
