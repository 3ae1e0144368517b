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
  uuid,
} from "drizzle-orm/pg-core";

import { at, id, sealed } from "../columns";
import { DOOR_PURPOSES, FACTOR_KINDS, STAFF_ROLES } from "../vocabulary/access";
import { OPTIONAL_PUSHES } from "../vocabulary/broadcasts";
import { LOCALES } from "../vocabulary/languages";
import type { SubscriptionChoice } from "./subscriptions";

/**
 * A person who may sign in: a developer, a member of staff, or both. Addresses are stored normalised.
 * Who is erased keeps the row, under a code in place of name and address, and never changes again.
 */
export const users = pgTable("users", {
  id: id(),
  email: text().notNull().unique(),
  name: text().notNull(),
  locale: text({ enum: LOCALES }).notNull().default("zh-CN"),
  /**
   * Mails that may be turned off, because each is among one's messages as well and no law asks for it;
   * major changes, incidents and answers may not (P41).
   */
  wantsAnnouncementMails: boolean().notNull().default(true),
  wantsMinorChangeMails: boolean().notNull().default(true),
  /** Of those that are wanted, whether they come once a day together (`digest_items`). */
  announcementsDaily: boolean().notNull().default(false),
  minorChangesDaily: boolean().notNull().default(false),
  /** What does not show up in the person's browsers. */
  mutedPushes: text({ enum: OPTIONAL_PUSHES }).array().notNull().default([]),
  /** Whether other members of an account see the address; owners, who manage it, and staff always do. */
  showsAddress: boolean().notNull().default(true),
  createdAt: at().notNull(),
  erasedAt: at(),
});

/** Addresses that somebody had before another: whoever brings one again is asked whom they mean. */
export const formerAddresses = pgTable(
  "former_addresses",
  {
    userId: uuid()
      .notNull()
      .references(() => users.id),
    address: text().notNull(),
    changedAt: at().notNull(),
  },
  (t) => [primaryKey({ columns: [t.address, t.userId] }), index().on(t.userId)],
);

export const staffRoles = pgTable(
  "staff_roles",
  {
    userId: uuid()
      .notNull()
      .references(() => users.id),
    role: text({ enum: STAFF_ROLES }).notNull(),
    grantedAt: at().notNull(),
    /** Absent where the installation's own program gave it (scripts/setup.ts), as it does the first. */
    grantedBy: uuid().references(() => users.id),
    /** The second administrator, without whom nobody becomes one. */
    confirmedBy: uuid().references(() => users.id),
  },
  (t) => [
    primaryKey({ columns: [t.userId, t.role] }),
    check("staff_roles_given_by_another", sql`granted_by <> user_id and confirmed_by <> user_id`),
    check(
      "staff_roles_admin_by_two",
      sql`role <> 'admin' or granted_by is null or (confirmed_by is not null and confirmed_by <> granted_by)`,
    ),
  ],
);

/** Whom an administrator wants to make one; another administrator decides, and the row is gone. */
export const adminProposals = pgTable(
  "admin_proposals",
  {
    userId: uuid()
      .primaryKey()
      .references(() => users.id),
    proposedBy: uuid()
      .notNull()
      .references(() => users.id),
    proposedAt: at().notNull(),
  },
  () => [check("admin_proposals_of_another", sql`proposed_by <> user_id`)],
);

/**
 * Only the hash of a session's token is stored, so a copy of this table opens no session. Browser and
 * network are kept as long as the session is.
 */
export const sessions = pgTable(
  "sessions",
  {
    tokenHash: text().primaryKey(),
    /** What its owner names it by, to end it. */
    id: uuid().notNull().unique().defaultRandom(),
    userId: uuid()
      .notNull()
      .references(() => users.id),
    createdAt: at().notNull(),
    expiresAt: at().notNull(),
    /** The browser in words ("Chrome · Windows"), and the network it was last seen in. */
    device: text().notNull().default(""),
    network: text().notNull().default(""),
    /** What the door knows the browser by, as `endpoints.browser_hash`; "" where it does not. */
    browserHash: text().notNull().default(""),
    /** Written once in two minutes at most. */
    lastSeenAt: at().notNull().defaultNow(),
    /** When a second factor was last proven in it; the session of who has one opens nothing before. */
    factorAt: at(),
    /** What a passkey is to sign next in it (WebAuthn), once, and until when. */
    challenge: text(),
    challengeEndsAt: at(),
  },
  (t) => [index().on(t.userId)],
);

