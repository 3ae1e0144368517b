/** All neighbouring letters of a text, sorted, so that two lists are compared in one walk. */
export type Letters = Uint32Array;

export function lettersOf(text: string): Letters {
  const letters = text.replace(/\s+/g, "");
  const pairs = new Uint32Array(Math.max(0, letters.length - 1));
  for (let i = 0; i < pairs.length; i += 1) {
    pairs[i] = letters.charCodeAt(i) * 0x10000 + letters.charCodeAt(i + 1);
  }
  return pairs.sort();
}

/** Dice's coefficient of two texts' letter pairs, 0 to 1; 0 where it cannot reach `enough`. */
export function likeness(a: Letters, b: Letters, enough = 0): number {
  const total = a.length + b.length;
  if (total === 0 || (2 * Math.min(a.length, b.length)) / total < enough) return 0;
  const dice = (2 * common(a, b)) / total;
  return dice < enough ? 0 : dice;
}

/** The share of a text's letter pairs that another has as well, 0 to 1. */
export function containment(part: Letters, whole: Letters): number {
  return part.length === 0 ? 0 : common(part, whole) / part.length;
}

/** The letter pairs of several texts, one behind the other. */
export function joined(all: readonly Letters[]): Letters {
  const pairs = new Uint32Array(all.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const one of all) {
    pairs.set(one, at);
    at += one.length;
  }
  return pairs.sort();
}

function common(a: Letters, b: Letters): number {
  let count = 0;
  let [i, j] = [0, 0];
  while (i < a.length && j < b.length) {
    const difference = (a[i] ?? 0) - (b[j] ?? 0);
    if (difference === 0) count += 1;
    if (difference <= 0) i += 1;
    if (difference >= 0) j += 1;
  }
  return count;
}

/** Pairs of letters that stand in more texts than this say nothing of any. */
const MOST_PLACES = 400;

/**
 * For each text the others it may be like, without comparing all with all: those that share enough of the
 * pairs of letters that are not everywhere.
 */
export class Neighbours {
  readonly #places = new Map<number, number[]>();

  constructor(texts: readonly Letters[]) {
    for (const [index, letters] of texts.entries()) {
      for (const pair of distinct(letters)) {
        const places = this.#places.get(pair);
        if (!places) this.#places.set(pair, [index]);
        else if (places.length <= MOST_PLACES) places.push(index);
      }
    }
  }

  of(letters: Letters): number[] {
    const shared = new Map<number, number>();
    let size = 0;
    for (const pair of distinct(letters)) {
      const places = this.#places.get(pair);
      if (places && places.length > MOST_PLACES) continue;
      size += 1;
      for (const index of places ?? []) shared.set(index, (shared.get(index) ?? 0) + 1);
    }
    return [...shared].filter(([, count]) => count >= size / 5).map(([index]) => index);
  }
}

function distinct(sorted: Letters): number[] {
  return Array.from(sorted).filter((pair, index, all) => pair !== all[index - 1]);
}
