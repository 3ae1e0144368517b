import {
  type RequestDecision,
  type RequestStatus,
  type RequestType,
  REQUEST_STATUSES,
} from "@/db/vocabulary";

import { Conflict } from "../errors";

/**
 * The one table of how a request moves. `in_progress` leads to an answer where a second person has
 * approved it and only the deletion was still to be carried out. An answer may be appealed; what is
 * withdrawn stays so.
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
  with_developer: ["in_progress", "withdrawn"],
  in_review: ["in_progress", "fulfilled", "partly_fulfilled", "refused", "withdrawn"],
  fulfilled: ["appealed"],
  partly_fulfilled: ["appealed"],
  refused: ["appealed"],
  appealed: ["in_progress", "withdrawn"],
  withdrawn: [],
};

/** Still on the clock. */
export const isOpen = (status: RequestStatus): boolean =>
  REQUEST_MOVES[status].includes("withdrawn");

/** Answered; the requester may appeal. */
export const isAnswered = (status: RequestStatus): boolean =>
  REQUEST_MOVES[status].includes("appealed");

export const OPEN_STATUSES: readonly RequestStatus[] = REQUEST_STATUSES.filter(isOpen);

/** @throws Conflict when a request may not move from one status to another. */
export function assertRequestMove(from: RequestStatus, to: RequestStatus): void {
  if (!REQUEST_MOVES[from].includes(to)) throw new Conflict("requests.errors.movedOn");
}

/** Child data collected without a guardian's consent is looked at first (P38). */
export const isPriority = (type: RequestType): boolean => type === "child_data";

/** When processing of the data stops: for child data the moment the request is here (P38). */
export const stopsProcessingAt = (type: RequestType, now: Date): Date | null =>
  type === "child_data" ? now : null;

/** These are answered by what was done with the data, store by store (P32), and a receipt. */
export const needsDisposals = (type: RequestType): boolean =>
  type === "delete" || type === "child_data" || type === "deregister_end_user";

/** What is not wholly granted names its reason by code (P35, P36). */
export const needsCode = (decision: RequestDecision): boolean => decision !== "fulfilled";