/**
 * A person's identity at an OIDC provider. `provider` is its issuer, beside which alone a subject
 * names somebody (OpenID Connect Core 5.7).
 */
export const oidcIdentities = pgTable(
  "oidc_identities",
  {
    id: id(),
    userId: uuid()
      .notNull()
      .references(() => users.id),
    provider: text().notNull(),
    subject: text().notNull(),
  },
  (t) => [unique().on(t.provider, t.subject)],
);

/** What a person proves besides their mail. One that is not confirmed yet proves nothing. */
export const factors = pgTable(
  "factors",
  {
    id: id(),
    userId: uuid()
      .notNull()
      .references(() => users.id),
    kind: text({ enum: FACTOR_KINDS }).notNull(),
    /** What its owner calls it. */
    name: text().notNull(),
    /** The key shared with an authenticator app (RFC 6238). */
    secret: sealed(),
    /** The session in which an app is being added, which alone is shown its key. */
    startedIn: uuid(),
    /** Of a passkey, as its authenticator named it; the public half of its key, in base64url (COSE). */
    credentialId: text().unique(),
    publicKey: text(),
    /** How often it has signed, as it last said; many always say 0. */
    signCount: bigint({ mode: "number" }),
    /** How browsers reach it ("internal", "usb"). */
    transports: text().array(),
    createdAt: at().notNull(),
    confirmedAt: at(),
    lastUsedAt: at(),
    /** The step of the last code taken: neither it nor an earlier one is taken again. */
    lastStep: integer(),
  },
  (t) => [
    index().on(t.userId),
    check(
      "factors_by_kind",
      sql`case kind when 'app' then secret is not null else credential_id is not null and public_key is not null and sign_count is not null and confirmed_at is not null end`,
    ),
  ],
);

/** Codes for who has lost their factor: shown once, stored by their hash, each used once. */
export const recoveryCodes = pgTable(
  "recovery_codes",
  {
    userId: uuid()
      .notNull()
      .references(() => users.id),
    codeHash: text().notNull(),
    createdAt: at().notNull(),
    usedAt: at(),
  },
  (t) => [primaryKey({ columns: [t.userId, t.codeHash] })],
);

/** Wrong codes of a second factor in the last day, for the waits that grow with them. */
export const factorFailures = pgTable(
  "factor_failures",
  {
    id: id(),
    userId: uuid()
      .notNull()
      .references(() => users.id),
    at: at().notNull(),
  },
  (t) => [index().on(t.userId, t.at)],
);

/**
 * One request to sign in by mail. It exists for known and unknown addresses alike, and holds no
 * secret: the link's token and the code are derived from its id and AUTH_SECRET.
 */
export const signInRequests = pgTable(
  "sign_in_requests",
  {
    id: id(),
    email: text().notNull(),
    purpose: text({ enum: DOOR_PURPOSES }).notNull().default("sign_in"),
    locale: text({ enum: LOCALES }).notNull(),
    returnPath: text().notNull(),
    /** What is to be subscribed to, of that purpose alone. */
    choice: jsonb().$type<SubscriptionChoice>(),
    requestedAt: at().notNull(),
    expiresAt: at().notNull(),
    /** What mails are counted by: the mailbox, and the network and the browser they were asked from. */
    inboxKey: text().notNull(),
    network: text().notNull(),
    browser: text().notNull(),
    /** When the provider took the mail. Without one neither link nor code opens anything. */
    mailedAt: at(),
    usedAt: at(),
    /** Wrong codes. They end the code, never the link, which nobody can guess. */
    failedAttempts: integer().notNull().default(0),
  },
  (t) => [
    index().on(t.email),
    index().on(t.inboxKey, t.requestedAt),
    index().on(t.network, t.requestedAt),
  ],
);

/** Wrong codes of the last day, by mailbox and network, for the waits that grow with them. */
export const signInFailures = pgTable(
  "sign_in_failures",
  { id: id(), inboxKey: text().notNull(), network: text().notNull(), at: at().notNull() },
  (t) => [index().on(t.inboxKey, t.at), index().on(t.network, t.at), index().on(t.at)],
);

/** Work that anybody may ask for, counted by kind and network over a minute (spend-budget.ts). */
export const workBudgets = pgTable(
  "work_budgets",
  { key: text().primaryKey(), since: at().notNull(), spent: integer().notNull() },
  (t) => [index().on(t.since)],
);

export type User = typeof users.$inferSelect;
