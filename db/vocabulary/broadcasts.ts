/** What a broadcast tells. Each kind has its facts (domain/broadcasts/facts.ts) and its template (emails/catalogue.ts). */
export const BROADCAST_KINDS = [
  "policy_change",
  "acknowledgement_reminder",
  "acknowledgement_receipt",
  "request_update",
  "incident_notice",
  "announcement",
  "deregistration_update",
  "withdrawal",
  "security_alarm",
  "access_update",
  "ask_message",
  "own_policy_reminder",
  "contacts_check",
  "notice_look",
  "wave_stopped",
  "bulletin",
  "checkpoint",
  "digest",
] as const;
export type BroadcastKind = (typeof BROADCAST_KINDS)[number];

/** What is told to accounts as such, and not to one person of theirs. */
export const TOLD_TO_ACCOUNTS = [
  "policy_change",
  "acknowledgement_reminder",
  "own_policy_reminder",
  "incident_notice",
  "announcement",
  "withdrawal",
] as const satisfies readonly BroadcastKind[];

/** Of these it is told by a rule over apps: why somebody was told or was not can be worked out again. */
export const TOLD_BY_RULE = [
  "policy_change",
  "incident_notice",
  "announcement",
] as const satisfies readonly BroadcastKind[];

/** Whom a bulletin tells of what was told to others: who subscribed to it, and end users whose request concerns an affected app. */
export const BULLETIN_READERS = ["subscribers", "end_users"] as const;
export type BulletinReader = (typeof BULLETIN_READERS)[number];

/**
 * Mails that a person may have once a day together or not at all: each is among their messages as well,
 * and no law or promise asks for it. Major changes, incidents and answers are none of them (P41).
 */
export const OPTIONAL_MAILS = ["announcements", "minor_changes"] as const;
export type OptionalMail = (typeof OPTIONAL_MAILS)[number];

/** What one click in a mail ends: one kind of them, those that come once a day together, or the record's checkpoints. */
export const ENDED_BY_CLICK = [...OPTIONAL_MAILS, "digest", "checkpoint"] as const;
export type EndedByClick = (typeof ENDED_BY_CLICK)[number];

/** How such a mail comes. */
export const MAIL_PACES = ["at_once", "daily", "never"] as const;
export type MailPace = (typeof MAIL_PACES)[number];

/** What need not show up in the browsers that a person turned on. */
export const OPTIONAL_PUSHES = [...OPTIONAL_MAILS, "requests"] as const;
export type OptionalPush = (typeof OPTIONAL_PUSHES)[number];

/** What can be withdrawn after it was announced: a version before it takes effect, an announcement. */
export const WITHDRAWABLE = ["version", "notice"] as const;
export type Withdrawable = (typeof WITHDRAWABLE)[number];

export const CHANNELS = ["inbox", "email"] as const;
export type Channel = (typeof CHANNELS)[number];

/**
 * A delivery only moves to the right (DELIVERY_RANK): webhooks arrive twice and in any order.
 * `placed` is the in-site message; `unknown` is a send whose outcome the provider never told us;
 * `unconfirmed` is a mail the provider took and has told nothing more of for 72 hours.
 */
export const DELIVERY_STATUSES = [
  "queued",
  "sent",
  "unknown",
  "unconfirmed",
  "placed",
  "delivered",
  "deferred",
  "bounced",
  "complained",
  "suppressed",
  "failed",
  "cancelled",
] as const;
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];

/** Why no mail goes to an address any more; "deferred" stands for temporary bounces that kept coming. */
export const SUPPRESSION_REASONS = ["bounced", "complained", "deferred"] as const;
export type SuppressionReason = (typeof SUPPRESSION_REASONS)[number];

export const BATCH_STATUSES = ["frozen", "sent", "failed", "unknown", "cancelled"] as const;
export type BatchStatus = (typeof BATCH_STATUSES)[number];

/** How one attempt to hand over a batch ended; one that never ended was cut off with its worker. */
export const ATTEMPT_OUTCOMES = ["accepted", "retry", "refused", "halt"] as const;
export type AttemptOutcome = (typeof ATTEMPT_OUTCOMES)[number];

/** A broadcast is finished when every one of its deliveries is final. Paused, nothing of it leaves. */
export const BROADCAST_STATUSES = ["sending", "paused", "finished"] as const;
export type BroadcastStatus = (typeof BROADCAST_STATUSES)[number];
