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
  "discarded",
] as const;
export type VersionStatus = (typeof VERSION_STATUSES)[number];

/** What anybody may read, signed in or not. */
export const PUBLIC_VERSION_STATUSES = [
  "scheduled",
  "in_force",
  "archived",
  "withdrawn",
] as const satisfies readonly VersionStatus[];

/** The six questions of section 八 of the privacy guide, and whatever else is major (P42); any yes makes a change major. */
export const MAJOR_QUESTIONS = [
  "service_model",
  "ownership",
  "recipients",
  "rights",
  "contacts",
  "high_risk",
  "other",
] as const;
export type MajorQuestion = (typeof MAJOR_QUESTIONS)[number];

/** The questions answered with yes. */
export function majorReasons(answers: Partial<Record<MajorQuestion, boolean>>): MajorQuestion[] {
  return MAJOR_QUESTIONS.filter((question) => answers[question] === true);
}

export const ACKNOWLEDGEMENT_ANSWERS = ["acknowledged", "disagreed"] as const;
export type AcknowledgementAnswer = (typeof ACKNOWLEDGEMENT_ANSWERS)[number];

/** What led to the page on which an answer was given: nothing of ours or a mail, a popup, a message of the portal. */
export const SHOWN_BY = ["page", "popup", "message"] as const;
export type ShownBy = (typeof SHOWN_BY)[number];

/**
 * How an account stands to a version: each stands in exactly one way, so the counts add up.
 * `joined_later`: it had no app of the product when the version was announced, and nobody of it was
 * told of the version since. `superseded`: a later major change asks in its place. `not_asked`: the
 * version asks nobody, or was withdrawn, and nobody of it answered freely.
 */
export const ASK_STATES = [
  "waiting",
  "deferred",
  "overdue",
  "joined_later",
  "superseded",
  "waived",
  "not_asked",
  "acknowledged",
  "disagreed",
] as const;
export type AskState = (typeof ASK_STATES)[number];

/** An answer is wanted. */
export const OPEN_ASK_STATES = [
  "waiting",
  "deferred",
  "overdue",
  "joined_later",
] as const satisfies readonly AskState[];
export type OpenAskState = (typeof OPEN_ASK_STATES)[number];

/** What operations take up: an account that stays silent past every reminder, one that disagreed. */
export const ASK_TASKS = ["overdue", "disagreed"] as const;
export type AskTask = (typeof ASK_TASKS)[number];

/** Who speaks in a conversation about an answer: operations, or somebody who may bind the account. */
export const ASK_SIDES = ["vendor", "account"] as const;
export type AskSide = (typeof ASK_SIDES)[number];

/**
 * What is looked at before a version goes to review. What one finds is mended, or its author says why
 * it stays, for the reviewer to read; dead links are only mended.
 */
export const VERSION_CHECKS = [
  "links",
  "sensitive_not_bold",
  "sensitive_unmarked",
  "changes_unexplained",
  "translation_behind",
  "lists_differ",
  "documents_differ",
  "collection_changed",
  "recipients_changed",
  "contacts_changed",
  "card_differs",
  "consent_needed",
  "none_of_six",
  "short_notice",
] as const;
export type VersionCheck = (typeof VERSION_CHECKS)[number];

/**
 * What the contact card says of who answers for the guides (P45, P46, P58), a line each in both
 * languages: legal name, registered address, team, person in charge, customer service, post.
 */
export const CARD_LINES = ["name", "address", "team", "person", "service", "post"] as const;
export type CardLine = (typeof CARD_LINES)[number];

/** What somebody who may bind an account says of an app: the preconditions of the service, the self-check (P11, P12). */
export const ATTESTATIONS = ["preconditions", "self_check"] as const;
export type Attestation = (typeof ATTESTATIONS)[number];

/** The kind of document whose text is behind each. */
export const ATTESTED_BY = {
  preconditions: "privacy_guide",
  self_check: "compliance_guide",
} as const satisfies Record<Attestation, DocumentKind>;

/** The four preconditions of the service (P12): lawful, informed and consented to, de-identification, rights. */
export const PRECONDITIONS = ["lawful", "informed", "deidentified", "rights"] as const;
export type Precondition = (typeof PRECONDITIONS)[number];
