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

/** The member roles that act on an incident's advice; a viewer reads. */
export const ADVISED_ROLES = ["owner", "legal", "member"] as const satisfies readonly MemberRole[];

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

/** Where a developer stops a product from collecting: on each platform, and in the calls of an API. */
export const STOP_PLACES = [...PLATFORMS, "api"] as const;
export type StopPlace = (typeof STOP_PLACES)[number];

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
  "request_update",
  "incident_notice",
  "announcement",
  "deregistration_update",
  "withdrawal",
] as const;
export type BroadcastKind = (typeof BROADCAST_KINDS)[number];

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

export const ACTOR_KINDS = ["person", "job", "anonymous", "token"] as const;
export type ActorKind = (typeof ACTOR_KINDS)[number];

/** What a sign-in mail is for: to sign in somebody known, or to prove an address that may be new here. */
export const SIGN_IN_PURPOSES = ["sign_in", "prove_address"] as const;
export type SignInPurpose = (typeof SIGN_IN_PURPOSES)[number];

/** Where an app's data is kept. */
export const REGIONS = ["cn", "sg", "kr", "jp", "in", "de", "us"] as const;
export type Region = (typeof REGIONS)[number];

export const CONTACT_KINDS = ["security", "legal", "technical"] as const;
export type ContactKind = (typeof CONTACT_KINDS)[number];

export const INCIDENT_KINDS = [
  "leak",
  "tampering",
  "loss",
  "unauthorised_access",
  "vulnerability",
  "availability",
] as const;
export type IncidentKind = (typeof INCIDENT_KINDS)[number];

/** The four grades of 国家网络安全事件报告管理办法, the gravest first. */
export const SEVERITIES = ["very_major", "major", "larger", "general"] as const;
export type Severity = (typeof SEVERITIES)[number];

export const INCIDENT_STATUSES = ["investigating", "contained", "resolved", "closed"] as const;
export type IncidentStatus = (typeof INCIDENT_STATUSES)[number];

/** Who may read an incident or announcement: everybody, the affected accounts, or their security contacts alone. */
export const VISIBILITIES = ["public", "affected", "restricted"] as const;
export type Visibility = (typeof VISIBILITIES)[number];

/** An announcement stands alone; the other types belong to an incident. */
export const NOTICE_TYPES = ["initial", "update", "correction", "final", "announcement"] as const;
export type NoticeType = (typeof NOTICE_TYPES)[number];

export const NOTICE_STATUSES = ["draft", "in_review", "published"] as const;
export type NoticeStatus = (typeof NOTICE_STATUSES)[number];

export const MEASURE_STATES = ["taken", "planned"] as const;
export type MeasureState = (typeof MEASURE_STATES)[number];

/** What the reader has to do (AWS Health's actionability). */
export const ACTIONABILITIES = ["required", "may_be_required", "information"] as const;
export type Actionability = (typeof ACTIONABILITIES)[number];

/** The rights of section 六 of the privacy guide (P23) and what section 九 promises to answer (P48, P54). */
export const REQUEST_TYPES = [
  "delete",
  "consult",
  "copy",
  "correct",
  "withdraw_consent",
  "deregister_end_user",
  "child_data",
  "legal_basis",
  "complaint",
  "report",
  "suggestion",
  "question",
] as const;
export type RequestType = (typeof REQUEST_TYPES)[number];

/** Only these ask for something to become of the data (P10, P32); a copy or a question never does. */
export const DISPOSAL_TYPES = [
  "delete",
  "child_data",
  "deregister_end_user",
  "withdraw_consent",
] as const satisfies readonly RequestType[];

export const REQUEST_CHANNELS = ["portal", "ticket", "email", "post", "phone"] as const;
export type RequestChannel = (typeof REQUEST_CHANNELS)[number];

export const REQUESTER_KINDS = ["developer", "end_user", "guardian", "agent"] as const;
export type RequesterKind = (typeof REQUESTER_KINDS)[number];

/** The five grounds for deletion of section 六(二)(2), as the guide letters them (P32). */
export const DELETION_GROUNDS = ["a", "b", "c", "d", "e"] as const;
export type DeletionGround = (typeof DELETION_GROUNDS)[number];

