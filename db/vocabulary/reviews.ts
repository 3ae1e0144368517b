export const REVIEW_DECISIONS = ["approved", "rejected"] as const;
export type ReviewDecision = (typeof REVIEW_DECISIONS)[number];

/** What one person writes and another publishes. */
export const REVIEW_SUBJECTS = ["version", "notice"] as const;
export type ReviewSubject = (typeof REVIEW_SUBJECTS)[number];

/** What a draft said at one moment: what a save wrote, or what somebody typed and did not save. */
export const DRAFT_STATE_KINDS = ["saved", "typed"] as const;
export type DraftStateKind = (typeof DRAFT_STATE_KINDS)[number];
