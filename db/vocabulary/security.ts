/** What the security records hold, and for how long: who came in or tried to, and what was refused to whom. */
export const SECURITY_EVENTS = [
  "signed_in",
  "sign_in_failed",
  "factor_failed",
  "passkey_copied",
  "signed_out",
  "session_ended",
  "refused",
] as const;
export type SecurityEvent = (typeof SECURITY_EVENTS)[number];

/** The ways in. */
export const WAYS_IN = ["mail", "demo", "oidc"] as const;
export type WayIn = (typeof WAYS_IN)[number];

/** What raises an alarm; the last is told to the owner of the address, the others to administrators; an overdue rehearsal also to whoever rehearses. */
export const ALARM_PATTERNS = [
  "address_guessed",
  "network_guessing",
  "guessing_everywhere",
  "person_refused",
  "record_broken",
  "callback_failing",
  "callback_gone",
  "rehearsal_overdue",
  "own_address_guessed",
] as const;
export type AlarmPattern = (typeof ALARM_PATTERNS)[number];
