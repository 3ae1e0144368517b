import { diffArrays } from "diff";

import { similarPairs } from "./similarity";

export type Part = {
  /** Equal keys mean equal contents. */
  key: string;
  text: string;
  /** Only parts of one class are set beside each other as changed. */
  class: string;
  /** Parts of the same name ("sec-3-2") need less likeness to be taken for the same. */
  name: string;
};

export type Pairing =
  | { kind: "same" | "similar"; before: number; after: number }
  | { kind: "removed"; before: number }
  | { kind: "added"; after: number }
  | { kind: "moved"; at: "old" | "new"; before: number; after: number };

/**
 * Sets two sequences of parts beside each other, by index. Read by `before` alone the result is the
 * first sequence in order, by `after` alone the second; a moved part stands at both places.
 */
export function align(before: Part[], after: Part[]): Pairing[] {
  const pairings: Pairing[] = [];
  const gaps = gapsBetween(before, after);
  const moves = movesAcross(gaps, { before, after });
  for (const gap of gaps) {
    pairings.push(...pairGap(gap, { before, after, moves }));
    if (gap.next) pairings.push({ kind: "same", ...gap.next });
  }
  return pairings;
}

/** What lies between two equal parts, and the equal part it ends with; null at the end. */
type Gap = {
  before: number[];
  after: number[];
  next: { before: number; after: number } | null;
};

type Sides = { before: Part[]; after: Part[] };
type Moves = { from: Map<number, number>; to: Map<number, number> };

/** Beyond this many differences the search for the shortest list of them takes too long. */
const MOST_EDITS = 2_000;

function gapsBetween(before: Part[], after: Part[]): Gap[] {
  const edits = diffArrays(keysOf(before), keysOf(after), { maxEditLength: MOST_EDITS }) ?? [
    { removed: true, added: false, value: before },
    { removed: false, added: true, value: after },
  ];
  let gap: Gap = { before: [], after: [], next: null };
  const gaps = [gap];
  const at = { before: 0, after: 0 };
  for (const { added, removed, value } of edits) {
    for (let i = 0; i < value.length; i += 1) {
      if (removed) gap.before.push(at.before++);
      else if (added) gap.after.push(at.after++);
      else {
        gap.next = { before: at.before++, after: at.after++ };
        gap = { before: [], after: [], next: null };
        gaps.push(gap);
      }
    }
  }
  return gaps;
}

function keysOf(parts: Part[]): string[] {
  return parts.map(({ key }) => key);
}

/** Shorter texts ("SDK") are too common to say that they moved. */
const SHORTEST_MOVE = 4;

/** Parts that left one gap and stand, unchanged and without a double, in another. */
function movesAcross(gaps: Gap[], { before, after }: Sides): Moves {
  const old = uniqueKeys(
    gaps.flatMap((gap) => gap.before),
    before,
  );
  const fresh = uniqueKeys(
    gaps.flatMap((gap) => gap.after),
    after,
  );
  const moves: Moves = { from: new Map(), to: new Map() };
  for (const [key, from] of old) {
    const to = fresh.get(key);
    if (from === null || to === null || to === undefined) continue;
    moves.from.set(from, to);
    moves.to.set(to, from);
  }
  return moves;
}

function uniqueKeys(indexes: number[], parts: Part[]): Map<string, number | null> {
  const found = new Map<string, number | null>();
  for (const index of indexes) {
    const part = parts[index];
    if (!part || part.text.length < SHORTEST_MOVE) continue;
    found.set(part.key, found.has(part.key) ? null : index);
  }
  return found;
}

function pairGap(gap: Gap, sides: Sides & { moves: Moves }): Pairing[] {
  const { from, to } = sides.moves;
  const staying = {
    before: gap.before.filter((index) => !from.has(index)),
    after: gap.after.filter((index) => !to.has(index)),
  };
  const pairings: Pairing[] = [];
  const old = gap.before.values();
  const fresh = gap.after.values();
  for (const pair of [...similarPairs(staying, sides), null]) {
    for (const before of until(old, pair?.before)) {
      const after = from.get(before);
      if (after === undefined) pairings.push({ kind: "removed", before });
      else pairings.push({ kind: "moved", at: "old", before, after });
    }
    for (const after of until(fresh, pair?.after)) {
      const before = to.get(after);
      if (before === undefined) pairings.push({ kind: "added", after });
      else pairings.push({ kind: "moved", at: "new", before, after });
    }
    if (pair) pairings.push({ kind: "similar", ...pair });
  }
  return pairings;
}

/** Takes from the iterator up to and without the value; all the rest where there is none. */
function until(values: ArrayIterator<number>, end: number | undefined): number[] {
  const taken: number[] = [];
  for (let next = values.next(); !next.done && next.value !== end; next = values.next()) {
    taken.push(next.value);
  }
  return taken;
}
