export const STAFF_ROLES = [
  "author",
  "approver",
  "responder",
  "handler",
  "support",
  "auditor",
  "admin",
] as const;
export type StaffRole = (typeof STAFF_ROLES)[number];

export const MEMBER_ROLES = ["owner", "legal", "member", "viewer"] as const;
export type MemberRole = (typeof MEMBER_ROLES)[number];

/** The member roles that may bind the account: acknowledge, disagree. */
export const BINDING_ROLES = ["owner", "legal"] as const satisfies readonly MemberRole[];

/** The member roles that act on an incident's advice; a viewer reads. */
export const ADVISED_ROLES = ["owner", "legal", "member"] as const satisfies readonly MemberRole[];

export const ACTOR_KINDS = ["person", "job", "anonymous", "token"] as const;
export type ActorKind = (typeof ACTOR_KINDS)[number];

/** What a sign-in mail is for: to sign in somebody known, or to prove an address that may be new here. */
export const SIGN_IN_PURPOSES = ["sign_in", "prove_address"] as const;
export type SignInPurpose = (typeof SIGN_IN_PURPOSES)[number];

/** All that a mail is asked for at the door, and counted by its limits. What confirms a subscription signs nobody in. */
export const DOOR_PURPOSES = [...SIGN_IN_PURPOSES, "subscribe"] as const;
export type DoorPurpose = (typeof DOOR_PURPOSES)[number];

/** What is told to somebody about what they may do here, and how they get in; `admin_proposed` and `colleague_…` to administrators. */
export const ACCESS_UPDATES = [
  "staff_invited",
  "staff_changed",
  "staff_ended",
  "admin_proposed",
  "colleague_changed",
  "colleague_ended",
  "member_added",
  "member_changed",
  "member_removed",
  "memberships_changed",
  "invitation_accepted",
  "invitation_declined",
  "factor_added",
  "factor_removed",
  "passkey_added",
  "passkey_removed",
  "passkey_copied",
  "factors_reset",
  "sessions_ended",
  "recovery_codes_made",
  "recovery_code_used",
] as const;
export type AccessUpdate = (typeof ACCESS_UPDATES)[number];

/** What is proven besides the mail: an authenticator app's code, or a passkey (WebAuthn). */
export const FACTOR_KINDS = ["app", "passkey"] as const;
export type FactorKind = (typeof FACTOR_KINDS)[number];

/** What a second factor was proven by; by one click in a demo. */
export const FACTOR_PROOFS = ["app", "passkey", "recovery_code", "demo"] as const;
