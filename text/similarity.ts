import { diffArrays } from "diff";

import type { Part } from "./alignment";

type Pair = { before: number; after: number };
type Indexes = { before: number[]; after: number[] };
type Sides = { before: Part[]; after: Part[] };

/** Share of letter pairs two texts must have in common to be two wordings of one clause. */
const ENOUGH = 0.5;
const ENOUGH_FOR_ONE_NAME = 0.3;
/** Above this many steps the likeness of all pairs would take too long: only one name pairs then. */
const MOST_STEPS = 20_000_000;

/**
 * The pairs that are most alike in sum, each part in one pair at most and none crossing another.
 * Likeness is Dice's coefficient of the texts' letter pairs, 0 to 1.
 */
export function similarPairs({ before, after }: Indexes, sides: Sides): Pair[] {
  if (before.length === 0 || after.length === 0) return [];
  const old = before.map((index) => candidate(index, sides.before));
  const fresh = after.map((index) => candidate(index, sides.after));
  const letters = (list: Candidate[]) => list.reduce((sum, { pairs }) => sum + pairs.length + 1, 0);
  const steps = letters(old) * fresh.length + letters(fresh) * old.length;
  return steps > MOST_STEPS ? sameNames(old, fresh) : bestPairs(old, fresh);
}

type Candidate = { index: number; part: Part; pairs: Uint32Array };

function candidate(index: number, parts: Part[]): Candidate {
  const part = parts[index] ?? { key: "", text: "", class: "", name: "" };
  return { index, part, pairs: letterPairs(part.text) };
}

/** All neighbouring characters of a text, sorted, so that two lists are compared in one walk. */
function letterPairs(text: string): Uint32Array {
  const letters = text.replace(/\s+/g, "");
  const pairs = new Uint32Array(Math.max(0, letters.length - 1));
  for (let i = 0; i < pairs.length; i += 1) {
    pairs[i] = letters.charCodeAt(i) * 0x10000 + letters.charCodeAt(i + 1);
  }
  return pairs.sort();
}

/** 0 where the parts are not alike enough. */
function likeness(a: Candidate, b: Candidate): number {
  if (a.part.class !== b.part.class) return 0;
  const enough = a.part.name === b.part.name ? ENOUGH_FOR_ONE_NAME : ENOUGH;
  const total = a.pairs.length + b.pairs.length;
  if (total === 0) return a.part.text === b.part.text ? 1 : 0;
  if ((2 * Math.min(a.pairs.length, b.pairs.length)) / total < enough) return 0;
  const dice = (2 * common(a.pairs, b.pairs)) / total;
  return dice < enough ? 0 : dice;
}

function common(a: Uint32Array, b: Uint32Array): number {
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

/** The longest common subsequence, weighed by likeness. */
function bestPairs(old: Candidate[], fresh: Candidate[]): Pair[] {
  const width = fresh.length + 1;
  const likenesses = new Float64Array(old.length * fresh.length);
  const best = new Float64Array((old.length + 1) * width);
  for (let i = old.length - 1; i >= 0; i -= 1) {
    for (let j = fresh.length - 1; j >= 0; j -= 1) {
      const [a, b] = [old[i], fresh[j]];
      const like = a && b ? likeness(a, b) : 0;
      likenesses[i * fresh.length + j] = like;
      const paired = like > 0 ? like + (best[(i + 1) * width + j + 1] ?? 0) : 0;
      best[i * width + j] = Math.max(
        paired,
        best[(i + 1) * width + j] ?? 0,
        best[i * width + j + 1] ?? 0,
      );
    }
  }
  return pathOf({ old, fresh, likenesses, best });
}

type Table = { old: Candidate[]; fresh: Candidate[]; likenesses: Float64Array; best: Float64Array };

function pathOf({ old, fresh, likenesses, best }: Table): Pair[] {
  const width = fresh.length + 1;
  const sum = (i: number, j: number) => best[i * width + j] ?? 0;
  const pairs: Pair[] = [];
  let [i, j] = [0, 0];
  while (i < old.length && j < fresh.length) {
    const [a, b] = [old[i], fresh[j]];
    const like = likenesses[i * fresh.length + j] ?? 0;
    if (a && b && like > 0 && sum(i, j) === like + sum(i + 1, j + 1)) {
      pairs.push({ before: a.index, after: b.index });
      i += 1;
      j += 1;
    } else if (sum(i, j) === sum(i + 1, j)) i += 1;
    else j += 1;
  }
  return pairs;
}

function sameNames(old: Candidate[], fresh: Candidate[]): Pair[] {
  const names = (list: Candidate[]) => list.map(({ part }) => `${part.class} ${part.name}`);
  const edits = diffArrays(names(old), names(fresh), { maxEditLength: 1_000 }) ?? [];
  const pairs: Pair[] = [];
  let [i, j] = [0, 0];
  for (const { added, removed, count } of edits) {
    if (!added && !removed) pairs.push(...alikeInStep(old.slice(i, i + count), fresh.slice(j)));
    if (!added) i += count;
    if (!removed) j += count;
  }
  return pairs;
}

function alikeInStep(old: Candidate[], fresh: Candidate[]): Pair[] {
  return old.flatMap((a, step) => {
    const b = fresh[step];
    return b && likeness(a, b) > 0 ? [{ before: a.index, after: b.index }] : [];
  });
}
