import type { CheckSource, DeregistrationCheck } from "@/db/vocabulary/deregistrations";

/** Our addition: the guide promises none. */
export const COOLING_OFF_DAYS = 7;

/** When an account whose deregistration is confirmed now is closed. */
export const endOfCoolingOff = (now: Date): Date =>
  new Date(now.getTime() + COOLING_OFF_DAYS * 86_400_000);

/**
 * Blocking: services have to be settled first (guide, section 六(一)4), and an answer still owed, to
 * the account or by it to an end user, could reach nobody afterwards. The rest is only pointed out:
 * a check that stands in the way without need would be an unreasonable condition
 * (国信办秘字〔2019〕191号, cl. 6).
 */
export const BLOCKING_CHECKS: readonly DeregistrationCheck[] = [
  "own_requests",
  "routed_requests",
  "service_bills",
];

export type CheckResult = {
  check: DeregistrationCheck;
  count: number;
  /** Numbers of the requests, bills or whatever is in question, ten at most. */
  numbers: string[];
  from: CheckSource;
  /** Where the vendor settles it. */
  url?: string | undefined;
};

/** `word`: nobody but the owner knows, who says it when they ask. */
export type CheckState = "passed" | "warning" | "blocking" | "word";

export function stateOf({ check, count, from }: Omit<CheckResult, "numbers">): CheckState {
  if (from === "owner") return "word";
  if (count === 0) return "passed";
  return BLOCKING_CHECKS.includes(check) ? "blocking" : "warning";
}

export const isBlocked = (checks: readonly CheckResult[]): boolean =>
  checks.some((check) => stateOf(check) === "blocking");

/** The checks as the record has them: without the vendor's addresses. */
export const onRecord = (checks: readonly CheckResult[]) =>
  checks.map(({ check, count, numbers, from }) => ({ check, count, numbers, from }));

/** Whether a typed name is the account's: width and blanks at the ends aside, to the letter. */
export const isSameName = (typed: string, name: string): boolean => plain(typed) === plain(name);

const plain = (text: string) => text.normalize("NFKC").trim();
