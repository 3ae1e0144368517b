import type { DeliveryStatus } from "@/db/vocabulary/broadcasts";

export type Counts = readonly { status: DeliveryStatus; count: number }[];

/** What a status comes to. A complaint follows an arrival. */
const OUTCOMES = {
  placed: "arrived",
  delivered: "arrived",
  complained: "arrived",
  unconfirmed: "unconfirmed",
  unknown: "unknown",
  deferred: "missed",
  bounced: "missed",
  suppressed: "missed",
  failed: "missed",
  cancelled: "cancelled",
  sent: "underWay",
  queued: "queued",
} as const satisfies Record<DeliveryStatus, string>;
export type DeliveryOutcome = (typeof OUTCOMES)[DeliveryStatus];

export const outcomeOf = (status: DeliveryStatus): DeliveryOutcome => OUTCOMES[status];

/** How many deliveries came to what: each counts once, so that together they are all. */
export function outcomesOf(counts: Counts): Record<DeliveryOutcome, number> {
  const outcomes = {
    ...{ arrived: 0, unconfirmed: 0, unknown: 0, missed: 0, cancelled: 0 },
    ...{ underWay: 0, queued: 0 },
  };
  for (const { status, count } of counts) outcomes[OUTCOMES[status]] += count;
  return outcomes;
}

/** How many of these statuses there are; of all without a choice. */
export function countOf(counts: Counts, statuses?: readonly DeliveryStatus[]): number {
  return counts
    .filter(({ status }) => !statuses || statuses.includes(status))
    .reduce((total, { count }) => total + count, 0);
}
