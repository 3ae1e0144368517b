/** What a bundle of evidence is gathered about; `record` is everything within some days. */
export const EVIDENCE_SCOPES = ["account", "app", "request", "broadcast", "record"] as const;
export type EvidenceScope = (typeof EVIDENCE_SCOPES)[number];

/** Whose eyes a look back is by. */
export const LOOKED_AT = ["account", "person"] as const;
