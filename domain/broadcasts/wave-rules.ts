import type { Broadcast } from "@/db/schema";
import type { BroadcastWaves, WaveFigures, WavePlan } from "@/db/schema/waves";
import { WAVE_LIMITS, type WaveStop } from "@/db/vocabulary/waves";

/** What the composer offers: most of the usual advice to senders, and long enough for most bounces to come back. */
export const USUAL_WAVES: WavePlan = {
  ...{ by: "share", first: 5, waitMinutes: 30 },
  ...{ bounced: 5, refused: 5, complained: 0.3 },
};

/** Of so many percent of the first wave's mails the provider has to have told an end before the rest follows. */
export const HEARD_PERCENT = 50;

/** How many people the first wave has; at least one. */
export const firstOf = ({ by, first }: WavePlan, people: number): number =>
  by === "people" ? first : Math.max(1, Math.ceil((people * first) / 100));

/** Which limit the figures have passed, the first that is named; null where none is. */
export const passedLimit = (plan: WavePlan, figures: WaveFigures): WaveStop | null =>
  WAVE_LIMITS.find((limit) => figures[limit] * 100 > plan[limit] * figures.mails) ?? null;

type FirstWave = {
  people: number;
  /** To how many of them no mail was tried, for their address was stopped before. */
  stopped: number;
};

/**
 * Whether too little was heard to know how the first wave went. Who chose a digest, or no mails, is no
 * silence: where no mail was to leave, only stopped addresses are, if they are half of the wave.
 */
export const isSilent = ({ mails, heard }: WaveFigures, { people, stopped }: FirstWave): boolean =>
  mails === 0 ? stopped * 100 >= people * HEARD_PERCENT : heard * 100 < mails * HEARD_PERCENT;

/** When the rest follows by itself; null before the first wave has left. */
export const followsAt = ({
  plan,
  watchedFrom,
}: Pick<BroadcastWaves, "plan" | "watchedFrom">): Date | null =>
  watchedFrom && new Date(watchedFrom.getTime() + plan.waitMinutes * 60_000);

/** How a broadcast in waves stands. */
export const WAVE_STATES = ["first", "watched", "paused", "stopped", "followed", "ended"] as const;
export type WaveState = (typeof WAVE_STATES)[number];

export function waveState(
  waves: Pick<BroadcastWaves, "watchedFrom" | "stoppedAt" | "releasedAt">,
  { cancelledAt, status }: Pick<Broadcast, "cancelledAt" | "status">,
): WaveState {
  if (waves.releasedAt) return "followed";
  if (cancelledAt) return "ended";
  if (waves.stoppedAt) return "stopped";
  // By a person: nothing is looked at, and nothing follows by itself, until somebody lets it go on.
  if (status === "paused") return "paused";
  return waves.watchedFrom ? "watched" : "first";
}
