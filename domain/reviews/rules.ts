import type { ReviewDecision } from "@/db/vocabulary/reviews";

import { Conflict, Invalid } from "../errors";

/** From this many people on, whoever decides that they are told types how many they are. */
export const TYPED_COUNT_ABOVE = 1000;

/** The one table of how a kind of thing moves from draft to published and on. */
export type Moves<Status extends string> = Record<Status, readonly Status[]>;

type Move<Status> = { from: Status; to: Status };

/** @throws Conflict when the table knows no such move. */
export function assertMove<Status extends string>(
  moves: Moves<Status>,
  { from, to }: Move<Status>,
  refusal: string,
): void {
  if (!moves[from].includes(to)) throw new Conflict(refusal);
}

/** Neither out nor thrown away. */
export const isOnItsWay = ({ status }: { status: string }): boolean =>
  status === "draft" || status === "in_review";

/** Nobody decides on their own work; the database holds the same rule. @throws Conflict */
export function assertAnother(
  personId: string,
  authors: readonly (string | null)[],
  refusal: string,
): void {
  if (authors.includes(personId)) throw new Conflict(refusal);
}

/** Whoever sends something back says why. @throws Invalid */
export function assertReason(reason: string, refusal: string, field = "reason"): void {
  if (!reason.trim()) throw new Invalid("errors.form", { [field]: [refusal] });
}

export const needsTypedCount = (people: number): boolean => people > TYPED_COUNT_ABOVE;

type Count = { people: number; typed: number | undefined; isNeeded?: boolean };

/**
 * Whoever tells many people has typed their number, so a slip of the hand or an audience that grew
 * meanwhile stops here. @throws Conflict
 */
export function assertCountTyped(
  { people, typed, isNeeded = needsTypedCount(people) }: Count,
  refusal: string,
): void {
  if (isNeeded && people !== typed) throw new Conflict(refusal, { people });
}

export type Missing = Record<string, string[]>;

/** @throws Invalid with every missing part at its field. */
export function assertComplete(missing: Missing, refusal: string): void {
  if (Object.keys(missing).length > 0) throw new Invalid(refusal, missing);
}

type Decided = { decision: ReviewDecision; decidedAt: Date };

/** The review that sent a draft back, while nobody has changed it since. */
export function standingReturn<Review extends Decided>(
  reviews: readonly Review[],
  { updatedAt }: { updatedAt: Date },
): Review | null {
  const last = reviews.findLast(({ decision }) => decision === "rejected");
  return last && last.decidedAt > updatedAt ? last : null;
}
