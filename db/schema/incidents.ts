import { sql } from "drizzle-orm";
import {
  type AnyPgColumn,
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";

import { at, id, reviewed } from "../columns";
import type { DeclarationTopic, Platform, Region } from "../vocabulary/accounts";
import { OPERATORS } from "../vocabulary/duties";
import {
  type Matter,
  type MatterPart,
  type Actionability,
  FOLLOW_KINDS,
  INCIDENT_KINDS,
  INCIDENT_STATUSES,
  type IncidentKind,
  type IncidentStatus,
  type MeasureState,
  type NoticeCheck,
  NOTICE_STATUSES,
  NOTICE_TYPES,
  type NoticeType,
  SEVERITIES,
  type Severity,
  VISIBILITIES,
  type Visibility,
} from "../vocabulary/incidents";
import type { Locale } from "../vocabulary/languages";
import { TIME_ZONES, type TimeZone } from "../vocabulary/zones";
import { users } from "./access";
import { accounts, apps, products } from "./accounts";
import { type ChosenAccounts, savedAudienceVersions } from "./audiences";
import { broadcasts } from "./broadcasts";
import type { Explanation } from "./policies";
import { noticeTemplateVersions } from "./notices";
import type { WavePlan } from "./waves";

export type Texts = Partial<Record<Locale, string>>;

/** A measure taken or about to be taken (P21); `at` is ISO 8601, UTC. */
export type Measure = { state: MeasureState; at: string; text: Texts };

/** The required parts of a notice (P20–P22). An announcement has a title and a situation only. */
export type NoticeParts = {
  title: Texts;
  situation: Texts;
  measures: Measure[];
  /** Each becomes an item of the developer's checklist. */
  adviceDevelopers: Texts[];
  adviceEndUsers: Texts;
  actionability: Actionability;
  /** How its texts are written: absent where they are plain words, as all were (docs/decisions/092). */
  format?: "markdown";
  /** Of an announcement of one of these matters: what it must say of it. */
  matter?: Matter | null;
  matterParts?: Partial<Record<MatterPart, Texts>>;
};

/**
 * Which apps a notice concerns. An empty list does not narrow; `versionRange` is a semver range, ""
 * for any version; `sdkAppIds` names apps outright and replaces the other rules. `undecided` as long as
 * nobody has chosen: then it concerns no app, and cannot be submitted. `declared` narrows to the apps
 * that declared one of these of themselves, or have declared nothing of it; a `rehearsal` to accounts that take part.
 */
export type AudienceRule = {
  productId: string;
  platforms: Platform[];
  versionRange: string;
  regions: Region[];
  apiOnly: boolean;
  sdkAppIds: string[];
  excludedSdkAppIds: string[];
  undecided?: true;
  declared?: DeclarationTopic[];
  rehearsal?: true;
} & ChosenAccounts;

/** A list of SDKAppIDs by its length and fingerprint. */
type ListSummary = { count: number; hash: string };

/** A rule without its lists, which may be long. */
export type RuleSummary = Omit<AudienceRule, "sdkAppIds" | "excludedSdkAppIds"> & {
  named: ListSummary;
  excluded: ListSummary;
};

/** What a reviewer judged, kept beside the judgement, so that the next one sees what is different. */
export type JudgedNotice = {
  type: NoticeType;
  parts: NoticeParts;
  notifies: boolean;
  silentReason: string | null;
  audience: RuleSummary;
  /** What the incident said of itself; null for an announcement. */
  incident: ({ dataKinds: Texts; cause: Texts; contact: string } & Partial<JudgedState>) | null;
  /** Absent where it was not kept yet. */
  visibility?: Visibility;
  /** When it goes out, ISO 8601, UTC; null for at once. Absent likewise. */
  goesOutAt?: string | null;
  /** By whose clock; absent for Beijing's. */
  goesOutZone?: TimeZone;
  /** Absent where it goes to everybody at once. */
  waves?: WavePlan;
};

/** What else of an incident its notices tell; kept later than the rest. Moments are ISO 8601, UTC. */
type JudgedState = {
  kind: IncidentKind;
  severity: Severity;
  status: IncidentStatus;
  publicSummary: Texts;
  occurredAt: string | null;
  discoveredAt: string;
  containmentBegunAt?: string;
  containedAt: string | null;
  resolvedAt: string | null;
};

/** A security incident: what is known of it now. What was told of it stands in its notices. */
export const incidents = pgTable(
  "incidents",
  {
    id: id(),
    number: text().notNull().unique(),
    productId: uuid()
      .notNull()
      .references(() => products.id),
    title: jsonb().$type<Texts>().notNull(),
    /** Nothing happened: the whole flow is played, marked wherever it is told (decision 094). It never changes (a trigger). */
    isRehearsal: boolean().notNull().default(false),
    kind: text({ enum: INCIDENT_KINDS }).notNull(),
    /** What the rules of reporting ask besides the severity (domain/incidents/duty-rules.ts). */
    operator: text({ enum: OPERATORS }).notNull().default("other"),
    concernsEea: boolean().notNull().default(false),
    severity: text({ enum: SEVERITIES }).notNull(),
    status: text({ enum: INCIDENT_STATUSES }).notNull().default("investigating"),
    visibility: text({ enum: VISIBILITIES }).notNull(),
    /** What everybody may read of a restricted incident. */
    publicSummary: jsonb().$type<Texts>().notNull().default({}),
    occurredAt: at(),
    discoveredAt: at().notNull(),
    /** The strictest limit of the first notice that ever applied (P17); it never moves later (a trigger). */
    firstNoticeDueAt: at().notNull(),
    /** When the contingency plan was started, and when the spread was stopped (P16). */
    containmentBegunAt: at(),
    ...{ containedAt: at(), resolvedAt: at() },
    /** The kinds of data concerned and the cause (Personal Information Protection Law, art. 57). */
    dataKinds: jsonb().$type<Texts>().notNull(),
    cause: jsonb().$type<Texts>().notNull(),
    contact: text().notNull(),
    ownerId: uuid()
      .notNull()
      .references(() => users.id),
    /** Counts from 1; each reopening begins another, whose plan is gone through anew. */
    round: integer().notNull().default(1),
    reopenedAt: at(),
    /** When two people agreed that it is a false alarm; null again once it is reopened. */
    falseAlarmAt: at(),
    /** Whoever wrote a word of it: its notices tell those words, so they may not approve them. */
    writerIds: uuid().array().notNull(),
    revision: integer().notNull().default(1),
    ...{ createdAt: at().notNull(), updatedAt: at().notNull() },
  },
  (t) => [
    check(
      "false_alarms_say_since_when",
      sql`(status = 'false_alarm') = (false_alarm_at is not null)`,
    ),
    check("rehearsals_are_for_the_affected", sql`not is_rehearsal or visibility = 'affected'`),
    index().on(t.createdAt, t.id),
    index("incidents_by_status")
      .on(t.status, t.createdAt, t.id)
      .where(sql`not is_rehearsal`),
    index("incidents_open")
      .on(t.createdAt, t.id)
      .where(sql`status <> 'closed' and not is_rehearsal`),
    index("incidents_rehearsed")
      .on(t.createdAt, t.id)
      .where(sql`is_rehearsal`),
  ],
);

/**
 * A change of what an incident's limit counts from. It is in force with `appliedAt`: at once, or by the
 * word of a second person, who is named with the decision either way. Until then it waits.
 */
export const gradeChanges = pgTable(
  "grade_changes",
  {
    id: id(),
    incidentId: uuid()
      .notNull()
      .references(() => incidents.id),
    severityBefore: text({ enum: SEVERITIES }).notNull(),
    severityAfter: text({ enum: SEVERITIES }).notNull(),
    ...{ discoveredBefore: at().notNull(), discoveredAfter: at().notNull() },
    reason: text().notNull(),
    proposedBy: uuid()
      .notNull()
      .references(() => users.id),
    proposedAt: at().notNull(),
    decidedBy: uuid().references(() => users.id),
    decidedAt: at(),
    /** Why it was turned down. */
    decisionReason: text(),
    appliedAt: at(),
  },
  (t) => [
    index().on(t.incidentId),
    uniqueIndex("one_grade_change_waits")
      .on(t.incidentId)
      .where(sql`applied_at is null and decided_at is null`),
    check("nobody_decides_their_own_grade_change", sql`decided_by <> proposed_by`),
    check(
      "grade_changes_are_decided_by_somebody",
      sql`(decided_by is null) = (decided_at is null)`,
    ),
  ],
);

/**
 * One telling: an incident's first notice, an update, a correction, the final report, or an
 * announcement. Once published it never changes (a trigger); a correction stands beside it.
 */
export const notices = pgTable(
  "notices",
  {
    id: id(),
    /** Null for an announcement. */
    incidentId: uuid().references(() => incidents.id),
    productId: uuid()
      .notNull()
      .references(() => products.id),
    type: text({ enum: NOTICE_TYPES }).notNull(),
    /** 1, 2, 3 … within its incident; what follows an announcement counts on from it. */
    sequence: integer().notNull(),
    /** The notice that a correction corrects. */
    correctsId: uuid(),
    /** The announcement that this one corrects, adds to or ends, and which of these. */
    followsId: uuid().references((): AnyPgColumn => notices.id),
    followKind: text({ enum: FOLLOW_KINDS }),
    status: text({ enum: NOTICE_STATUSES }).notNull().default("draft"),
    visibility: text({ enum: VISIBILITIES }).notNull(),
    parts: jsonb().$type<NoticeParts>().notNull(),
    /** The template its words were made from, if any; they may have been changed since. */
    templateVersionId: uuid().references(() => noticeTemplateVersions.id),
    audience: jsonb().$type<AudienceRule>().notNull(),
    /** The saved audience that the rule is of, as long as nobody has changed it since. */
    audienceVersionId: uuid().references(() => savedAudienceVersions.id),
    /** Whether its publication sends mails and in-site messages, or only adds it to the page. */
    notifies: boolean().notNull().default(true),
    /** The reason given for not notifying. */
    silentReason: text(),
    /** Where it goes out in waves, how; part of what is approved. Null for to everybody at once. */
    waves: jsonb().$type<WavePlan>(),
    /** Why what the checks before review found may stay. */
    explanations: jsonb().$type<Partial<Record<NoticeCheck, Explanation>>>().notNull().default({}),
    /** The hash is over content and audience, the list of affected apps included. */
    ...reviewed(() => users.id),
    /** Who sent it without a second person, in place of an approval (emergencySendings). */
    sentAloneBy: uuid().references(() => users.id),
    /** When an announcement goes out once it is approved; null for at once (decision 034). */
    goesOutAt: at(),
    /** The time zone whose clock its author meant (IANA); null for Beijing's. */
    goesOutZone: text({ enum: TIME_ZONES }),
    publishedAt: at(),
    /** What was published, whether anybody was notified or not (domain/broadcasts/facts.ts). */
    facts: jsonb(),
    broadcastId: uuid().references(() => broadcasts.id),
  },
  (t) => [
    uniqueIndex("notices_sequence")
      .on(t.incidentId, t.sequence)
      .where(sql`status <> 'discarded'`),
    uniqueIndex("notices_following")
      .on(t.followsId, t.sequence)
      .where(sql`status <> 'discarded'`),
    uniqueIndex("announcements_end_once")
      .on(t.followsId)
      .where(sql`follow_kind = 'end' and status = 'published'`),
    index().on(t.status, t.publishedAt),
    // What is announced without a broadcast of its own.
    index("notices_silent")
      .on(t.publishedAt, t.id)
      .where(sql`type = 'announcement' and broadcast_id is null`),
    index("notices_scheduled")
      .on(t.goesOutAt, t.id)
      .where(sql`status = 'scheduled'`),
    index("notices_announcements")
      .on(t.createdAt, t.id)
      .where(sql`incident_id is null`),
    check(
      "nobody_approves_their_own_notice",
      sql`approved_by is null or approved_by <> all (writer_ids)`,
    ),
    check(
      "published_notices_are_approved",
      sql`status <> 'published' or ((approved_by is null) <> (sent_alone_by is null) and content_hash is not null and published_at is not null and facts is not null)`,
    ),
    check(
      "notices_are_discarded_by_somebody",
      sql`(status = 'discarded') = (discarded_by is not null and discarded_at is not null)`,
    ),
    check("announcements_have_no_incident", sql`(type = 'announcement') = (incident_id is null)`),
    check(
      "announcements_are_followed_at_once",
      sql`(follows_id is null) = (follow_kind is null) and (follows_id is null or (type = 'announcement' and goes_out_at is null and waves is null and follows_id <> id))`,
    ),
    check("incidents_are_never_scheduled", sql`incident_id is null or goes_out_at is null`),
    check(
      "scheduled_notices_are_approved",
      sql`status <> 'scheduled' or (approved_by is not null and content_hash is not null and goes_out_at is not null and published_at is null)`,
    ),
  ],
);

/** The apps a notice concerned when it was last submitted: what its review may find changed. */
export const noticeSubmissions = pgTable("notice_submissions", {
  noticeId: uuid()
    .primaryKey()
    .references(() => notices.id),
  appIds: uuid().array().notNull(),
});

/** The apps a published or scheduled notice concerns, as they were when it was approved, and why. */
export const noticeTargets = pgTable(
  "notice_targets",
  {
    noticeId: uuid()
      .notNull()
      .references(() => notices.id),
    appId: uuid()
      .notNull()
      .references(() => apps.id),
    accountId: uuid()
      .notNull()
      .references(() => accounts.id),
    /** What put it in (domain/incidents/audience-reason.ts): "android 8.1.0, ios 8.0.2", "api", "named". */
    reason: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.noticeId, t.appId] }), index().on(t.accountId)],
);

/** An item of advice that a developer has ticked off for an app (P22). */
export const adviceDone = pgTable(
  "advice_done",
  {
    noticeId: uuid()
      .notNull()
      .references(() => notices.id),
    appId: uuid()
      .notNull()
      .references(() => apps.id),
    /** The place of the item in `adviceDevelopers`, from 0. */
    item: integer().notNull(),
    doneBy: uuid()
      .notNull()
      .references(() => users.id),
    doneAt: at().notNull(),
  },
  (t) => [primaryKey({ columns: [t.noticeId, t.appId, t.item] })],
);

export type Incident = typeof incidents.$inferSelect;
export type GradeChange = typeof gradeChanges.$inferSelect;
export type Notice = typeof notices.$inferSelect;
