import { index, pgTable, text, uuid } from "drizzle-orm/pg-core";

import { at, id } from "../columns";
import { SECURITY_EVENTS } from "../vocabulary/security";
import { users } from "./access";

/**
 * Who came in or tried to, and what was refused to whom, with network and browser. Kept apart from
 * the record, which lasts: this is erased with its person, and after 180 days in any case.
 */
export const securityEvents = pgTable(
  "security_events",
  {
    id: id(),
    at: at().notNull(),
    kind: text({ enum: SECURITY_EVENTS }).notNull(),
    /** Whom it concerns, where somebody here has the address. */
    userId: uuid().references(() => users.id),
    /** The mailbox a wrong code was for, as the door counts it: told apart, not read. */
    inboxKey: text(),
    network: text().notNull(),
    device: text().notNull(),
    /** The way in, or the page that was refused. */
    what: text().notNull().default(""),
  },
  (t) => [
    index().on(t.at),
    index().on(t.userId, t.at),
    index().on(t.inboxKey, t.at),
    index().on(t.network, t.at),
  ],
);
