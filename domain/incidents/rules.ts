import type { AudienceRule, NoticeParts, Texts } from "@/db/schema/incidents";
import {
  type ContainmentStep,
  type IncidentKind,
  type IncidentStatus,
  MATTER_PARTS,
  type NoticeStatus,
  type NoticeType,
  PLANS,
  type Severity,
} from "@/db/vocabulary/incidents";

import { assertMove, type Missing, type Moves, needsTypedCount as isMany } from "../reviews/rules";
import { clockOf } from "./duty-rules";

/** Where one person alone moves an incident. */
export type MovedStatus = Exclude<IncidentStatus, "reopened" | "false_alarm">;

/** How one person moves an incident. What was not contained after all is investigated again. */
export const INCIDENT_MOVES: Record<IncidentStatus, readonly MovedStatus[]> = {
  investigating: ["contained", "resolved"],
  reopened: ["contained", "resolved"],
  contained: ["resolved", "investigating"],
  resolved: ["closed"],
  closed: [],
  false_alarm: [],
};

/** What two people may agree on of an incident itself, by where it stands. */
export const INCIDENT_PROPOSALS: Record<IncidentStatus, readonly ("false_alarm" | "reopening")[]> =
  {
    investigating: ["false_alarm"],
    reopened: ["false_alarm"],
    contained: ["false_alarm"],
    resolved: ["false_alarm", "reopening"],
    closed: ["reopening"],
    false_alarm: ["reopening"],
  };

/** Where nothing is left to do; everything else is open. */
export const isEnded = (status: IncidentStatus): boolean =>
  status === "closed" || status === "false_alarm";

/** The steps of a kind's plan that nobody has done or set aside yet. */
export const openSteps = (
  kind: IncidentKind,
  settled: readonly { step: ContainmentStep }[],
): ContainmentStep[] => PLANS[kind].filter((step) => settled.every((one) => one.step !== step));

/** @throws Conflict when the table knows no such move. */
export function assertIncidentMove(from: IncidentStatus, to: IncidentStatus): void {
  assertMove(INCIDENT_MOVES, { from, to }, "notices.errors.movedOn");
}

/**
 * A submission may be renewed, when the affected apps have changed since. What is scheduled goes out, or
 * is taken back.
 */
export const NOTICE_MOVES: Moves<NoticeStatus> = {
  draft: ["in_review", "discarded"],
  in_review: ["draft", "in_review", "scheduled", "published"],
  scheduled: ["draft", "published"],
  published: [],
  discarded: [],
};

type Dates = {
  occurredAt: Date | null;
  discoveredAt: Date;
  containmentBegunAt?: Date | null;
  containedAt: Date | null;
  resolvedAt: Date | null;
};

type Problems = Missing;

const DATES = [
  "occurredAt",
  "discoveredAt",
  "containmentBegunAt",
  "containedAt",
  "resolvedAt",
] as const;
type DateField = (typeof DATES)[number];

/** Each pair in the order it must have; the field that is told, and what is told. */
const ORDER: readonly [earlier: DateField, later: DateField, at: DateField, key: string][] = [
  ["occurredAt", "discoveredAt", "occurredAt", "afterDiscovery"],
  ["occurredAt", "containmentBegunAt", "containmentBegunAt", "begunBeforeOccurrence"],
  ["containmentBegunAt", "containedAt", "containedAt", "beforeBegun"],
  ["occurredAt", "containedAt", "containedAt", "beforeOccurrence"],
  ["discoveredAt", "resolvedAt", "resolvedAt", "beforeDiscovery"],
  ["containedAt", "resolvedAt", "resolvedAt", "beforeContainment"],
];

/** The date that a status asks for. */
const ASKED: Partial<Record<IncidentStatus, readonly [field: DateField, key: string]>> = {
  contained: ["containedAt", "contained"],
  resolved: ["resolvedAt", "resolved"],
  closed: ["resolvedAt", "resolved"],
};

/** Dates that have not come yet or stand in the wrong order, and those that a status asks for. */
export function dateProblems(
  dates: Dates,
  { status, now }: { status: IncidentStatus; now: Date },
): Problems {
  const problems: Problems = {};
  const add = (field: DateField, key: string) => {
    problems[field] ??= [`notices.errors.dates.${key}`];
  };
  const isAfter = (one?: Date | null, other?: Date | null) => one && other && one > other;
  for (const field of DATES) if (isAfter(dates[field], now)) add(field, "future");
  for (const [earlier, later, field, key] of ORDER)
    if (isAfter(dates[earlier], dates[later])) add(field, key);
  const asked = ASKED[status];
  if (asked && !dates[asked[0]]) add(...asked);
  return problems;
}

