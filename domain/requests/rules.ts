import {
  type RequestDecision,
  type RequestStatus,
  type RequestType,
  REQUEST_STATUSES,
  type StandardParagraph,
} from "@/db/vocabulary/requests";

import { Conflict } from "../errors";
import { type Right, RIGHTS } from "./rights";

/**
 * The one table of how a request moves, for the page, the verbs and the jobs alike. An answer may be
 * appealed; what is withdrawn stays so. `canMove` reads it together with whether the case is verified.
 */
export const REQUEST_MOVES: Record<RequestStatus, readonly RequestStatus[]> = {
  received: ["verifying", "withdrawn"],
  verifying: ["need_more", "in_progress", "in_review", "withdrawn"],
  need_more: ["verifying", "in_progress", "in_review", "withdrawn"],
  in_progress: [
    "need_more",
    "with_developer",
    "in_review",
    "fulfilled",
    "partly_fulfilled",
    "withdrawn",
  ],
  with_developer: ["verifying", "in_progress", "withdrawn"],
  in_review: [
    "verifying",
    "need_more",
    "in_progress",
    "fulfilled",
    "partly_fulfilled",
    "refused",
    "withdrawn",
  ],
  fulfilled: ["appealed"],
  partly_fulfilled: ["appealed"],
  refused: ["appealed"],
  appealed: ["verifying", "in_progress", "withdrawn"],
  withdrawn: [],
};

/** Where a case stands: its status, and whether somebody has found out who asks and for whom (P27). */
export type Standing = { status: RequestStatus; isVerified: boolean };

/** Nothing of these happens to a case that nobody has verified (P27). */
const ONLY_VERIFIED: ReadonlySet<RequestStatus> = new Set([
  "in_progress",
  "with_developer",
  "fulfilled",
  "partly_fulfilled",
]);

/** While a case stands so, it is not verified: asking for more takes a verification back. */
const UNVERIFIED: ReadonlySet<RequestStatus> = new Set(["received", "verifying", "need_more"]);

/** From here a case goes back to where it was: verified to the work, unverified to the check. */
const RETURNS: ReadonlySet<RequestStatus> = new Set(["with_developer", "in_review", "appealed"]);

/** The only way to be verified: from the check of the materials into the work. */
const isVerification = ({ status }: Pick<Standing, "status">, to: RequestStatus): boolean =>
  to === "in_progress" && (status === "verifying" || status === "need_more");

/** Whether a case may move so: the table knows the move, and what needs a verified case has one. */
export function canMove(from: Standing, to: RequestStatus): boolean {
  if (!REQUEST_MOVES[from.status].includes(to)) return false;
  if (ONLY_VERIFIED.has(to)) return from.isVerified || isVerification(from, to);
  return !(from.isVerified && RETURNS.has(from.status) && UNVERIFIED.has(to));
}

/**
 * How a case stands after a move.
 * @throws Conflict when it may not move so
 */
export function move(from: Standing, to: RequestStatus): Standing {
  if (!canMove(from, to)) throw new Conflict("requests.errors.movedOn");
  if (UNVERIFIED.has(to)) return { status: to, isVerified: false };
  return { status: to, isVerified: from.isVerified || isVerification(from, to) };
}

/** Whether more may be asked for: not while a proposal or a developer has the case. */
export const canAsk = (from: Standing): boolean =>
  !RETURNS.has(from.status) && canMove(from, "need_more");

/** Whether such an answer may be proposed now: granted, wholly or partly, is only what was verified (P27). */
export const canPropose = (from: Standing, decision: RequestDecision): boolean =>
  canMove(from, "in_review") && canMove(move(from, "in_review"), decision);

/** Where a case is taken up: in the work once it is verified, in the check before. */
export const workOf = ({ verifiedAt }: { verifiedAt: Date | null }) =>
  verifiedAt ? ("in_progress" as const) : ("verifying" as const);

export const standingOf = (request: {
  status: RequestStatus;
  verifiedAt: Date | null;
}): Standing => ({ status: request.status, isVerified: request.verifiedAt !== null });

/** Still on the clock. */
export const isOpen = (status: RequestStatus): boolean =>
  REQUEST_MOVES[status].includes("withdrawn");

/** Answered; the requester may appeal. */
export const isAnswered = (status: RequestStatus): boolean =>
  REQUEST_MOVES[status].includes("appealed");

export const ANSWERED_STATUSES: readonly RequestStatus[] = REQUEST_STATUSES.filter(isAnswered);

export const OPEN_STATUSES: readonly RequestStatus[] = REQUEST_STATUSES.filter(isOpen);

/**
 * An appeal is decided once. The guide promises a way of appeal and an answer to it, not a chain of
 * them; with each further round fewer people would be left who took no part. What is left to the
 * requester then is the authority and the court, and the page says so.
 */
export const canAppeal = (status: RequestStatus, isAppealed: boolean): boolean =>
  isAnswered(status) && !isAppealed;

/** What somebody had to do with the answer that is appealed, the least first. */
export const PARTS = ["none", "approved", "proposed"] as const;
export type Part = (typeof PARTS)[number];

export const worstPart = (parts: readonly (Part | undefined)[]): Part =>
  PARTS.findLast((part) => parts.includes(part)) ?? "none";

/**
 * Who takes up an appeal, or reviews its answer: of those who are there, whoever had least to do with
 * the appealed answer. Nobody else may while such people are there; but where only people are left
 * who took part, they may, and the desk and the requester's page say so: a case that nobody may take
 * would let its clock run out.
 */
export function leastInvolved<One extends { part: Part }>(people: readonly One[]): One[] {
  const least = PARTS.find((part) => people.some((one) => one.part === part));
  return people.filter(({ part }) => part === least);
}

/**
 * Child data collected without a guardian's consent is looked at first (P38), and whatever asks for
 * something to become of the data of an app that declared itself for children (P37). What was not
 * declared is not guessed.
 */
export const isPriority = (type: RequestType, isOfChildrensApp: boolean): boolean =>
  type === "child_data" || (isOfChildrensApp && allowsDisposals(type));

type Sentences = { paragraphs?: readonly StandardParagraph[] };

/**
 * Whether the sentence for persons in the EEA is ticked beforehand (P49, P50): as the proposal that
 * came back had it, else as the app's owner declared. The handler may change it.
 */
export const startsWithEea = (returned: Sentences, isDeclared: boolean): boolean =>
  returned.paragraphs?.includes("eea") ?? isDeclared;

/**
 * Since when data is not to be processed any more: for child data the moment the request is here (P38),
 * for withdrawn consent the moment it is known who withdraws it (P10).
 */
export const ordersStopAt = (
  type: RequestType,
  { moment, now }: { moment: Right["stopsProcessing"]; now: Date },
): Date | null => (moment && RIGHTS[type].stopsProcessing === moment ? now : null);

/** Whether the developer it goes to is asked to stop: their user took back a consent that is not ended yet (P31). */
export const isStopTask = (request: {
  type: RequestType;
  stopOrderedAt: Date | null;
  stopConfirmedAt: Date | null;
}): boolean =>
  RIGHTS[request.type].stopsProcessing === "verified" &&
  request.stopOrderedAt !== null &&
  request.stopConfirmedAt === null;

/**
 * Whether the request calls for anything to be deleted, anonymised or held: then it is answered by what
 * was done with the data, store by store, and a receipt (P32, P55).
 */
export const allowsDisposals = (type: RequestType): boolean => RIGHTS[type].disposesData ?? false;

/** What is not wholly granted names its reason by code (P35, P36). */
export const needsCode = (decision: RequestDecision): boolean => decision !== "fulfilled";
