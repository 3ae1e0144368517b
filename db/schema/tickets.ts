import { index, jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";

import { at, id } from "../columns";
import { TICKET_PURPOSES, TOKEN_SCOPES } from "../vocabulary";
import { users } from "./access";

/** A key for machines. Only its hash is stored; it is shown once. */
export const apiTokens = pgTable("api_tokens", {
  id: id(),
  name: text().notNull(),
  tokenHash: text().notNull().unique(),
  scopes: text({ enum: TOKEN_SCOPES }).array().notNull(),
  createdBy: uuid()
    .notNull()
    .references(() => users.id),
  createdAt: at().notNull(),
  lastUsedAt: at(),
  revokedAt: at(),
});

/** A link for one support ticket and one purpose; the address carries a signature, this row the rest. */
export const ticketLinks = pgTable(
  "ticket_links",
  {
    id: id(),
    ticketNumber: text().notNull(),
    purpose: text({ enum: TICKET_PURPOSES }).notNull(),
    /** What the wizard starts with, or the notice it opens (domain/tickets/input.ts). */
    prefill: jsonb().notNull(),
    /** The token or the person that asked for it. */
    createdBy: text().notNull(),
    createdAt: at().notNull(),
    expiresAt: at().notNull(),
    firstOpenedAt: at(),
  },
  (t) => [index().on(t.ticketNumber)],
);

export type TicketLink = typeof ticketLinks.$inferSelect;
