import type { createFaults } from "@/stand-ins/resend/faults";

type Fault = Parameters<ReturnType<typeof createFaults>["program"]>[0];

/**
 * Where a process is killed, and the how many-th time it comes there: a worker's second where the fault
 * is to have met it before. `asked`: by the provider, once the request has arrived.
 */
export type Point = { at: string; count?: number; aheadHours?: number };

/** One of the matrix: by which word `npm run faults` plays it alone, and what its table calls it. */
export type NamedPoint = Point & { word: string; name: string };

/** The points of a worker, in the order in which it comes to them. */
export const WORKER_POINTS: readonly NamedPoint[] = [
  { word: "snapshot", name: "in the middle of the snapshot", at: "before commit of snapshot" },
  { word: "snapshotted", name: "after the snapshot's commit", at: "after commit of snapshot" },
  { word: "freeze", name: "after a batch was frozen", at: "after commit of freeze", count: 2 },
  {
    word: "claim",
    name: "in the middle of a claim, also of a lease that ran out",
    at: "before commit of claim",
    count: 2,
  },
  { word: "claimed", name: "after a claim's commit", at: "after commit of claim", count: 2 },
  { word: "connect", name: "before it connects", at: "before connect", count: 2 },
  { word: "asked", name: "after its request arrived", at: "asked" },
  {
    word: "accepted",
    name: "after the mails were accepted, before it reads that",
    at: "before answer is read",
  },
  { word: "answered", name: "after the answer, before its commit", at: "before settling" },
  { word: "settled", name: "after the settling's commit", at: "after commit of settling" },
  {
    word: "ahead",
    name: "its clock 25 h ahead",
    at: "after commit of claim",
    count: 2,
    aheadHours: 25,
  },
  { word: "behind", name: "its clock 25 h behind", at: "before settling", aheadHours: -25 },
];

/** What is told otherwise than at once to everybody, by mail and in the site (run-kind.ts). */
export const KINDS = ["waves", "digests", "moment", "alone", "posts"] as const;
export type Kind = (typeof KINDS)[number];

/** Longer than a worker of these runs waits for an answer (die-at.mjs). */
const HELD_MS = 10_000;

/** Each of a provider's faults, as the table names it; `slow` is none, but what a kill in the middle needs. */
export const FAULTS: readonly { name: string; fault: Fault; isFinal?: boolean }[] = [
  { name: "429 wait", fault: { fault: "rate_limited", retryAfter: 1 } },
  { name: "429", fault: { fault: "rate_limited" } },
  { name: "409 busy", fault: { fault: "concurrent" } },
  // A worker does not ask again after these two.
  { name: "409 other", fault: { fault: "other_body" }, isFinal: true },
  { name: "422", fault: { fault: "invalid" }, isFinal: true },
  { name: "500", fault: { fault: "error_before" } },
  { name: "500 sent", fault: { fault: "error_after" } },
  { name: "503", fault: { fault: "unavailable_html" } },
  { name: "late", fault: { fault: "timeout_before", holdMs: HELD_MS } },
  { name: "late sent", fault: { fault: "timeout_after", holdMs: HELD_MS } },
  { name: "cut", fault: { fault: "reset_before" } },
  { name: "cut sent", fault: { fault: "reset_after" } },
  { name: "half", fault: { fault: "half_json" } },
  { name: "short", fault: { fault: "short_ids" } },
  { name: "double", fault: { fault: "double_ids" } },
  { name: "key", fault: { fault: "key_revoked" } },
  { name: "quota", fault: { fault: "daily_quota" } },
  { name: "slow", fault: { fault: "slow", holdMs: 200 } },
];
