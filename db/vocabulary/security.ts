/** What the security records hold, and for how long: who came in or tried to, and what was refused to whom. */
export const SECURITY_EVENTS = [
  "signed_in",
  "sign_in_failed",
  "signed_out",
  "session_ended",
  "refused",
] as const;
export type SecurityEvent = (typeof SECURITY_EVENTS)[number];

/** The ways in. */
export const WAYS_IN = ["mail", "demo", "oidc"] as const;
export type WayIn = (typeof WAYS_IN)[number];
