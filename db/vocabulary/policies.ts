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

/** The questions answered with yes. */
export function majorReasons(answers: Partial<Record<MajorQuestion, boolean>>): MajorQuestion[] {
  return MAJOR_QUESTIONS.filter((question) => answers[question] === true);
}

export const ACKNOWLEDGEMENT_ANSWERS = ["acknowledged", "disagreed"] as const;
export type AcknowledgementAnswer = (typeof ACKNOWLEDGEMENT_ANSWERS)[number];
