import { type DeliveryStatus } from "@/db/vocabulary";

/** How many deliveries of one channel stand where. */
export type Counts = readonly { status: DeliveryStatus; count: number }[];

/** What is not known to have arrived and will not be tried again. */
export const UNREACHED: readonly DeliveryStatus[] = [
  "unknown",
  "bounced",
  "suppressed",
  "failed",
  "cancelled",
];

/** A complaint follows an arrival. */
export const ARRIVED: readonly DeliveryStatus[] = ["delivered", "complained"];

/** How many of these statuses there are; of all without a choice. */
export function countOf(counts: Counts, statuses?: readonly DeliveryStatus[]): number {
  return counts
    .filter(({ status }) => !statuses || statuses.includes(status))
    .reduce((total, { count }) => total + count, 0);
}
