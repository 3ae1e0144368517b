import type { createFaults } from "@/stand-ins/resend/faults";

type Fault = Parameters<ReturnType<typeof createFaults>["program"]>[0];

/**
 * Where a process is killed, and the how many-th time it comes there: a worker's second where the fault
 * is to have met it before. `asked`: by the provider, once the request has arrived.
 */
export type Point = { name: string; at: string; count?: number; aheadHours?: number };

/** The points of a worker, in the order in which it comes to them. */
export const WORKER_POINTS: readonly Point[] = [
  { name: "in the middle of the snapshot", at: "before commit of snapshot" },
  { name: "after the snapshot's commit", at: "after commit of snapshot" },
  { name: "after a batch was frozen", at: "after commit of freeze", count: 2 },
  {
    name: "in the middle of a claim, also of a lease that ran out",
    at: "before commit of claim",
    count: 2,
  },
  { name: "after a claim's commit", at: "after commit of claim", count: 2 },
  { name: "before it connects", at: "before connect", count: 2 },
  { name: "after its request arrived", at: "asked" },
  { name: "after the mails were accepted, before it reads that", at: "before answer is read" },
  { name: "after the answer, before its commit", at: "before settling" },
  { name: "after the settling's commit", at: "after commit of settling" },
  { name: "its clock 25 h ahead", at: "after commit of claim", count: 2, aheadHours: 25 },
  { name: "its clock 25 h behind", at: "before settling", aheadHours: -25 },
];

/** Each of a provider's faults; `slow` is none, but what a kill in the middle needs. */
export const FAULTS: readonly Fault[] = [
  { fault: "rate_limited", retryAfter: 1 },
  { fault: "rate_limited" },
  { fault: "concurrent" },
  { fault: "error_before" },
  { fault: "error_after" },
  { fault: "unavailable_html" },
  { fault: "reset_before" },
  { fault: "reset_after" },
  { fault: "half_json" },
  { fault: "short_ids" },
  { fault: "double_ids" },
  { fault: "key_revoked" },
  { fault: "daily_quota" },
  { fault: "slow", holdMs: 200 },
];
