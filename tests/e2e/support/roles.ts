import type { StaffRole } from "@/db/vocabulary/access";

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

export const MEMBERS: readonly Role[] = ["owner", "viewer", "stranger"];
/** The owners of the two accounts. */
export const BINDING: readonly Role[] = ["owner", "stranger"];
export const ONE_ACCOUNT: readonly Role[] = ["owner", "viewer"];
export const STAFF: readonly Role[] = [
  "author",
  "approver",
  "handler",
  "support",
  "auditor",
  "admin",
];
export const SIGNED_IN: readonly Role[] = [...MEMBERS, ...STAFF];
export const HANDLERS: readonly Role[] = ["handler"];
export const ADMINS: readonly Role[] = ["admin"];
export const WRITERS_VIEW: readonly Role[] = ["author", "approver", "auditor", "admin"];
export const TELLERS_VIEW: readonly Role[] = ["author", "approver", "support", "auditor", "admin"];

/** Who reads the cases of requests. */
export const CASES: readonly Role[] = ["handler", "approver", "auditor"];
export const LOOKS: readonly Role[] = ["support", "auditor"];
export const AUDITS: readonly Role[] = ["auditor", "admin"];

export const TELLING: readonly Role[] = ["author", "approver"];
/** Who speaks to accounts. */
export const CALLERS: readonly Role[] = ["author", "support"];

/** One rule for several of a file's actions. */
export const ruled = (file: string, names: string, rule: Rule): Record<string, Rule> =>
  Object.fromEntries(names.split(" ").map((name) => [`${file}#${name}`, rule]));

/** The rules of a file's actions that touch nothing but the caller's own rows. */
export const own = (file: string, names: string): Record<string, "own"> =>
  Object.fromEntries(names.split(" ").map((name) => [`${file}#${name}Action`, "own"]));

/** The rules of what is done on the page of a case: by its handler, unless others may too. */
export const handled = (names: string, rule: Rule = HANDLERS): Record<string, Rule> =>
  ruled("app/[locale]/(ops)/ops/requests/[number]/actions", names, rule);
