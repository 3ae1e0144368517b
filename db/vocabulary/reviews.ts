export const REVIEW_DECISIONS = ["approved", "rejected"] as const;
export type ReviewDecision = (typeof REVIEW_DECISIONS)[number];

/** What one person writes and another publishes. */
export const REVIEW_SUBJECTS = ["version", "notice"] as const;
export type ReviewSubject = (typeof REVIEW_SUBJECTS)[number];
