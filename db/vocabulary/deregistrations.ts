/** Out of `completed` leads no way, for no role (P33). */
export const DEREGISTRATION_STATUSES = [
  "awaiting_owner",
  "cooling_off",
  "cancelled",
  "completed",
] as const;
export type DeregistrationStatus = (typeof DEREGISTRATION_STATUSES)[number];

/** While one of these stands, the account has no second deregistration. */
export const OPEN_DEREGISTRATION_STATUSES = [
  "awaiting_owner",
  "cooling_off",
] as const satisfies readonly DeregistrationStatus[];

/** What the owners are told of a deregistration. */
export const DEREGISTRATION_EVENTS = [
  "requested",
  "confirmed",
  "reminded",
  "paused",
  "resumed",
  "cancelled",
  "completed",
] as const;
export type DeregistrationEvent = (typeof DEREGISTRATION_EVENTS)[number];

/** What the vendor's own interface knows of an account's service (lib/service-standing.ts). */
export const SERVICE_CHECKS = [
  "service_apps",
  "service_traffic",
  "service_bills",
  "service_tickets",
] as const;
export type ServiceCheck = (typeof SERVICE_CHECKS)[number];

/** What is looked at before an account goes; which of them must be settled: domain/deregistrations/rules.ts (P33). */
export const DEREGISTRATION_CHECKS = [
  "own_requests",
  "routed_requests",
  "live_apps",
  "unanswered_versions",
  "security_advice",
  ...SERVICE_CHECKS,
  "end_users_told",
] as const;

/** From where a line is known: this portal, the vendor's own interface, or its owner's word. */
export const CHECK_SOURCES = ["portal", "service", "owner"] as const;
export type CheckSource = (typeof CHECK_SOURCES)[number];
export type DeregistrationCheck = (typeof DEREGISTRATION_CHECKS)[number];

export const CERTIFICATE_FATES = ["ended", "erased", "pseudonymised", "kept"] as const;
export type CertificateFate = (typeof CERTIFICATE_FATES)[number];

/** What a certificate counts, in its order, and what has become of it. */
export const CERTIFICATE_FATE_OF = {
  memberships: "ended",
  contacts: "ended",
  apps: "ended",
  sessions: "ended",
  people: "pseudonymised",
  answers: "pseudonymised",
  identities: "erased",
  sign_in_requests: "erased",
  drafts: "erased",
  request_contents: "erased",
  request_files: "erased",
  request_messages: "erased",
  addresses: "erased",
  mail_bodies: "erased",
  suppressions: "erased",
  account_name: "kept",
  people_elsewhere: "kept",
  acknowledgements: "kept",
  deliveries: "kept",
  requests: "kept",
  audit_entries: "kept",
} as const satisfies Record<string, CertificateFate>;
export type CertificateItem = keyof typeof CERTIFICATE_FATE_OF;
export const CERTIFICATE_ITEMS = Object.keys(CERTIFICATE_FATE_OF) as CertificateItem[];