const HOUR_MS = 3_600_000;

/** Hours from knowing of an incident to its first notice, per severity (P17). */
export const FIRST_NOTICE_HOURS: Record<Severity, number> = {
  very_major: 1,
  major: 2,
  larger: 4,
  general: 24,
};

type Grade = { severity: Severity; discoveredAt: Date };

/** Until when the first notice is due, by the grade an incident has now. */
export const firstNoticeDue = ({ severity, discoveredAt }: Grade): Date =>
  new Date(discoveredAt.getTime() + FIRST_NOTICE_HOURS[severity] * HOUR_MS);

/** The limit after a change of grade: a graver one may bring it forward, none puts it off. */
export function strictestDue(dueAt: Date, grade: Grade): Date {
  const due = firstNoticeDue(grade);
  return due < dueAt ? due : dueAt;
}

/** Whether a second person has to agree: others have relied on the grade, or it grows milder. */
export const needsSecondPerson = (grade: Grade, told: { isApproved: boolean; dueAt: Date }) =>
  told.isApproved || firstNoticeDue(grade) > told.dueAt;

type Clock = {
  firstNoticeDueAt: Date;
  firstToldAt: Date | null;
  /** When two people agreed that it is a false alarm; from then on nobody has to be told. */
  falseAlarmAt?: Date | null;
  /** Nothing is due of what is only rehearsed; once told, it says whether it would have been in time. */
  isRehearsal?: boolean;
  now: Date;
};

/**
 * How the first telling stands against the strictest limit that ever applied; a breach stays visible
 * afterwards (P17). What proved a false alarm within the limit was never due.
 */
export function firstNoticeClock({ firstNoticeDueAt: dueAt, firstToldAt, ...clock }: Clock) {
  const waivedAt = clock.isRehearsal ? clock.now : null;
  return { state: clockOf({ ...clock, dueAt, waivedAt, doneAt: firstToldAt }), dueAt };
}

export type Submission = {
  type: NoticeType;
  parts: NoticeParts;
  correctsId: string | null;
  notifies: boolean;
  silentReason: string | null;
  /** When it is to go out; null for at once. */
  goesOutAt: Date | null;
  /** Null for an announcement. */
  incident: { status: IncidentStatus; dataKinds: Texts; cause: Texts } | null;
  now: Date;
};

/** The binding language: every part is written in it, others are reading aids. */
const BINDING = "zh-CN";
const isEmpty = (texts: Texts) => !texts[BINDING]?.trim();

/**
 * What is still missing before a notice may be submitted, all at once, field by field (P20–P22). An
 * announcement has a title and a text.
 */
export function missingForSubmission(notice: Submission): Problems {
  const { type, parts } = notice;
  const missing: Problems = {};
  const need = (field: string, key: string) => {
    missing[field] = [`notices.errors.missing.${key}`];
  };
  if (isEmpty(parts.title)) need(`title.${BINDING}`, "title");
  if (isEmpty(parts.situation))
    need(`situation.${BINDING}`, type === "announcement" ? "text" : "situation");
  if (type !== "announcement") {
    measuresMissing(notice, need);
    parts.adviceDevelopers.forEach((advice, index) => {
      if (isEmpty(advice)) need(`adviceDevelopers.${index}.${BINDING}`, "advice");
    });
    if (parts.adviceDevelopers.length === 0) need("adviceDevelopers", "adviceDevelopers");
    if (isEmpty(parts.adviceEndUsers)) need(`adviceEndUsers.${BINDING}`, "adviceEndUsers");
    incidentMissing(notice, need);
  }
  matterMissing(parts, need);
  tellingMissing(notice, need);
  return missing;
}

type Need = (field: string, key: string) => void;

/** Of a transfer, of one abroad, of a disclosure: whatever the guide promises to say of it (P13, P15, P51). */
function matterMissing({ matter, matterParts = {} }: NoticeParts, need: Need): void {
  if (!matter) return;
  for (const part of MATTER_PARTS[matter])
    if (isEmpty(matterParts[part] ?? {})) need(`matterParts.${part}.${BINDING}`, "matterPart");
}

