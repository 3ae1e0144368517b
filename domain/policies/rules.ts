import type { ChangeItem, MajorAnswers } from "@/db/schema/policies";
import { type Locale, LOCALES } from "@/db/vocabulary/languages";
import {
  type AcknowledgementAnswer,
  MAJOR_QUESTIONS,
  type VersionStatus,
} from "@/db/vocabulary/policies";
import type { PolicyBlock } from "@/text/blocks";
import { haveOneFrame } from "@/text/places";

import { Conflict } from "../errors";
import { assertMove as assertReviewMove, type Missing, type Moves } from "../reviews/rules";

export type PublishedStatus = Exclude<VersionStatus, "draft" | "in_review" | "discarded">;

export const VERSION_MOVES: Moves<VersionStatus> = {
  draft: ["in_review", "discarded"],
  in_review: ["draft", "scheduled"],
  scheduled: ["in_force", "withdrawn"],
  in_force: ["archived"],
  archived: [],
  withdrawn: [],
  discarded: [],
};

/** @throws Conflict when a version may not move from one status to another. */
export function assertMove(from: VersionStatus, to: VersionStatus): void {
  assertReviewMove(VERSION_MOVES, { from, to }, "policies.errors.movedOn");
}

type Submission = {
  bindingLocale: Locale;
  texts: Partial<Record<Locale, string>>;
  /** Of texts that were brought in: what was warned of, and when somebody said that they looked at it. */
  warned: Partial<Record<Locale, { warnings: readonly unknown[]; confirmedAt: Date | null }>>;
  changes: readonly ChangeItem[];
  majorAnswers: MajorAnswers;
  effectiveDate: string | null;
  isFirst: boolean;
  /** Today in Asia/Shanghai, "2026-03-02". */
  today: string;
};

/**
 * What is still missing before a version may be submitted, field by field: the binding text, a
 * numbered change list (P01), a word on what an import could not bring in, all six major-change answers (P42), and an effective date (P39) that
 * is not past. A first version may take effect today; a later one must leave at least a day.
 */
export function missingForSubmission(version: Submission): Missing {
  const missing: Missing = {};
  const { bindingLocale, texts, changes, majorAnswers, effectiveDate, isFirst, today } = version;

  if (!texts[bindingLocale]?.trim())
    missing[`texts.${bindingLocale}`] = ["policies.errors.missing.text"];
  for (const locale of unconfirmed(version.warned))
    missing[`warnings.${locale}`] = ["policies.errors.missing.warnings"];
  if (changes.length === 0) missing.changes = ["policies.errors.missing.changes"];
  changes.forEach(({ text }, index) => {
    if (!text[bindingLocale]?.trim())
      missing[`changes.${index}.text.${bindingLocale}`] = ["policies.errors.missing.change"];
  });
  for (const question of MAJOR_QUESTIONS) {
    if (majorAnswers[question] === undefined)
      missing[`majorAnswers.${question}`] = ["policies.errors.missing.answer"];
  }
  const dateProblem = effectiveDateProblem({ effectiveDate, isFirst, today });
  if (dateProblem) missing.effectiveDate = [dateProblem];
  return missing;
}

function unconfirmed(warned: Submission["warned"]): Locale[] {
  return LOCALES.filter((locale) => {
    const { warnings = [], confirmedAt = null } = warned[locale] ?? {};
    return warnings.length > 0 && !confirmedAt;
  });
}

type Timing = Pick<Submission, "effectiveDate" | "isFirst" | "today">;

function effectiveDateProblem({ effectiveDate, isFirst, today }: Timing): string | null {
  if (!effectiveDate) return "policies.errors.missing.effectiveDate";
  if (effectiveDate < today)
    return `policies.errors.missing.${isFirst ? "firstDatePast" : "effectiveDatePast"}`;
  if (!isFirst && effectiveDate === today) return "policies.errors.missing.effectiveDateToday";
  return null;
}

type Texts = Partial<Record<Locale, string>>;
type Sides = { before: Texts; after: Texts };

/** Whether the binding text changed while a translation stayed, to the character, what it was. */
export function isStale(
  { before, after }: Sides,
  { locale, bindingLocale }: { locale: Locale; bindingLocale: Locale },
): boolean {
  return (
    locale !== bindingLocale &&
    after[locale] !== undefined &&
    before[locale] === after[locale] &&
    before[bindingLocale] !== after[bindingLocale]
  );
}

/** The texts afterwards, as they are read. */
type Blocks = Partial<Record<Locale, PolicyBlock[]>>;

export type TranslationDoubt = { locale: Locale; doubt: "stale" | "frame" };

/** What speaks against a translation, for who submits and who approves: neither is kept from it. */
export function translationDoubts({
  bindingLocale,
  before,
  after,
  blocks,
}: Sides & { bindingLocale: Locale; blocks: Blocks }): TranslationDoubt[] {
  const binding = blocks[bindingLocale] ?? [];
  return LOCALES.filter((locale) => locale !== bindingLocale).flatMap((locale) => {
    const translation = blocks[locale];
    if (!translation || !after[locale]) return [];
    const doubts: TranslationDoubt["doubt"][] = [];
    if (isStale({ before, after }, { locale, bindingLocale })) doubts.push("stale");
    if (!haveOneFrame({ binding, translation }, 5)) doubts.push("frame");
    return doubts.map((doubt) => ({ locale, doubt }));
  });
}

/** An approval comes too late when the day it announces has come. @throws Conflict */
export function assertStillAhead(timing: Timing): void {
  if (effectiveDateProblem(timing)) throw new Conflict("policies.errors.effectiveDatePassed");
}

/** A first version that takes effect at once replaces nothing, so there is nothing to tell. */
export function isTold({ effectiveDate, isFirst, today }: Timing): boolean {
  return !(isFirst && effectiveDate === today);
}

type Answerable = { status: VersionStatus; asks: boolean; isSuperseded: boolean };

/**
 * A disagreement may turn into an acknowledgement; an acknowledgement stands. What asked for an answer
 * takes one until a later major version asks in its place, also when it is no longer in force.
 * @throws Conflict
 */
export function assertAnswerable(
  version: Answerable,
  given: readonly AcknowledgementAnswer[],
): void {
  if (!takesAnswers(version)) throw new Conflict("policies.errors.notOpenForAnswers");
  if (given.includes("acknowledged")) throw new Conflict("policies.errors.alreadyAcknowledged");
}

export function takesAnswers({ status, asks, isSuperseded }: Answerable): boolean {
  if (status === "archived") return asks && !isSuperseded;
  return (status === "scheduled" || status === "in_force") && !isSuperseded;
}

/**
 * The label that usually follows the newest one: its last number and one ("3.2" → "3.3",
 * "2026-03" → "2026-04"); "1.0" for the first, "" where the labels do not count.
 */
export function nextLabel(newest: string | undefined): string {
  if (newest === undefined) return "1.0";
  const { stem, number } = /^(?<stem>.*?)(?<number>\d+)$/.exec(newest)?.groups ?? {};
  if (stem === undefined || number === undefined) return "";
  return `${stem}${String(Number(number) + 1).padStart(number.length, "0")}`;
}
