import { index, integer, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";

import { at, id } from "../columns";
import { ALARM_PATTERNS, SECURITY_EVENTS } from "../vocabulary/security";
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

/** A pattern that was told to administrators or to the owner of an address: once in its hour or day. */
export const securityAlarms = pgTable(
  "security_alarms",
  {
    id: id(),
    pattern: text({ enum: ALARM_PATTERNS }).notNull(),
    /** What tells it from others of its kind: a mailbox as the door counts it, a network, a person. */
    subject: text().notNull(),
    /** The hour or the day it counts for. */
    since: at().notNull(),
    count: integer().notNull(),
    userId: uuid().references(() => users.id),
    network: text(),
    raisedAt: at().notNull(),
  },
  (t) => [unique().on(t.pattern, t.subject, t.since), index().on(t.raisedAt), index().on(t.userId)],
);
