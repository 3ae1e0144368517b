/** Where shapes stand in a drawing: pure, so that a test can count the pixels. */

export type Stretch = { x: number; width: number };

/** How wide a tick is where the gap to the next is 1. */
const TICK = 5;

/**
 * Ticks from left to right over a width, in whole pixels so that their edges are sharp. `gaps` says
 * how many further units lie open before each; the first starts at 0.
 */
export function placeTicks(gaps: readonly number[], width: number): Stretch[] {
  const starts = gaps.reduce<number[]>((placed, gap) => {
    const last = placed.at(-1);
    return [...placed, last === undefined ? 0 : last + TICK + 1 + gap];
  }, []);
  const unit = width / Math.max((starts.at(-1) ?? 0) + TICK, 1);
  return starts.map((start) => {
    const x = Math.round(start * unit);
    return { x, width: Math.max(Math.round((start + TICK) * unit) - x, 1) };
  });
}

/** A share of the width, as an attribute of a shape in a drawing that is as wide as its place. */
export const percent = (share: number): string => `${Math.round(share * 10_000) / 100}%`;

/** About how wide a letter is in a drawing's words. */
const LETTER = 8;

/**
 * Which words below a width of so many pixels leave each other room: the later go first, because what
 * is latest matters most.
 */
export function labelsThatFit(
  labels: readonly { share: number; text: string }[],
  width: number,
): boolean[] {
  let free = width + LETTER;
  return labels
    .toReversed()
    .map(({ share, text }) => {
      const fits = share * width + (text.length + 1) * LETTER <= free;
      if (fits) free = share * width;
      return fits;
    })
    .toReversed();
}

/** How a label hangs at its place, so that it stays inside: from it, around it, or up to it. */
export function anchorAt(share: number): "start" | "middle" | "end" {
  if (share < 0.25) return "start";
  return share > 0.75 ? "end" : "middle";
}

/** Where each moment stands between two, as a share; what lies outside stands at the edge. */
export function sharesOf(moments: readonly Date[], from: Date, to: Date): number[] {
  const whole = Math.max(to.getTime() - from.getTime(), 1);
  return moments.map((moment) =>
    Math.min(Math.max((moment.getTime() - from.getTime()) / whole, 0), 1),
  );
}

/**
 * Words for places that may be closer than a line is high: each as near to its place as the others
 * allow, in their order, none outside.
 */
export function spreadLabels(places: readonly number[], line: number, height: number): number[] {
  const down = places.reduce<number[]>(
    (placed, place) => [...placed, Math.max(place, (placed.at(-1) ?? -line) + line)],
    [],
  );
  return down.reduceRight<number[]>((placed, place) => {
    const below = placed[0];
    return [Math.min(place, below === undefined ? height : below - line), ...placed];
  }, []);
}

const HOUR_MS = 3_600_000;
const UNITS = [1, 6, 24, 7 * 24, 30 * 24].map((hours) => hours * HOUR_MS);

/** The smallest unit of time that divides a span into no more than 24 parts, and where its ticks stand. */
export function unitTicks(from: Date, to: Date): { hours: number; shares: number[] } {
  const whole = Math.max(to.getTime() - from.getTime(), 1);
  const unit = UNITS.find((one) => whole / one <= 24) ?? UNITS.at(-1) ?? whole;
  const count = Math.min(Math.floor(whole / unit), 200);
  const shares = Array.from({ length: count }, (_, index) => ((index + 1) * unit) / whole);
  return { hours: unit / HOUR_MS, shares };
}

/** A line that keeps its height until the next moment and goes on level as far as `until`; all shares. */
export function stepLine(
  points: readonly { share: number; part: number }[],
  { width, height, until }: { width: number; height: number; until: number },
): string {
  const steps = points.map(
    ({ share, part }) => `H${Math.round(share * width)}V${Math.round(height - part * height)}`,
  );
  return `M0 ${height}${steps.join("")}H${Math.round(until * width)}`;
}