export const REQUEST_STATUSES = [
  "received",
  "verifying",
  "need_more",
  "in_progress",
  "with_developer",
  "in_review",
  "fulfilled",
  "partly_fulfilled",
  "refused",
  "appealed",
  "withdrawn",
] as const;
export type RequestStatus = (typeof REQUEST_STATUSES)[number];

/** Nothing is waited for any more; an answer may still be appealed. */
export const CLOSED_REQUEST_STATUSES = [
  "fulfilled",
  "partly_fulfilled",
  "refused",
  "withdrawn",
] as const satisfies readonly RequestStatus[];

/**
 * What a person is told of a request, step by step: its requester, the account it was routed to
 * (`developer_…`), those who handle it (`handler_…`).
 */
export const REQUEST_UPDATES = [
  "received",
  "verifying",
  "need_more",
  "in_progress",
  "back_from_developer",
  "appeal_taken",
  "stop_confirmed",
  "withdrawn",
  "developer_taken_back",
  "developer_closed",
  "handler_filed",
  "handler_appealed",
  "handler_answered",
  "handler_withdrawn",
  "message",
  "with_developer",
  "developer_asked",
  "developer_reminded",
  "handler_reminded",
  "decided",
  "receipt",
  "due_changed",
  "appeal_received",
] as const;
export type RequestUpdate = (typeof REQUEST_UPDATES)[number];

export const REQUEST_DECISIONS = ["fulfilled", "partly_fulfilled", "refused"] as const;
export type RequestDecision = (typeof REQUEST_DECISIONS)[number];

/** Why a request may be refused: section 六(三), four reasons of effort (P35) and the eight cases (P36). */
export const REFUSAL_CODES = [
  "R-a",
  "R-b",
  "R-c",
  "R-d",
  "R-1",
  "R-2",
  "R-3",
  "R-4",
  "R-5",
  "R-6",
  "R-7",
  "R-8",
] as const;
export type RefusalCode = (typeof REFUSAL_CODES)[number];

/** Sentences an answer may carry besides its explanation: on withdrawn consent (P31), for persons in the EEA (P50). */
export const STANDARD_PARAGRAPHS = ["consent_withdrawn", "eea"] as const;
export type StandardParagraph = (typeof STANDARD_PARAGRAPHS)[number];

export const MESSAGE_DIRECTIONS = ["to_requester", "from_requester", "internal"] as const;
export type MessageDirection = (typeof MESSAGE_DIRECTIONS)[number];

/** What a developer answers when an end user's request was routed to their account (P28, P29). */
export const DEVELOPER_ANSWERS = ["handled", "not_our_user", "other"] as const;
export type DeveloperAnswer = (typeof DEVELOPER_ANSWERS)[number];

/** Where the vendor keeps an end user's data, store by store. */
export const DATA_STORES = [
  "profile",
  "relations",
  "groups",
  "messages",
  "media",
  "logs",
  "backups",
] as const;
export type DataStore = (typeof DATA_STORES)[number];

export const DISPOSAL_ACTIONS = ["delete", "anonymise", "hold"] as const;
export type DisposalAction = (typeof DISPOSAL_ACTIONS)[number];

/** The only reasons to keep data longer: section 四(一) (1)–(4) of the guide (P14). */
export const HOLD_REASONS = ["law", "court", "authority", "legitimate_interest"] as const;
export type HoldReason = (typeof HOLD_REASONS)[number];

export const CALENDAR_DAY_KINDS = ["rest", "work"] as const;
export type CalendarDayKind = (typeof CALENDAR_DAY_KINDS)[number];

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

/** What an API token may do. */
export const TOKEN_SCOPES = ["ticket_links"] as const;
export type TokenScope = (typeof TOKEN_SCOPES)[number];

/** The one thing a support ticket's link opens. */
export const TICKET_PURPOSES = ["file_request", "read_notice"] as const;
export type TicketPurpose = (typeof TICKET_PURPOSES)[number];

/** What is numbered without gaps, with the letter its numbers begin with. */
export const NUMBER_SERIES = {
  acknowledgement: "A",
  deregistration: "C",
  deletion_receipt: "D",
  incident: "I",
  request: "R",
} as const;
export type NumberSeries = keyof typeof NUMBER_SERIES;
