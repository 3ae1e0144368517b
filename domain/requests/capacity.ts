import type { MemberRole } from "@/db/vocabulary/access";

import type { Actor, Membership } from "../context";
import { Invalid } from "../errors";
import { type Capacity, isDeveloper } from "./filing-steps";

/** The member roles that may file for their account; a viewer reads. */
export const FILING_ROLES: readonly MemberRole[] = ["owner", "legal", "member"];

export function filingAccounts(actor: Actor): readonly Membership[] {
  if (actor.kind !== "person") return [];
  return actor.memberships.filter(({ role }) => FILING_ROLES.includes(role));
}

/** A developer's capacity needs an account. @throws Invalid at the field */
export function assertCapacity(actor: Actor, capacity: Capacity): void {
  if (isDeveloper(capacity) && filingAccounts(actor).length === 0)
    throw new Invalid("errors.form", { capacity: ["requests.errors.noAccount"] });
}
