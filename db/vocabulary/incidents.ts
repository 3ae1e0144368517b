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

/** `reopened` is investigated as well; it and `false_alarm` take the word of a second person. */
export const INCIDENT_STATUSES = [
  "investigating",
  "reopened",
  "contained",
  "resolved",
  "closed",
  "false_alarm",
] as const;
export type IncidentStatus = (typeof INCIDENT_STATUSES)[number];

/** What one person proposes of an incident and another decides; a waiver: that a duty does not apply. */
export const PROPOSALS = ["false_alarm", "reopening", "waiver"] as const;
export type Proposal = (typeof PROPOSALS)[number];

/** What is done to stop the spread, in the order in which it is done. */
export const CONTAINMENT_STEPS = [
  "keep_evidence",
  "assess_scope",
  "close_way",
  "revoke_secrets",
  "isolate",
  "halt_release",
  "mitigate",
  "look_for_use",
  "recall_data",
  "shift_load",
  "restore",
  "check_integrity",
  "watch",
] as const;
export type ContainmentStep = (typeof CONTAINMENT_STEPS)[number];

/** The contingency plan of each kind of incident (P16; PIPL 51(5) asks for one): its steps in order. */
export const PLANS: Record<IncidentKind, readonly ContainmentStep[]> = {
  leak: ["keep_evidence", "assess_scope", "close_way", "revoke_secrets", "recall_data", "watch"],
  tampering: [
    ...(["keep_evidence", "assess_scope", "isolate", "close_way"] as const),
    ...(["restore", "check_integrity", "watch"] as const),
  ],
  loss: ["keep_evidence", "assess_scope", "isolate", "restore", "check_integrity", "watch"],
  unauthorised_access: [
    ...(["keep_evidence", "assess_scope", "close_way", "revoke_secrets"] as const),
    ...(["isolate", "watch"] as const),
  ],
  vulnerability: ["assess_scope", "halt_release", "mitigate", "look_for_use", "watch"],
  availability: ["assess_scope", "shift_load", "restore", "check_integrity", "watch"],
};

/** A step that does not apply is set aside, with the reason. */
export const STEP_STATES = ["done", "set_aside"] as const;
export type StepState = (typeof STEP_STATES)[number];

/** Who may read an incident or announcement: everybody, the affected accounts, or their security contacts alone. */
export const VISIBILITIES = ["public", "affected", "restricted"] as const;
export type Visibility = (typeof VISIBILITIES)[number];

/** An announcement stands alone; the other types belong to an incident. */
export const NOTICE_TYPES = ["initial", "update", "correction", "final", "announcement"] as const;
export type NoticeType = (typeof NOTICE_TYPES)[number];

/** What follows an announcement, each a notice of its own, told to those it told (docs/decisions/097). */
export const FOLLOW_KINDS = ["correction", "update", "end"] as const;
export type FollowKind = (typeof FOLLOW_KINDS)[number];

/** `scheduled`: an announcement that is approved and goes out at its moment. */
export const NOTICE_STATUSES = [
  "draft",
  "in_review",
  "scheduled",
  "published",
  "discarded",
] as const;
export type NoticeStatus = (typeof NOTICE_STATUSES)[number];

/**
 * What is looked at before a notice is submitted: variables without a value, links that lead nowhere,
 * numbers of identity cards, mails that Gmail clips by their words or by the names of a reader's apps,
 * other personal data, a language that lacks words.
 */
export const NOTICE_CHECKS = [
  "variables",
  "links",
  "identities",
  "mail_too_large",
  "mail_clipped",
  "personal",
  "language",
] as const;
export type NoticeCheck = (typeof NOTICE_CHECKS)[number];

/** Only mending these helps; of the others an author may say why they stay. */
export const BLOCKING_NOTICE_CHECKS = [
  "variables",
  "links",
  "identities",
  "mail_too_large",
] as const satisfies readonly NoticeCheck[];

/** What the second person says who looks at a notice that one person sent alone. */
export const LOOK_VERDICTS = ["confirmed", "objected"] as const;
export type LookVerdict = (typeof LOOK_VERDICTS)[number];

/** What is told about such a sending to those who approve: that it left, that nobody has looked, that somebody objected. */
export const LOOK_EVENTS = ["sent_alone", "unseen", "objected"] as const;
export type LookEvent = (typeof LOOK_EVENTS)[number];
/** What a template may name of a notice, by what it is for; each is written `{{product}}` (decision 070). */
export const TEMPLATE_VARIABLES = {
  announcement: ["product", "today", "goes_out_at"],
  incident: ["product", "today", "incident_number", "occurred_at", "discovered_at", "contact"],
} as const;
export type TemplateUse = keyof typeof TEMPLATE_VARIABLES;
export type TemplateVariable = (typeof TEMPLATE_VARIABLES)[TemplateUse][number];
export const TEMPLATE_USES = ["announcement", "incident"] as const satisfies readonly TemplateUse[];

export const MEASURE_STATES = ["taken", "planned"] as const;
export type MeasureState = (typeof MEASURE_STATES)[number];

/** What the reader has to do (AWS Health's actionability). */
export const ACTIONABILITIES = ["required", "may_be_required", "information"] as const;
export type Actionability = (typeof ACTIONABILITIES)[number];

/**
 * What an announcement says besides its text where a guide promises it: of a transfer of the business
 * (P13), of one abroad (P15, PIPL 39), of a disclosure (P51), of the end of a service (P10).
 */
export const MATTER_PARTS = {
  transfer: ["recipient", "contact", "purpose"],
  cross_border: ["recipient", "purpose", "safeguards", "risk"],
  disclosure: ["information", "purpose", "basis"],
  end_of_service: ["service", "ends", "instead", "takeout", "disposal"],
} as const;
export type Matter = keyof typeof MATTER_PARTS;
export type MatterPart = (typeof MATTER_PARTS)[Matter][number];
export const MATTERS = [
  "transfer",
  "cross_border",
  "disclosure",
  "end_of_service",
] as const satisfies readonly Matter[];
/** In the order they are read. */
export const ALL_MATTER_PARTS = [
  "service",
  "ends",
  "instead",
  "takeout",
  "disposal",
  "information",
  "recipient",
  "contact",
  "purpose",
  "basis",
  "safeguards",
  "risk",
] as const satisfies readonly MatterPart[];
