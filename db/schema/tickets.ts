import { sql } from "drizzle-orm";
import {
  type AnyPgColumn,
  check,
  index,
  integer,
  pgTable,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";

import { at, id, sealed } from "../columns";
import { LOCALES } from "../vocabulary/languages";
import { TICKET_PURPOSES, TOKEN_SCOPES } from "../vocabulary/tickets";
import { users } from "./access";
import { accounts, apps } from "./accounts";

/** A key for machines. Only its hash is stored; it is shown once. */
export const apiTokens = pgTable(
  "api_tokens",
  {
    id: id(),
    name: text().notNull(),
    tokenHash: text().notNull().unique(),
    /** How it begins, so that its owner knows which one it is. */
    hint: text().notNull(),
    scopes: text({ enum: TOKEN_SCOPES }).array().notNull(),
    /** Whose gate it opens, and of which app alone; null for a key of the vendor's own systems. */
    accountId: uuid().references(() => accounts.id),
    appId: uuid().references(() => apps.id),
    createdBy: uuid()
      .notNull()
      .references(() => users.id),
    createdAt: at().notNull(),
    expiresAt: at(),
    lastUsedAt: at(),
    /** The minute its uses are counted in, and how many there were (domain/tickets/authenticate-token.ts). */
    windowStartedAt: at(),
    windowUses: integer().notNull().default(0),
    revokedAt: at(),
    /** The token that took its place; until `expiresAt` both are good. */
    replacedBy: uuid().references((): AnyPgColumn => apiTokens.id),
  },
  (t) => [
    uniqueIndex("api_tokens_one_name_each")
      .on(sql`coalesce(account_id::text, '')`, t.name)
      .where(sql`revoked_at is null and replaced_by is null`),
    index("api_tokens_of_accounts")
      .on(t.accountId, t.createdAt)
      .where(sql`account_id is not null`),
    check(
      "tokens_of_accounts_open_the_gate_alone",
      sql`account_id is null and app_id is null or account_id is not null and scopes = '{compliance_read}'`,
    ),
  ],
);

/** A link for one support ticket and one purpose; the address carries a signature, this row the rest. */
export const ticketLinks = pgTable(
  "ticket_links",
  {
    id: id(),
    ticketNumber: text().notNull(),
    purpose: text({ enum: TICKET_PURPOSES }).notNull(),
    locale: text({ enum: LOCALES }).notNull(),
    /** What the wizard starts with, or the notice it opens: sealed JSON (domain/tickets/link-content.ts). */
    prefill: sealed().notNull(),
    /** The token or the person that asked for it. */
    createdBy: text().notNull(),
    /** A repeat under the same key is the same link, if it asks for the same. */
    idempotencyKey: text(),
    bodyHash: text().notNull(),
    createdAt: at().notNull(),
    expiresAt: at().notNull(),
    firstOpenedAt: at(),
    /** Whose it is alone: what we sign of their mail address, which is not kept; null for whoever holds it. */
    boundTo: text(),
    /** How often it opens what it leads to; null for any number of times, which are not counted. */
    mostUses: integer(),
    uses: integer().notNull().default(0),
    revokedAt: at(),
    /** The token or the person that revoked it. */
    revokedBy: text(),
    /** The thing it leads to, as lists name it: "incident I-2026-000012"; null of a new request. */
    leadsTo: text(),
  },
  (t) => [
    index().on(t.ticketNumber, t.createdAt, t.id),
    index().on(t.createdAt, t.id),
    uniqueIndex("ticket_links_one_per_key")
      .on(t.createdBy, t.idempotencyKey)
      .where(sql`idempotency_key is not null`),
    check("ticket_links_are_used_so_often", sql`most_uses is null or uses <= most_uses`),
    check("ticket_links_are_revoked_by_somebody", sql`(revoked_at is null) = (revoked_by is null)`),
  ],
);

export type ApiToken = typeof apiTokens.$inferSelect;
export type TicketLink = typeof ticketLinks.$inferSelect;
