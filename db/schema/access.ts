import {
  boolean,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
} from "drizzle-orm/pg-core";

import { at, id } from "../columns";
import { LOCALES, SIGN_IN_PURPOSES, STAFF_ROLES } from "../vocabulary";

/**
 * A person who may sign in: a developer, a member of staff, or both. Addresses are stored normalised.
 * Who is erased keeps the row, under a code in place of name and address, and never changes again.
 */
export const users = pgTable("users", {
  id: id(),
  email: text().notNull().unique(),
  name: text().notNull(),
  locale: text({ enum: LOCALES }).notNull().default("zh-CN"),
  /** Announcements by mail may be turned off; policy changes, incidents and answers may not (P41). */
  wantsAnnouncementMails: boolean().notNull().default(true),
  createdAt: at().notNull(),
  erasedAt: at(),
});

export const staffRoles = pgTable(
  "staff_roles",
  {
    userId: uuid()
      .notNull()
      .references(() => users.id),
    role: text({ enum: STAFF_ROLES }).notNull(),
    grantedAt: at().notNull(),
  },
  (t) => [primaryKey({ columns: [t.userId, t.role] })],
);

/** Only the hash of a session's token is stored, so a copy of this table opens no session. */
export const sessions = pgTable(
  "sessions",
  {
    tokenHash: text().primaryKey(),
    userId: uuid()
      .notNull()
      .references(() => users.id),
    createdAt: at().notNull(),
    expiresAt: at().notNull(),
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

/**
 * One request to sign in by mail. It exists for known and unknown addresses alike, and holds no
 * secret: the link's token and the code are derived from its id and AUTH_SECRET.
 */
export const signInRequests = pgTable(
  "sign_in_requests",
  {
    id: id(),
    email: text().notNull(),
    purpose: text({ enum: SIGN_IN_PURPOSES }).notNull().default("sign_in"),
    locale: text({ enum: LOCALES }).notNull(),
    returnPath: text().notNull(),
    requestedAt: at().notNull(),
    expiresAt: at().notNull(),
    usedAt: at(),
    failedAttempts: integer().notNull().default(0),
  },
  (t) => [index().on(t.email, t.requestedAt)],
);

export type User = typeof users.$inferSelect;
