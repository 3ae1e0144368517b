/** Whose pages are photographed, besides those of everybody. */
export const READERS = ["anonymous", "owner", "handler", "approver"] as const;
