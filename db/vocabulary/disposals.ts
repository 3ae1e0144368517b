/** What carries a disposal out: somebody of the vendor by hand, or the vendor's account-deletion interface. */
export const DISPOSAL_CARRIERS = ["by_hand", "account_deletion"] as const;
export type DisposalCarrier = (typeof DISPOSAL_CARRIERS)[number];

/** How a service ended: one app was closed, or the whole account goes (P10). */
export const END_CAUSES = ["app_closed", "deregistration"] as const;
export type EndCause = (typeof END_CAUSES)[number];

/** What the interface is asked of a list of users: whether it knows them, to delete them, whether they are gone. */
export const DELETION_RUNS = ["check", "delete", "proof"] as const;
export type DeletionRun = (typeof DELETION_RUNS)[number];

/** What the interface says became of one user: deleted now, not there (any more), or it does not do it. */
export const INTERFACE_OUTCOMES = ["deleted", "absent", "refused"] as const;
/** Besides, where it stopped answering: somebody did it by hand. */
export const DELETION_OUTCOMES = [...INTERFACE_OUTCOMES, "by_hand"] as const;
export type DeletionOutcome = (typeof DELETION_OUTCOMES)[number];

/** `failed`: the interface was asked in vain so often that a person has to look. */
export const RUN_STATES = ["waiting", "done", "failed"] as const;
