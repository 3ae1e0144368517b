import { sql } from "drizzle-orm";
import { check, date, index, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";

import { at, id } from "../columns";
import { REVIEW_DECISIONS } from "../vocabulary/reviews";
import {
  HOME_REGIONS,
  type HomeRegion,
  MAIL_REGIONS,
  MAIL_ROUTES,
  type MailRegion,
  type MailRoute,
  type RouteRefusal,
  TRANSFER_BASES,
  type TransferBasis,
} from "../vocabulary/routes";
import { users } from "./access";

/**
 * By which way the mails of a region leave, where that way's provider stores them, and what lets them
 * leave the region (docs/decisions/091): proposed by one person, decided by another. The last that was
 * approved of a region holds.
 */
export const mailRoutes = pgTable(
  "mail_routes",
  {
    id: id(),
    region: text({ enum: MAIL_REGIONS }).notNull(),
    route: text({ enum: MAIL_ROUTES }).notNull(),
    /** ISO 3166, "CN"; null where no mail leaves. */
    storedIn: text(),
    /** Null where nothing leaves the region, or where no basis is known: then no mail leaves. */
    basis: text({ enum: TRANSFER_BASES }),
    basisNumber: text().notNull().default(""),
    basisDay: date({ mode: "string" }),
    note: text().notNull().default(""),
    /** Of accounts without a region: they go by this one's route, whatever that is. A worker that does not know of it lets none leave. */
    treatedAs: text({ enum: HOME_REGIONS }),
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
    uniqueIndex("mail_routes_one_waiting")
      .on(t.region)
      .where(sql`decision is null`),
    index("mail_routes_approved")
      .on(t.region, t.decidedAt)
      .where(sql`decision = 'approved'`),
    check(
      "nobody_approves_their_own_route",
      sql`decision is distinct from 'approved' or decided_by <> proposed_by`,
    ),
    check(
      "routes_are_decided_by_somebody",
      sql`(decision is null) = (decided_by is null) and (decision is null) = (decided_at is null)`,
    ),
    check(
      "the_unstated_alone_are_treated_as_others",
      sql`treated_as is null or (region = 'unstated' and route = 'inbox_only' and basis is null)`,
    ),
    check("a_route_stores_somewhere", sql`(route = 'inbox_only') = (stored_in is null)`),
  ],
);

/** A route as a broadcast froze it: nothing of what is decided later changes it. */
export type FrozenRoute = {
  /** The decision it is of; null where nobody had decided any. */
  id: string | null;
  route: MailRoute;
  storedIn: string | null;
  basis: { way: TransferBasis; number: string; day: string | null } | null;
  /** Why no mail leaves; null where it does. */
  refused: RouteRefusal | null;
  /** Of accounts without a region: the region whose route this is, by the decision of that id. */
  treatedAs?: HomeRegion;
};
export type FrozenRoutes = Record<MailRegion, FrozenRoute>;
