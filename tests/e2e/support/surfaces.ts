import type { StaffRole } from "@/db/vocabulary";

/**
 * Every page, route and server action of the build, and who may use it. The authorization test
 * fails when a surface has no rule here, when a rule has no surface, and when the built server
 * answers any role otherwise than its rule says.
 */
export const ROLES = [
  "anonymous",
  "owner",
  "viewer",
  "stranger",
  "author",
  "approver",
  "handler",
  "support",
  "auditor",
  "admin",
] as const satisfies readonly (StaffRole | "anonymous" | "owner" | "viewer" | "stranger")[];
/** owner and viewer are members of one account; the stranger is the owner of another. */
export type Role = (typeof ROLES)[number];

export type Rule =
  /** Anybody, signed in or not. */
  | "anyone"
  /** Those who may; everybody else who is signed in finds nothing, and who is not is sent to sign in. */
  | readonly Role[];

const MEMBERS: readonly Role[] = ["owner", "viewer", "stranger"];
const ONE_ACCOUNT: readonly Role[] = ["owner", "viewer"];
const STAFF: readonly Role[] = ["author", "approver", "handler", "support", "auditor", "admin"];
const WRITERS_VIEW: readonly Role[] = ["author", "approver", "auditor", "admin"];
const TELLERS_VIEW: readonly Role[] = ["author", "approver", "support", "auditor", "admin"];

/** By the route as Next names it. Parameters are filled in by the test's own records. */
export const PAGES: Record<string, Rule> = {
  "/[locale]": "anyone",
  "/[locale]/home": MEMBERS,
  "/[locale]/acknowledgements": MEMBERS,
  "/[locale]/acknowledgements/[versionId]": MEMBERS,
  "/[locale]/receipts/[number]": ONE_ACCOUNT,
  "/[locale]/inbox": MEMBERS,
  "/[locale]/inbox/[id]": ["owner"],
  "/[locale]/account": MEMBERS,
  "/[locale]/sign-in": "anyone",
  "/[locale]/sign-in/code": "anyone",
  "/[locale]/sign-in/confirm": "anyone",
  "/[locale]/ops": STAFF,
  "/[locale]/ops/policies": WRITERS_VIEW,
  "/[locale]/ops/reviews": WRITERS_VIEW,
  "/[locale]/ops/broadcasts": TELLERS_VIEW,
  "/[locale]/ops/accounts": STAFF,
  "/[locale]/ops/audit": ["auditor", "admin"],
};
