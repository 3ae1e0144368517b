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

/** What else section 六 offers, each of which has a room of its own: a type leads there (P23). */
export const RIGHT_ROOMS = ["deregister_account", "privacy_settings"] as const;
export type RightRoom = (typeof RIGHT_ROOMS)[number];

/** Who can go a way by themselves: whoever runs the app, or whoever uses it (P24). */
export const WAY_READERS = ["developer", "end_user"] as const;
export type WayReader = (typeof WAY_READERS)[number];

/** What a type's form asks besides the facts; which of them each asks stands in domain/requests/rights.ts. */
export const REQUEST_DETAILS = [
  "scope",
  "what",
  "format",
  "wrong",
  "right",
  "feature",
  "settled",
  "guardian",
  "remedy",
  "happened",
] as const;
export type RequestDetail = (typeof REQUEST_DETAILS)[number];

/**
 * Answers to pick from; a detail that is not here is written in words. A deletion is about all an
 * account holds with us, all users of an app, or those listed.
 */
export const DETAIL_CHOICES = {
  scope: ["account", "app", "users"],
  format: ["file", "document", "paper"],
  settled: ["settled", "open", "unsure"],
  guardian: ["never", "withdrawn", "unsure"],
} as const satisfies Partial<Record<RequestDetail, readonly string[]>>;
export type ChosenDetail = keyof typeof DETAIL_CHOICES;

export const isChosen = (detail: RequestDetail): detail is ChosenDetail => detail in DETAIL_CHOICES;

/** How it came; `finding` is what operations found by themselves (P56). */
export const REQUEST_CHANNELS = ["portal", "ticket", "email", "post", "phone", "finding"] as const;
export type RequestChannel = (typeof REQUEST_CHANNELS)[number];

/** Who asks; of a finding of one's own, operations. */
export const REQUESTER_KINDS = [
  "developer",
  "end_user",
  "guardian",
  "agent",
  "operations",
] as const;
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
  "handler_assigned",
  "handler_appealed",
  "handler_answered",
  "handler_withdrawn",
  "handler_review",
  "handler_returned",
  "handler_approved",
  "handler_digest",
  "handler_daily",
  "message",
  "with_developer",
  "developer_asked",
  "developer_stop",
  "developer_reminded",
  "handler_reminded",
  "decided",
  "receipt",
  "due_changed",
  "extended",
  "appeal_received",
] as const;
export type RequestUpdate = (typeof REQUEST_UPDATES)[number];

/**
 * What a handler chooses of how it is mailed to them: a case given to them, one of theirs whose day comes
 * near, one of nobody's whose day comes near, what is new and nobody's, what was written to them.
 */
export const HANDLER_MATTERS = ["assigned", "own_due", "open_due", "queue", "requester"] as const;
export type HandlerMatter = (typeof HANDLER_MATTERS)[number];

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

/** The six cases of section 一(四) in which no consent is needed, in its order; consent itself is the seventh ground (P50). */
export const LEGAL_BASES = [
  "contract",
  "duty",
  "emergency",
  "press",
  "disclosed",
  "law",
  "consent",
] as const;
export type LegalBasis = (typeof LEGAL_BASES)[number];

/** Where a law sets a limit of its own for an answer (domain/requests/limits.ts). */
export const LEGAL_REGIONS = ["eea", "uk", "kr", "br"] as const;
export type LegalRegion = (typeof LEGAL_REGIONS)[number];

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

/** What a macro of handlers may put in: what the case says without asking. */
export const MACRO_VARIABLES = ["number", "type", "app", "received", "due", "ticket"] as const;
export type MacroVariable = (typeof MACRO_VARIABLES)[number];