function tellingMissing({ notifies, silentReason, goesOutAt, now }: Submission, need: Need): void {
  if (!notifies && !silentReason?.trim()) need("silentReason", "silentReason");
  if (goesOutAt && goesOutAt <= now) need("goesOutAt", "goesOutAt");
}

function measuresMissing({ parts, now }: Submission, need: Need): void {
  if (parts.measures.length === 0) need("measures", "measures");
  parts.measures.forEach(({ state, at, text }, index) => {
    if (isEmpty(text)) need(`measures.${index}.text.${BINDING}`, "measure");
    if (at === "") need(`measures.${index}.at`, "measureTime");
    else if (state === "taken" && new Date(at) > now) need(`measures.${index}.at`, "takenInFuture");
    else if (state === "planned" && new Date(at) < now)
      need(`measures.${index}.at`, "plannedInPast");
  });
}

function incidentMissing({ type, correctsId, incident }: Submission, need: Need): void {
  if (type === "correction" && !correctsId) need("correctsId", "corrects");
  if (!incident) return;
  if (isEmpty(incident.dataKinds)) need("incident.dataKinds", "dataKinds");
  if (isEmpty(incident.cause)) need("incident.cause", "cause");
  if (type === "final" && incident.status !== "resolved" && incident.status !== "closed")
    need("type", "notResolved");
}

type Reach = {
  apps: number;
  people: number;
  isEverybody: boolean;
  isWide?: boolean;
};

/** A rehearsal to more than this share of a product's accounts is wide: so many people read what did not happen. */
export const WIDE_REHEARSAL = 0.2;

/**
 * Whether the reviewer has to type the number of people: for everybody, and in a wide
 * rehearsal, they always do. */
export const needsTypedCount = (
  notifies: boolean,
  { people, isEverybody, isWide }: Reach,
): boolean => notifies && (isEverybody || isWide === true || isMany(people));

type Telling = {
  notifies: boolean;
  visibility: string;
  audience: Pick<AudienceRule, "undecided">;
};

/**
 * Somebody has chosen whom it concerns. Only what everybody may read, and nobody is told, may concern
 * no app; who is told must be somebody.
 */
export function audienceMissing(
  { notifies, visibility, audience }: Telling,
  { apps, people }: Pick<Reach, "apps" | "people">,
): Problems {
  if (audience.undecided) return { audience: ["notices.errors.audience.undecided"] };
  if (apps === 0 && (notifies || visibility !== "public"))
    return { audience: ["notices.errors.audience.empty"] };
  return notifies && people === 0 ? { audience: ["notices.errors.audience.nobody"] } : {};
}

type Narrowing = Pick<
  AudienceRule,
  "platforms" | "versionRange" | "regions" | "apiOnly" | "declared" | "tags" | "toldBy"
>;

/** Whether a rule leaves anything out: everybody is a choice of its own, never a rule left empty. */
export const isNarrowed = (rule: Narrowing): boolean =>
  [rule.platforms, rule.regions, rule.declared ?? [], rule.tags ?? []].some(
    (list) => list.length > 0,
  ) ||
  rule.apiOnly ||
  rule.toldBy !== undefined ||
  rule.versionRange !== "";

/** A range has nothing to narrow where only the API is chosen. */
export function audienceProblems({
  platforms,
  apiOnly,
  versionRange,
}: Pick<AudienceRule, "platforms" | "apiOnly" | "versionRange">): Problems {
  return apiOnly && platforms.length === 0 && versionRange !== ""
    ? { versionRange: ["notices.errors.audience.rangeWithoutSdk"] }
    : {};
}

type Versions = { kind: string; versions?: readonly { version: string }[] };

/**
 * The version an advice says to upgrade to: the only one its texts name, unless it is one that is
 * affected, which an advice may name to say what to leave. Null where nothing can be offered.
 */
export function adviceVersion(
  texts: readonly string[],
  { versions = [] }: Versions,
): string | null {
  const named = new Set(texts.join(" ").match(/(?<!\d\.?)\d+(?:\.\d+){1,3}(?!\.?\d)/g));
  const [version, ...others] = named;
  if (!version || others.length > 0) return null;
  return versions.some((one) => one.version === version) ? null : version;
}
