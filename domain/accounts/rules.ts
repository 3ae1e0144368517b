import type { DeclaredAnswer } from "@/db/schema";
import type { MemberRole } from "@/db/vocabulary/access";
import {
  DECLARATION_QUESTIONS,
  type DeclarationQuestion,
  type DeclarationTopic,
} from "@/db/vocabulary/accounts";

import { Conflict, Invalid } from "../errors";

/**
 * An account that has an owner keeps one: nobody else can name its signatories to the vendor, and
 * without one its answers would have nobody to give them. @throws Conflict
 */
export function assertStaysOwned(owners: readonly string[], leavingMemberId: string): void {
  if (owners.length === 1 && owners[0] === leavingMemberId)
    throw new Conflict("accounts.errors.lastOwner");
}

/** Whether a change of role takes an owner away. */
export const givesUpOwnership = (before: MemberRole | null, after: MemberRole): boolean =>
  before === "owner" && after !== "owner";

type Integration = { apiOnly: boolean; platforms: readonly unknown[] };

/** An app uses the SDK on some platform, or the API alone; never both, never neither (P06). */
export function integrationProblem({
  apiOnly,
  platforms,
}: Integration): "accounts.errors.apiOnlyWithPlatforms" | "accounts.errors.noPlatform" | null {
  if (apiOnly && platforms.length > 0) return "accounts.errors.apiOnlyWithPlatforms";
  if (!apiOnly && platforms.length === 0) return "accounts.errors.noPlatform";
  return null;
}

/** @throws Invalid at the field that says how the app integrates. */
export function assertIntegration(app: Integration): void {
  const problem = integrationProblem(app);
  if (problem) throw new Invalid("errors.form", { apiOnly: [problem] });
}

export const MOST_CONTACTS_PER_KIND = 10;

/** For how long an invitation stands after its last mail, and how many of one account wait at once. */
export const INVITATION_DAYS = 14;
export const MOST_INVITATIONS = 50;

/**
 * Where each question comes from: the promise, and the article that asks it. Civil Code 17 (of age at
 * 18); Personal Information Protection Law 31 with 28 (under 14, by the guardians' consent) and 29 (a
 * separate consent); GDPR 3, of force in the EEA by the Joint Committee's decision 154/2018.
 */
export const DECLARATION_SOURCES = {
  isOfAge: { promise: "P37", article: "civilCode17" },
  isForChildren: { promise: "P37", article: "pipl31" },
  hasGuardianConsent: { promise: "P37", article: "pipl29" },
  isEstablished: { promise: "P49", article: "gdpr3-1" },
  offers: { promise: "P49", article: "gdpr3-2-a" },
  monitors: { promise: "P49", article: "gdpr3-2-b" },
} as const satisfies Record<DeclarationQuestion, { promise: string; article: string }>;

/** A single yes to one of them decides: it is an app for children (P37), the GDPR applies to it (P49). */
const DECIDING: Record<DeclarationTopic, readonly DeclarationQuestion[]> = {
  minors: ["isForChildren"],
  eea: DECLARATION_QUESTIONS.eea,
};

/** By which of its questions a topic applies to an app; by none, it does not. */
export const decidedBy = (topic: DeclarationTopic, answer: DeclaredAnswer): DeclarationQuestion[] =>
  DECIDING[topic].filter((question) => answer[question]);

/** What the promise asks for and the app has not got: a developer of age, the guardians' consent (P37). */
export const shortOf = (answer: DeclaredAnswer): DeclarationQuestion[] =>
  (["isOfAge", "hasGuardianConsent"] as const).filter((question) => answer[question] === false);

/** Whether a question arises: the guardians' consent is asked of apps for children alone. */
export const isToAnswer = (question: DeclarationQuestion, answer: DeclaredAnswer): boolean =>
  question !== "hasGuardianConsent" || answer.isForChildren === true;

/** For how long an owner who does not know yet is not reminded. */
export const DECLARATIONS_PUT_OFF_DAYS = 30;
