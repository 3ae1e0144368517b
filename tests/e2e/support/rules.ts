import type { Records } from "./records";
import { type Role, type Rule } from "./roles";
import { PAGES } from "./surfaces";

/** What to do where the server answers otherwise. */
export const RULE =
  "the server answers otherwise than tests/e2e/support/surfaces.ts says: mend the permission in domain/access/permissions.ts, or the row";

export const mayUse = (rule: Rule, role: Role) => rule === "anyone" || rule.includes(role);

/** The address of a route as Next names it, with these records in it. */
export const addressOf = (route: string, records: Records): string =>
  PAGES[route]?.path?.(records) ?? route.replace("[locale]", "zh-CN");
