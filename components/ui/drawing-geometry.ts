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

/** How a label hangs at its place, so that it stays inside: from it, around it, or up to it. */
export function anchorAt(share: number): "start" | "middle" | "end" {
  if (share < 0.25) return "start";
  return share > 0.75 ? "end" : "middle";
}
