import type { MemberRole } from "@/db/vocabulary/access";

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
