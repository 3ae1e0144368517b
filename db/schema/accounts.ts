import { sql } from "drizzle-orm";
import {
  bigint,
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
import { MEMBER_ROLES } from "../vocabulary/access";
import { LOCALES } from "../vocabulary/languages";
import {
  CONTACT_KINDS,
  DECLARATION_TOPICS,
  type DeclarationQuestion,
  type Platform,
  PLATFORMS,
  REGIONS,
  SYNC_STATES,
} from "../vocabulary/accounts";
import { HOME_REGIONS } from "../vocabulary/routes";
import { users } from "./access";

/** A package of a product: package-url without a version ("pkg:maven/com.example/im-sdk"). */
export type ProductPackage = { platform: Platform; purl: string };

export const products = pgTable("products", {
  id: id(),
  slug: text().notNull().unique(),
  nameZh: text().notNull(),
  nameEn: text().notNull(),
  /** Under which names package managers deliver it, for scanners. */
  packages: jsonb().$type<ProductPackage[]>().notNull().default([]),
});

/** A customer of the vendor, known by its UIN. */
export const accounts = pgTable(
  "accounts",
  {
    id: id(),
    uin: text().notNull().unique(),
    name: text().notNull(),
    /** How the vendor ranks it, in the vendor's own word ("旗舰版"); null where it is not ranked. */
    tier: text(),
    /** By which its mails are routed (docs/decisions/091); null where nobody has said it. */
    homeRegion: text({ enum: HOME_REGIONS }),
    /** Words by which operations choose accounts ("金融行业"); theirs alone, no sync touches them. */
    tags: text().array().notNull().default([]),
    createdAt: at().notNull(),
    closedAt: at(),
    /** What the vendor's console last said of it: its count of changes, and the hash of all it said. */
    syncRevision: bigint({ mode: "number" }),
    syncHash: text(),
    /** When an owner last looked through its contacts and found them right. */
    contactsCheckedAt: at(),
    /** Whether its people are told in rehearsals of incident notices, unless it said otherwise (decision 094). */
    takesRehearsals: boolean().notNull().default(true),
    /** Until then its owners are not reminded of what its apps have not declared. */
    declarationsPutOffUntil: at(),
  },
  (t) => [
    index("accounts_tier")
      .on(t.tier)
      .where(sql`tier is not null`),
    check("accounts_tags_are_few", sql`cardinality(tags) <= 20`),
  ],
);

/** An application that integrates a product: by SDK (with a version per platform) or by API alone (P06). */
export const apps = pgTable(
  "apps",
  {
    id: id(),
    accountId: uuid()
      .notNull()
      .references(() => accounts.id),
    productId: uuid()
      .notNull()
      .references(() => products.id),
    sdkAppId: text().notNull().unique(),
    name: text().notNull(),
    apiOnly: boolean().notNull().default(false),
    region: text({ enum: REGIONS }).notNull().default("cn"),
    createdAt: at().notNull(),
    closedAt: at(),
  },
  (t) => [
    index("apps_of_account").on(t.accountId, sql`(closed_at is not null)`, t.sdkAppId),
    index().on(t.productId, t.accountId),
  ],
);

export const appPlatforms = pgTable(
  "app_platforms",
  {
    appId: uuid()
      .notNull()
      .references(() => apps.id),
    platform: text({ enum: PLATFORMS }).notNull(),
    sdkVersion: text().notNull(),
    /** When the vendor's telemetry last saw this version; null where nobody has reported it. */
    lastSeenAt: at(),
  },
  (t) => [primaryKey({ columns: [t.appId, t.platform] })],
);

/** The answers of one topic; a question that does not arise is left out. */
export type DeclaredAnswer = Partial<Record<DeclarationQuestion, boolean>>;

/**
 * What an owner declared of an app, topic by topic (P37, P49): each row a whole answer of which the
 * highest revision holds, and none is ever changed. Apart from `apps`, which a sync and an import write.
 */
export const appDeclarations = pgTable(
  "app_declarations",
  {
    id: id(),
    appId: uuid()
      .notNull()
      .references(() => apps.id),
    topic: text({ enum: DECLARATION_TOPICS }).notNull(),
    revision: integer().notNull(),
    answer: jsonb().$type<DeclaredAnswer>().notNull(),
    /** What follows from the answer (`decidedBy`): it is an app for children, the GDPR applies to it. */
    applies: boolean().notNull(),
    declaredBy: uuid()
      .notNull()
      .references(() => users.id),
    declaredAt: at().notNull(),
  },
  (t) => [unique().on(t.appId, t.topic, t.revision)],
);

/** A person's part in an account. It ends by a date, never by deletion, so that old answers keep their author. */
export const members = pgTable(
  "members",
  {
    id: id(),
    accountId: uuid()
      .notNull()
      .references(() => accounts.id),
    userId: uuid()
      .notNull()
      .references(() => users.id),
    role: text({ enum: MEMBER_ROLES }).notNull(),
    joinedAt: at().notNull(),
    leftAt: at(),
  },
  (t) => [unique().on(t.accountId, t.userId), index().on(t.userId)],
);

/**
 * Whom an account names for one kind of matter. A contact need not be a member: an address such as
 * security@… is a person who may sign in and sees what was told to it. Told of nothing before the
 * address is verified; where no contact is, the owners stand in. `name` is what the account calls
 * the contact: a person's own name is not shown to whoever types their address.
 */
export const contacts = pgTable(
  "contacts",
  {
    id: id(),
    accountId: uuid()
      .notNull()
      .references(() => accounts.id),
    kind: text({ enum: CONTACT_KINDS }).notNull(),
    userId: uuid()
      .notNull()
      .references(() => users.id),
    name: text().notNull(),
    addedBy: uuid()
      .notNull()
      .references(() => users.id),
    addedAt: at().notNull(),
    verifiedAt: at(),
    removedAt: at(),
  },
  (t) => [
    uniqueIndex("contacts_one_per_kind")
      .on(t.accountId, t.kind, t.userId)
      .where(sql`removed_at is null`),
    index().on(t.userId),
  ],
);

/**
 * One mail that asks an address to confirm that it is a contact. It holds no secret: the link's token
 * is derived from its id and AUTH_SECRET.
 */
export const contactConfirmations = pgTable(
  "contact_confirmations",
  {
    id: id(),
    contactId: uuid()
      .notNull()
      .references(() => contacts.id),
    sentAt: at().notNull(),
    expiresAt: at().notNull(),
  },
  (t) => [index().on(t.contactId, t.sentAt)],
);

/**
 * Somebody whom an owner wants as a member, known by the address alone: a person only once they have
 * signed in with it and accepted. Forgotten thirty days after the last mail, however it ended.
 */
export const memberInvitations = pgTable(
  "member_invitations",
  {
    id: id(),
    accountId: uuid()
      .notNull()
      .references(() => accounts.id),
    email: text().notNull(),
    /** The mailbox behind the address: how its mails are counted, whatever is written after a plus. */
    inbox: text().notNull(),
    role: text({ enum: MEMBER_ROLES }).notNull(),
    /** Of a hand-over to a member: what the owner who offers it is once it is accepted. */
    keeps: text({ enum: MEMBER_ROLES }),
    /** For a person not known yet; whoever is known has chosen their own. */
    locale: text({ enum: LOCALES }).notNull(),
    /** Counts while they own the account; whoever sends it again takes their place. */
    invitedBy: uuid()
      .notNull()
      .references(() => users.id),
    invitedAt: at().notNull(),
    sentAt: at().notNull(),
    sends: integer().notNull().default(1),
    expiresAt: at().notNull(),
    /** Accepted, declined or withdrawn; which, stands in the record. */
    endedAt: at(),
  },
  (t) => [
    uniqueIndex("member_invitations_one_per_address")
      .on(t.accountId, t.email)
      .where(sql`ended_at is null`),
    index().on(t.email),
    index().on(t.inbox, t.sentAt),
    index().on(t.expiresAt),
  ],
);

/** A bulk of the vendor's console: what it said, how far it is, and what it came to. */
export const accountSyncs = pgTable(
  "account_syncs",
  {
    id: id(),
    /** The token that sent it. */
    createdBy: text().notNull(),
    createdAt: at().notNull(),
    finishedAt: at(),
    state: text({ enum: SYNC_STATES }).notNull(),
    isDryRun: boolean().notNull(),
    idempotencyKey: text(),
    bodyHash: text(),
    lines: integer().notNull().default(0),
    linesDone: integer().notNull().default(0),
    added: integer().notNull().default(0),
    changed: integer().notNull().default(0),
    unchanged: integer().notNull().default(0),
    problemCount: integer().notNull().default(0),
  },
  (t) => [
    uniqueIndex("account_syncs_one_per_key")
      .on(t.createdBy, t.idempotencyKey)
      .where(sql`idempotency_key is not null`),
    index("account_syncs_unfinished")
      .on(t.createdAt)
      .where(sql`finished_at is null`),
  ],
);

/** The lines of a bulk until it is finished. */
export const accountSyncLines = pgTable(
  "account_sync_lines",
  {
    syncId: uuid()
      .notNull()
      .references(() => accountSyncs.id, { onDelete: "cascade" }),
    line: integer().notNull(),
    uin: text().notNull(),
    body: jsonb().notNull(),
  },
  (t) => [primaryKey({ columns: [t.syncId, t.line] })],
);

/** What is wrong in which line of a bulk: the first thousand. */
export const accountSyncProblems = pgTable(
  "account_sync_problems",
  {
    id: id(),
    syncId: uuid()
      .notNull()
      .references(() => accountSyncs.id, { onDelete: "cascade" }),
    line: integer().notNull(),
    uin: text().notNull(),
    /** JSON pointer within the line. */
    pointer: text().notNull(),
    messageKey: text().notNull(),
    values: jsonb().notNull(),
  },
  (t) => [index().on(t.syncId, t.line)],
);

export type AccountSync = typeof accountSyncs.$inferSelect;
export type Contact = typeof contacts.$inferSelect;
export type Account = typeof accounts.$inferSelect;
export type App = typeof apps.$inferSelect;
export type Member = typeof members.$inferSelect;
