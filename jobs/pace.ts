import type { Rate } from "@/lib/send-outcome";

/** An attempt: when it left and when something was heard of it, by `performance.now()`, and what. */
type Heard = {
  sentAt: number;
  heardAt: number;
  outcome: { waitMs?: number; rate?: Rate; reason?: string; retryAfterMs?: number };
};

/**
 * In what share of a window everything that it allows should have left: a round may take twice as long as
 * the one before it, and what a window ends with is lost for good.
 */
const AIM = 0.5;

/** A clock that runs a little fast, and a request that was quicker on its way than the one before. */
const MARGIN_MS = 4;

/**
 * The rate of the provider, as its answers tell it. Of its window it says how many whole seconds are
 * left, up to one too many. Whoever opened the window knows better: it began between their leaving and
 * their hearing of it. So the next one is opened by one request alone, as long after that one left as
 * the window is; where that was a little early and is refused, it leaves again when the old window has
 * ended for certain, and from then on a little later.
 */
export function openPace(clock: () => number = () => performance.now()) {
  /** The own window: when it ends at the earliest and at the latest, and what is left of it. */
  let [ends, endsSurely, left] = [0, 0, Number.POSITIVE_INFINITY];
  let [until, isSet, margin] = [0, false, MARGIN_MS];
  /** When the last round was allowed to leave. */
  let leftAt: number | undefined;

  const hear = (one: Heard): void => {
    hearWindow(one);
    hearRefusal(one);
  };

  const hearWindow = ({ sentAt, heardAt, outcome: { rate, waitMs = 0 } }: Heard): void => {
    if (rate && rate.remaining === rate.limit - 1) {
      ends = sentAt + rate.windowMs + margin;
      endsSurely = heardAt + rate.windowMs;
      left = rate.remaining;
    } else left = Math.min(left - 1, rate?.remaining ?? left);
    if (waitMs > 0) wait(ends > sentAt ? ends : heardAt + waitMs);
  };

  const hearRefusal = ({ sentAt, heardAt, outcome }: Heard): void => {
    const { reason, retryAfterMs, rate } = outcome;
    if (reason !== "rate_limited" || retryAfterMs === undefined) return;
    const isOwnWindow = rate?.remaining === 0 && sentAt < endsSurely;
    if (isOwnWindow && sentAt >= ends) margin *= 2;
    wait(isOwnWindow ? endsSurely : heardAt + retryAfterMs);
  };

  const wait = (moment: number) => void ([isSet, until] = [true, moment]);

  return {
    /** Whether the provider has ever set it. */
    isSet: (): boolean => isSet,
    /**
     * How many of `most` leave next, at least one: one that opens a window; within it no more than are
     * left, and not more at once than it takes to use these in its first half, were each round as long as the
     * last one, so that what is held stops soon. Asked once a round.
     */
    allows(most: number): number {
      const now = clock();
      const roundMs = leftAt === undefined ? 0 : now - leftAt;
      const leaves = (leftAt = Math.max(now, until));
      if (leaves >= ends) return isSet ? 1 : most;
      const needed = Math.ceil((left * roundMs) / (AIM * (ends - leaves)));
      return Math.max(1, Math.min(most, left, needed));
    },
    /** Of what left at once: the answers come in any order. */
    hear: (round: readonly Heard[]): void => [...round].sort(byRemaining).forEach(hear),
    /** Milliseconds until the next may leave. */
    wait: (): number => Math.max(0, until - clock()),
  };
}

const byRemaining = (one: Heard, other: Heard): number =>
  (other.outcome.rate?.remaining ?? 0) - (one.outcome.rate?.remaining ?? 0);
