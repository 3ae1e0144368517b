import { sql } from "drizzle-orm";
import {
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";

import { at, id } from "../columns";
import { DUTIES, type Operator, type ReportPart } from "../vocabulary/duties";
import {
  CONTAINMENT_STEPS,
  type IncidentKind,
  type IncidentStatus,
  LOOK_VERDICTS,
  PROPOSALS,
  type Severity,
  STEP_STATES,
} from "../vocabulary/incidents";
import { REVIEW_DECISIONS } from "../vocabulary/reviews";
import { users } from "./access";
import { broadcasts } from "./broadcasts";
import { incidents, type NoticeParts, notices, type Texts } from "./incidents";

export type ReportParts = Partial<Record<ReportPart, string>>;

/**
 * What an incident was known to be when a report of it was last saved: what that report was filled from, and
 * what the next one is compared with. Moments are ISO 8601, UTC.
 */
export type ReportBasis = {
  kind: IncidentKind;
  severity: Severity;
  operator: Operator;
  status: IncidentStatus;
  occurredAt: string | null;
  discoveredAt: string;
  containmentBegunAt: string | null;
  containedAt: string | null;
  resolvedAt: string | null;
  title: Texts;
  dataKinds: Texts;
  cause: Texts;
  contact: string;
  /** What its newest notice says, published or not. */
  told: Pick<NoticeParts, "situation" | "measures" | "format"> | null;
};

/** Since when a report is written down as handed in, by whom, and what it said then. */
const handedIn = () => ({
  handedInAt: at(),
  loggedBy: uuid().references(() => users.id),
  loggedAt: at(),
  /** How it was handed in: a receipt's number, a telephone call, an address. */
  reference: text(),
  /** sha256 over the parts that were handed in. */
  reportHash: text(),
});
const HANDED_IN_BY_SOMEBODY = sql`(handed_in_at is null) = (logged_by is null) and (handed_in_at is null) = (reference is null)
        and (handed_in_at is null) = (report_hash is null) and (handed_in_at is null) = (logged_at is null)`;

/**
 * What has to be reported of an incident to an authority, by when, and the report of it
 * (docs/decisions/064). A row stays though its ground falls away, and its limit never moves later; what
 * was handed in never changes (a trigger).
 */
export const incidentDuties = pgTable(
  "incident_duties",
  {
    incidentId: uuid()
      .notNull()
      .references(() => incidents.id),
    duty: text({ enum: DUTIES }).notNull(),
    /** The strictest limit that ever applied. */
    dueAt: at().notNull(),
    reckonedAt: at().notNull(),
    parts: jsonb().$type<ReportParts>().notNull().default({}),
    revision: integer().notNull().default(1),
    savedBy: uuid().references(() => users.id),
    savedAt: at(),
    /** Reports of before have none. */
    basis: jsonb().$type<ReportBasis>(),
    ...handedIn(),
    /** When two people agreed that the rule does not apply here. */
    waivedAt: at(),
  },
  (t) => [
    primaryKey({ columns: [t.incidentId, t.duty] }),
    check("reports_are_handed_in_by_somebody", HANDED_IN_BY_SOMEBODY),
    check("what_is_handed_in_is_not_waived", sql`handed_in_at is null or waived_at is null`),
  ],
);

/**
 * A further report after the first one of a duty (docs/decisions/098), numbered from 1. None has a limit; what
 * was handed in never changes (a trigger).
 */
export const followUpReports = pgTable(
  "follow_up_reports",
  {
    ...{ incidentId: uuid().notNull(), duty: text({ enum: DUTIES }).notNull() },
    sequence: integer().notNull(),
    parts: jsonb().$type<ReportParts>().notNull(),
    revision: integer().notNull().default(1),
    savedBy: uuid()
      .notNull()
      .references(() => users.id),
    savedAt: at().notNull(),
    basis: jsonb().$type<ReportBasis>().notNull(),
    ...handedIn(),
  },
  (t) => [
    primaryKey({ columns: [t.incidentId, t.duty, t.sequence] }),
    foreignKey({
      name: "follow_up_reports_follow_a_duty",
      columns: [t.incidentId, t.duty],
      foreignColumns: [incidentDuties.incidentId, incidentDuties.duty],
    }),
    uniqueIndex("one_follow_up_report_is_open")
      .on(t.incidentId, t.duty)
      .where(sql`handed_in_at is null`),
    check("follow_up_reports_count_from_one", sql`sequence >= 1`),
    check("follow_up_reports_are_handed_in_by_somebody", HANDED_IN_BY_SOMEBODY),
  ],
);

/** A step of the plan that somebody has done, or set aside with a reason (P16). */
export const containmentSteps = pgTable(
  "containment_steps",
  {
    incidentId: uuid()
      .notNull()
      .references(() => incidents.id),
    round: integer().notNull(),
    step: text({ enum: CONTAINMENT_STEPS }).notNull(),
    state: text({ enum: STEP_STATES }).notNull(),
    reason: text(),
    settledBy: uuid()
      .notNull()
      .references(() => users.id),
    settledAt: at().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.incidentId, t.round, t.step] }),
    check("steps_set_aside_have_a_reason", sql`(state = 'set_aside') = (reason is not null)`),
  ],
);

