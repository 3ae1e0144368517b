/** What a bundle of evidence is gathered about; `record` is everything within some days. */
export const EVIDENCE_SCOPES = ["account", "app", "request", "broadcast", "record"] as const;
export type EvidenceScope = (typeof EVIDENCE_SCOPES)[number];

/** How often who asked for it is mailed what was signed last: who audits by the first, everybody else by the second. */
export const CHECKPOINT_PACES = ["daily", "monthly"] as const;
export type CheckpointPace = (typeof CHECKPOINT_PACES)[number];

/** Whose eyes a look back is by. */
export const LOOKED_AT = ["account", "person"] as const;
