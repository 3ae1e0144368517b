/**
 * Every kind of data the portal holds. Those of the first list go when their period is over, by one
 * job (domain/retention); those of the second with what they hang on, or never, and then they are
 * about nobody.
 */
export const PURGED_KINDS = [
  "sign_in_asks",
  "sessions",
  "confirmations",
  "invitations",
  "security_records",
  "request_drafts",
  "proof_files",
  "case_texts",
  "ticket_links",
  "bulk_lines",
  "delivery_addresses",
  "lone_people",
] as const;
export type PurgedKind = (typeof PURGED_KINDS)[number];

export const LASTING_KINDS = [
  "people",
  "accounts",
  "subscriptions",
  "answers",
  "stopped_addresses",
  "keys",
  "case_facts",
  "tellings",
  "publications",
  "record",
] as const;
export type LastingKind = (typeof LASTING_KINDS)[number];

export const RETENTION_KINDS = [...PURGED_KINDS, ...LASTING_KINDS] as const;
export type RetentionKind = (typeof RETENTION_KINDS)[number];
