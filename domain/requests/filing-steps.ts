import {
  DELETION_GROUNDS,
  type LegalRegion,
  REQUEST_TYPES,
  type RequesterKind,
  type RequestType,
  type RightRoom,
} from "@/db/vocabulary/requests";

import { type Details, detailsOf, needsFacts, RIGHTS } from "./rights";

/** In what capacity somebody files: a developer for the own account or for an end user, or a person for themselves or another. */
export const CAPACITIES = ["own", "on_behalf", "end_user", "guardian", "agent"] as const;
export type Capacity = (typeof CAPACITIES)[number];

/** The grounds as a person may answer: whoever is no lawyer may leave it to the handler. */
export const GROUND_CHOICES = [...DELETION_GROUNDS, "unsure"] as const;
export type GroundChoice = (typeof GROUND_CHOICES)[number];

/** One thing per page, in this order. */
export const FILING_STEPS = [
  "who",
  "account",
  "app",
  "type",
  "ground",
  "facts",
  "subjects",
  "proof",
  "check",
] as const;
export type FilingStep = (typeof FILING_STEPS)[number];

export type Answers = {
  capacity?: Capacity | undefined;
  /** A developer's account, and one of its apps; "" for the account as a whole. */
  accountId?: string | undefined;
  appId?: string | undefined;
  /** The app as an end user names it. */
  appName?: string | undefined;
  sdkAppId?: string | undefined;
  type?: RequestType | undefined;
  ground?: GroundChoice | undefined;
  /** What the form of its type asks besides (rights.ts). */
  details?: Details | undefined;
  facts?: string | undefined;
  /** Whose law sets a limit of its own, where the person is there. */
  region?: LegalRegion | undefined;
  subjects?: readonly string[] | undefined;
  /** What was left out of the list: lines that say the same again. */
  duplicates?: number | undefined;
};

export const isDeveloper = (capacity: Capacity | undefined): boolean =>
  capacity === "own" || capacity === "on_behalf";

/**
 * What may be asked for, and what is done in a room of its own: an account's deregistration stands beside
 * deletion, equal to it, for who may own an account (P23).
 */
export const typeChoices = (capacity: Capacity | undefined): (RequestType | RightRoom)[] => [
  ...REQUEST_TYPES.flatMap((type) =>
    type === "delete" && isDeveloper(capacity) ? [type, "deregister_account" as const] : [type],
  ),
  "privacy_settings",
];

export const requesterKindOf = (capacity: Capacity): RequesterKind =>
  capacity === "own" || capacity === "on_behalf" ? "developer" : capacity;

/** The request is about the data of one person, who has one identifier in the app. */
export const isOnePerson = (
  capacity: Capacity | undefined,
): capacity is Exclude<Capacity, "own" | "on_behalf"> =>
  capacity !== undefined && !isDeveloper(capacity);

/** One field for one identifier; a list that is there already, as of a changed mind, stays a list. */
export const asksForOne = (
  answers: Answers,
): answers is Answers & { capacity: Exclude<Capacity, "own" | "on_behalf"> } =>
  isOnePerson(answers.capacity) && (answers.subjects ?? []).length < 2;

/**
 * Written proof is necessary for whoever asks for data as or for an end user (P25, P27). A question,
 * complaint, suggestion or report touches nobody's data, so that nobody need say who they are (P48, P54).
 */
export const needsProof = ({ capacity, type }: Answers): boolean =>
  capacity !== "own" && (type === undefined || RIGHTS[type].isAboutPeople);

/**
 * Whose data it is: asked for where a type touches data, and of developers about their own account
 * only for what ends in naming users, not for all the account holds or all of an app.
 */
export function needsSubjects({ capacity, type, details }: Answers): boolean {
  if (!type || !RIGHTS[type].isAboutPeople) return false;
  if (capacity !== "own") return true;
  return (RIGHTS[type].listsUsersOfOwn ?? false) && (details?.scope ?? "users") === "users";
}

/** The steps of this draft, in order; what does not concern it is left out. */
export function stepsOf(answers: Answers): FilingStep[] {
  const developer = isDeveloper(answers.capacity);
  const skipped: Partial<Record<FilingStep, boolean>> = {
    account: !developer,
    app: developer,
    ground: !answers.type || !RIGHTS[answers.type].hasGround,
    subjects: !needsSubjects(answers),
  };
  return FILING_STEPS.filter((step) => !skipped[step]);
}

type Check = (answers: Answers, files: number) => boolean;

const IS_DONE: Record<FilingStep, Check> = {
  who: ({ capacity }) => capacity !== undefined,
  account: ({ accountId }) => accountId !== undefined,
  app: ({ appName }) => appName !== undefined,
  type: ({ type }) => type !== undefined,
  ground: ({ ground }) => ground !== undefined,
  facts: ({ type, capacity, details, facts }) =>
    detailsOf(type, capacity).every((detail) => details?.[detail]) &&
    (!needsFacts(type, capacity) || Boolean(facts?.trim())),
  subjects: ({ subjects }) => subjects !== undefined && subjects.length > 0,
  proof: (answers, files) => files > 0 || !needsProof(answers),
  check: () => false,
};

/** Whether a step has been answered; proof counts the files. */
export const isStepDone = (step: FilingStep, answers: Answers, files: number): boolean =>
  IS_DONE[step](answers, files);

/** The first step that is still open; "check" when all are answered. */
export function openStep(answers: Answers, files: number): FilingStep {
  return stepsOf(answers).find((step) => !isStepDone(step, answers, files)) ?? "check";
}

export function stepAfter(step: FilingStep, answers: Answers): FilingStep {
  const steps = stepsOf(answers);
  return steps[steps.indexOf(step) + 1] ?? "check";
}

export function stepBefore(step: FilingStep, answers: Answers): FilingStep | null {
  const steps = stepsOf(answers);
  return steps[steps.indexOf(step) - 1] ?? null;
}
