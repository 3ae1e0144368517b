/** What is wanting in how an account can be reached, and what each costs of a hundred points. */
export const REACH_COSTS = {
  /** Nobody belongs to it and nobody is named. */
  nobody: 100,
  /** Every address of its people is stopped. */
  all_stopped: 100,
  /** Of its people only one takes mails. */
  one_address: 25,
  /** No confirmed contact takes mails. */
  no_contact: 25,
  /** No mail has arrived within a year. */
  none_arrived: 20,
  /** Of somebody the last mail came back, within 90 days. */
  came_back: 15,
  /** It has contacts, and nobody has confirmed or looked through them for a year. */
  unchecked: 10,
  /** Somebody has left within 180 days. */
  somebody_left: 5,
} as const;
export type ReachReason = keyof typeof REACH_COSTS;
export const REACH_REASONS = [
  "nobody",
  "all_stopped",
  "one_address",
  "no_contact",
  "none_arrived",
  "came_back",
  "unchecked",
  "somebody_left",
] as const satisfies readonly ReachReason[];

/** Below so many points of a hundred an account is weak: one thing more, and nobody hears. */
export const WEAK_BELOW = 60;

/**
 * Why somebody is to be called: nobody of the account can be reached; nobody has opened an incident's notice;
 * somebody has, and what it requires is not done.
 */
export const CALL_CAUSES = ["unreachable", "unopened", "unfollowed"] as const;
export type CallCause = (typeof CALL_CAUSES)[number];

export const CALL_WAYS = ["phone", "mail", "ticket", "other"] as const;
export type CallWay = (typeof CALL_WAYS)[number];

/** What came of a try; `reached` ends the call. */
export const CALL_RESULTS = ["reached", "promised", "no_answer", "wrong_contact"] as const;
export type CallResult = (typeof CALL_RESULTS)[number];

/** Why a rehearsal did not reach an account: it has nobody, or what became of every mail to it. */
export const REHEARSAL_CAUSES = [
  "nobody",
  "bounced",
  "deferred",
  "suppressed",
  "no_route",
  "failed",
  "cancelled",
  "unconfirmed",
] as const;
export type RehearsalCause = (typeof REHEARSAL_CAUSES)[number];
