import type { MemberRole } from "@/db/vocabulary/access";

/** Who sets where an account's notices are posted; every member may see that they are. */
export const ENDPOINT_ROLES = ["owner", "legal", "member"] as const satisfies readonly MemberRole[];

/** Of all channels together, for one account. */
export const MOST_ENDPOINTS = 10;

/** Browsers of one person that notices are pushed to. */
export const MOST_BROWSERS = 10;

/** Tests an endpoint may be sent within an hour. */
export const MOST_TESTS = 10;

/** Hours for which the secret before still signs beside the new one. */
export const BOTH_SECRETS_HOURS = 24;
