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

/** Codes that are sent within a day at most: to one number, and for one person. */
export const MOST_CODES = 5;

/** How long a code of a message is taken, and how many wrong ones end it. */
export const CODE_MINUTES = 10;
export const MOST_WRONG_CODES = 5;
