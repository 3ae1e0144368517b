/** Every closed list of the product. Columns, schemas, labels and switches read from here. */

export const LOCALES = ["zh-CN", "en"] as const;
export type Locale = (typeof LOCALES)[number];

export const STAFF_ROLES = [
  "author",
  "approver",
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

export const PLATFORMS = [
  "android",
  "ios",
  "harmony",
  "web",
  "miniprogram",
  "windows",
  "macos",
  "flutter",
  "unity",
] as const;
export type Platform = (typeof PLATFORMS)[number];

export const DOCUMENT_KINDS = ["privacy_guide", "compliance_guide", "agreement"] as const;
export type DocumentKind = (typeof DOCUMENT_KINDS)[number];

/** A policy version moves draft → in_review → scheduled → in_force → archived; a review may send it back to draft, and what is scheduled may be withdrawn before it takes effect. */
export const VERSION_STATUSES = [
  "draft",
  "in_review",
  "scheduled",
  "in_force",
  "archived",
  "withdrawn",
] as const;
export type VersionStatus = (typeof VERSION_STATUSES)[number];

/** What anybody may read, signed in or not. */
export const PUBLIC_VERSION_STATUSES = [
  "scheduled",
  "in_force",
  "archived",
  "withdrawn",
] as const satisfies readonly VersionStatus[];

/** The six questions of section 八 of the privacy guide (P42); any yes makes a change major. */
export const MAJOR_QUESTIONS = [
  "service_model",
  "ownership",
  "recipients",
  "rights",
  "contacts",
  "high_risk",
] as const;
export type MajorQuestion = (typeof MAJOR_QUESTIONS)[number];

export const REVIEW_DECISIONS = ["approved", "rejected"] as const;
export type ReviewDecision = (typeof REVIEW_DECISIONS)[number];

export const ACKNOWLEDGEMENT_ANSWERS = ["acknowledged", "disagreed"] as const;
export type AcknowledgementAnswer = (typeof ACKNOWLEDGEMENT_ANSWERS)[number];

/** What a broadcast tells. Each kind has its facts (domain/broadcasts/facts.ts) and its template (emails/catalogue.ts). */
export const BROADCAST_KINDS = [
  "policy_change",
  "acknowledgement_reminder",
  "acknowledgement_receipt",
] as const;
export type BroadcastKind = (typeof BROADCAST_KINDS)[number];

export const CHANNELS = ["inbox", "email"] as const;
export type Channel = (typeof CHANNELS)[number];

/**
 * A delivery only moves to the right (DELIVERY_RANK): webhooks arrive twice and in any order.
 * `placed` is the in-site message; `unknown` is a send whose outcome the provider never told us.
 */
export const DELIVERY_STATUSES = [
  "queued",
  "sent",
  "unknown",
  "placed",
  "delivered",
  "bounced",
  "complained",
  "suppressed",
  "failed",
] as const;
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];

export const BATCH_STATUSES = ["frozen", "sent", "failed", "unknown"] as const;
export type BatchStatus = (typeof BATCH_STATUSES)[number];

export const BROADCAST_STATUSES = ["sending", "finished"] as const;
export type BroadcastStatus = (typeof BROADCAST_STATUSES)[number];

export const ACTOR_KINDS = ["person", "job", "anonymous"] as const;
export type ActorKind = (typeof ACTOR_KINDS)[number];
