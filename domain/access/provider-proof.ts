import { env } from "@/lib/env";

import { FRESH_FACTOR_MINUTES } from "./fresh-factor";

/** Milliseconds that the provider's clock may be apart from ours. */
const SKEW_MS = 60_000;

/** Seconds ago at most that somebody may have proven themselves to the provider: it asks again else. */
export const MOST_AGE_SECONDS = FRESH_FACTOR_MINUTES * 60;

/** Claims of a checked ID token (OpenID Connect Core 2), whatever they hold. */
type Claims = { amr?: unknown; acr?: unknown; auth_time?: unknown };

/**
 * When somebody proved more than one factor to the identity provider, which stands for ours where
 * STAFF_FACTOR says so. Null where the token does not say so: by the method "mfa" (RFC 8176), or, if
 * OIDC_ACR names any, by one of these classes; and by a time within a quarter of an hour. What the
 * provider does not tell counts as one factor, and ours is asked for (OWASP ASVS 6.8.4).
 */
export function provenAtProvider({ amr, acr, auth_time: at }: Claims, now: Date): Date | null {
  const { STAFF_FACTOR, OIDC_ACR } = env();
  if (STAFF_FACTOR !== "provider" || typeof at !== "number") return null;
  const isStrong =
    OIDC_ACR.length > 0
      ? typeof acr === "string" && OIDC_ACR.includes(acr)
      : Array.isArray(amr) && amr.includes("mfa");
  const age = now.getTime() - at * 1000;
  const isRecent = age >= -SKEW_MS && age <= MOST_AGE_SECONDS * 1000 + SKEW_MS;
  return isStrong && isRecent ? new Date(Math.min(at * 1000, now.getTime())) : null;
}
