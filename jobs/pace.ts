import type { Rate } from "@/lib/send-outcome";

/** When an attempt left, by `performance.now()`, and what came of it. */
type Heard = {
  sentAt: number;
  outcome: { waitMs?: number; rate?: Rate; reason?: string; retryAfterMs?: number };
};

/** A clock that runs a little fast, and a request that was quicker on its way than the one before. */
const MARGIN_MS = 2;

/**
 * The rate of the provider, as its answers tell it. Of its window it says how many whole seconds are
 * left, up to one too many; whoever opened the window themselves knows when it began, and need not
 * wait for the rounding.
 */
export function openPace(clock: () => number = () => performance.now()) {
  let [windowEnds, until, remaining, isSet] = [0, 0, Number.POSITIVE_INFINITY, false];
  const hear = ({ sentAt, outcome: { waitMs = 0, rate, reason, retryAfterMs } }: Heard): void => {
    const now = clock();
    if (rate && rate.remaining === rate.limit - 1) {
      windowEnds = sentAt + rate.windowMs + MARGIN_MS;
      remaining = rate.remaining;
    } else if (rate) remaining = Math.min(remaining, rate.remaining);
    if (waitMs > 0) {
      isSet = true;
      until = windowEnds > sentAt ? windowEnds : now + waitMs;
    }
    if (reason === "rate_limited" && retryAfterMs !== undefined) {
      isSet = true;
      until = now + retryAfterMs;
    }
  };
  return {
    /** Whether the provider has ever set it. */
    isSet: (): boolean => isSet,
    /** How many of `most` may leave at once, at least one. */
    allows: (most: number): number =>
      clock() < windowEnds ? Math.max(1, Math.min(most, remaining)) : most,
    /** Of what left at once: the answers come in any order. */
    hear: (round: readonly Heard[]): void => [...round].sort(byRemaining).forEach(hear),
    /** Milliseconds until the next may leave. */
    wait: (): number => Math.max(0, until - clock()),
  };
}

const byRemaining = (one: Heard, other: Heard): number =>
  (other.outcome.rate?.remaining ?? 0) - (one.outcome.rate?.remaining ?? 0);