/**
 * That an incident is a false alarm, is reopened, or need not be reported: proposed by one person with the reason, decided by
 * another. Whoever takes their own proposal back rejects it themselves.
 */
export const incidentProposals = pgTable(
  "incident_proposals",
  {
    id: id(),
    incidentId: uuid()
      .notNull()
      .references(() => incidents.id),
    what: text({ enum: PROPOSALS }).notNull(),
    /** Of a waiver: which. */
    duty: text({ enum: DUTIES }),
    reason: text().notNull(),
    proposedBy: uuid()
      .notNull()
      .references(() => users.id),
    proposedAt: at().notNull(),
    decision: text({ enum: REVIEW_DECISIONS }),
    decidedBy: uuid().references(() => users.id),
    decidedAt: at(),
    decisionReason: text(),
    /** What took back what had been told; null where nobody had been told. */
    broadcastId: uuid().references(() => broadcasts.id),
  },
  (t) => [
    index().on(t.incidentId),
    uniqueIndex("one_incident_proposal_waits")
      .on(t.incidentId)
      .where(sql`decision is null`),
    check("waivers_name_a_duty", sql`(what = 'waiver') = (duty is not null)`),
    check(
      "nobody_approves_their_own_incident_proposal",
      sql`decision is distinct from 'approved' or proposed_by <> decided_by`,
    ),
    check(
      "incident_proposals_are_decided_by_somebody",
      sql`(decision is null) = (decided_by is null) and (decision is null) = (decided_at is null)`,
    ),
  ],
);

/**
 * That one person alone sent a notice of the gravest grade, why, and what the second person said who
 * looked at it afterwards (docs/decisions/072). It never changes but for that look (a trigger).
 */
export const emergencySendings = pgTable(
  "emergency_sendings",
  {
    noticeId: uuid()
      .primaryKey()
      .references(() => notices.id),
    reason: text().notNull(),
    sentBy: uuid()
      .notNull()
      .references(() => users.id),
    sentAt: at().notNull(),
    /** Everybody who wrote any of it: like its sender, none of them looks at it. */
    writerIds: uuid().array().notNull(),
    lookDueAt: at().notNull(),
    /** When nobody had looked by then, and it became an alarm. */
    alarmedAt: at(),
    verdict: text({ enum: LOOK_VERDICTS }),
    lookedBy: uuid().references(() => users.id),
    lookedAt: at(),
    /** Why the second person objects. */
    objection: text(),
    /** The correction that the objection began; null where another notice was on its way already. */
    correctionId: uuid().references(() => notices.id, { onDelete: "set null" }),
  },
  (t) => [
    index("emergency_sendings_waiting")
      .on(t.lookDueAt)
      .where(sql`verdict is null`),
    index().on(t.correctionId),
    check(
      "nobody_looks_at_their_own_sending",
      sql`looked_by is null or (looked_by <> sent_by and looked_by <> all (writer_ids))`,
    ),
    check(
      "sendings_are_looked_at_by_somebody",
      sql`(verdict is null) = (looked_by is null) and (verdict is null) = (looked_at is null)`,
    ),
    check(
      "objections_have_a_reason",
      sql`(verdict is not distinct from 'objected') = (objection is not null)`,
    ),
  ],
);

export type EmergencySending = typeof emergencySendings.$inferSelect;
export type FollowUpReport = typeof followUpReports.$inferSelect;
export type IncidentDuty = typeof incidentDuties.$inferSelect;
export type IncidentProposal = typeof incidentProposals.$inferSelect;
