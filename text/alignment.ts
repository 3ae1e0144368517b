import { diffArrays } from "diff";

import { heaviestChain } from "./heaviest-chain";
import { type Letters, lettersOf, likeness, Neighbours } from "./similarity";
import { firstOf, joinParts, lastOf, type Room, type Run, sureJoins } from "./splits";

export type Part = {
  /** Equal keys mean equal contents. */
  key: string;
  text: string;
  /** Only parts of one class are set beside each other as changed. */
  class: string;
  /** Parts of the same name ("sec-3-2") at one place need less likeness to be taken for the same. */
  name: string;
  /** Whether it may be cut in two, or be put together of two. */
  isDivisible?: boolean;
  /** A title says where it is by fewer letters. */
  isTitle?: boolean;
};

export type Pairing =
  | { kind: "same" | "similar"; before: number; after: number }
  | { kind: "removed"; before: number }
  | { kind: "added"; after: number }
  | { kind: "moved"; at: "old" | "new"; before: number; after: number }
  | { kind: "split"; before: number; after: number[] }
  | { kind: "merged"; before: number[]; after: number };

/**
 * Sets two sequences of parts beside each other, by index. Each part finds the one it is most like in the
 * whole of the other sequence; what is so paired and does not keep its order has moved, its words
 * changed or not. Read by `before` alone the result is the first sequence in order, by `after`
 * alone the second; a moved part stands at both places.
 */
export function align(before: Part[], after: Part[]): Pairing[] {
  const sides = { before: before.map(candidate), after: after.map(candidate) };
  const exact = exactRuns(before, after);
  const same = sameElsewhere(exact, sides);
  const joins = sureJoins(exact, { sides, isFree: freeOf(same) }).map((run) => ({
    ...run,
    like: 1,
  }));
  const known = [...exact, ...same, ...joins];
  const all = [...known, ...alikePairs(known, { exact, sides })]
    .toSorted((a, b) => firstOf(a).before - firstOf(b).before)
    .map((tie) => ({ ...tie, place: firstOf(tie).after, weight: weightOf(tie, sides) }));
  const kept = new Set(heaviestChain(all));
  const moved = all.filter((tie) => !kept.has(tie) && isMove(tie, sides));
  const stays = withNames(
    all.filter((tie) => kept.has(tie)),
    { moved, sides },
  );
  return pairingsOf(joinParts(stays, { sides, isFree: freeOf(moved) }), { moved, sides });
}

export type Candidate = { part: Part; letters: Letters };
export type Sides = { before: Candidate[]; after: Candidate[] };
/** What belongs together, and how alike it is. */
type Tie = Run & { like: number };

function candidate(part: Part): Candidate {
  let letters: Letters | null = null;
  // Most parts are the same in both sequences, and nobody asks for their letters.
  return {
    part,
    get letters() {
      return (letters ??= lettersOf(part.text));
    },
  };
}

/** Beyond this many differences the search for the shortest list of them takes too long. */
const MOST_EDITS = 2_000;

function exactRuns(before: Part[], after: Part[]): Tie[] {
  const keys = (parts: Part[]) => parts.map(({ key }) => key);
  const edits = diffArrays(keys(before), keys(after), { maxEditLength: MOST_EDITS }) ?? [];
  const runs: Tie[] = [];
  const at = { before: 0, after: 0 };
  for (const { added, removed, count } of edits) {
    if (!added && !removed) {
      for (let i = 0; i < count; i += 1)
        runs.push({ before: [at.before + i], after: [at.after + i], like: 1 });
    }
    if (!added) at.before += count;
    if (!removed) at.after += count;
  }
  return runs;
}

/** What left one place and stands, unchanged and without a double, at another. */
function sameElsewhere(exact: Tie[], sides: Sides): Tie[] {
  const fresh = uniqueKeys("after", { exact, sides });
  return [...uniqueKeys("before", { exact, sides })].flatMap(([key, before]) => {
    const after = fresh.get(key);
    if (before === null || after === null || after === undefined) return [];
    const tie = { before: [before], after: [after], like: 1 };
    return isMove(tie, sides) ? [tie] : [];
  });
}

type Known = { exact: Tie[]; sides: Sides };

function uniqueKeys(side: keyof Run, { exact, sides }: Known): Map<string, number | null> {
  const paired = new Set(exact.flatMap((tie) => tie[side]));
  const found = new Map<string, number | null>();
  for (const [index, { part }] of sides[side].entries()) {
    if (!paired.has(index)) found.set(part.key, found.has(part.key) ? null : index);
  }
  return found;
}

function freeOf(taken: readonly Run[]): Record<keyof Run, (index: number) => boolean> {
  const indexes = {
    before: new Set(taken.flatMap(({ before }) => before)),
    after: new Set(taken.flatMap(({ after }) => after)),
  };
  return {
    before: (index) => !indexes.before.has(index),
    after: (index) => !indexes.after.has(index),
  };
}

/** Likeness two texts must have to be two wordings of one clause: at one place, at two, under one name. */
const ENOUGH = { here: 0.5, moved: 0.6, named: 0.3 };
/** Shorter texts ("SDK") are too common to say that they moved; with other words, longer ones as well. */
const SHORTEST_MOVE = { title: 2, same: 4, changed: 8 };

/** Pairs among what nothing is known of, the most alike first, each part in one at most. */
function alikePairs(known: Tie[], { exact, sides: { before, after } }: Known): Tie[] {
  const isFree = freeOf(known);
  const gaps = { before: gapsOf("before", exact), after: gapsOf("after", exact) };
  const right = [...after.keys()].filter(isFree.after);
  const neighbours = new Neighbours(right.map((index) => after[index]?.letters ?? NOTHING));
  const found = [...before.keys()].filter(isFree.before).flatMap((from) =>
    neighbours.of(before[from]?.letters ?? NOTHING).flatMap((index) => {
      const to = right[index] ?? 0;
      const isHere = gaps.before(from) === gaps.after(to);
      const like = likenessOf(before[from], after[to], isHere ? ENOUGH.here : ENOUGH.moved);
      if (like === 0) return [];
      const [a, b] = [before[from]?.part, after[to]?.part];
      const ties = [a?.key === b?.key, isHere, a?.name === b?.name].filter(Boolean).length;
      return [{ from, to, like, score: like + ties / 100 }];
    }),
  );
  found.sort((a, b) => b.score - a.score || Math.abs(a.from - a.to) - Math.abs(b.from - b.to));
  const taken = { before: new Set<number>(), after: new Set<number>() };
  return found.flatMap(({ from, to, like }) => {
    if (taken.before.has(from) || taken.after.has(to)) return [];
    taken.before.add(from);
    taken.after.add(to);
    return [{ before: [from], after: [to], like }];
  });
}

const NOTHING = lettersOf("");

/** Between which of the runs an index lies, by the number of those before it. */
function gapsOf(side: keyof Run, runs: readonly Run[]): (index: number) => number {
  const starts = runs.map((run) => firstOf(run)[side]);
  return (index) => {
    let [low, high] = [0, starts.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) < index) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}

function likenessOf(a: Candidate | undefined, b: Candidate | undefined, enough: number): number {
  if (!a || !b || a.part.class !== b.part.class) return 0;
  return likeness(a.letters, b.letters, enough);
}

/** As few parts as can be moved, and of two the shorter one; what is too short to move never keeps another. */
function weightOf(tie: Tie, sides: Sides): number {
  const length = sides.before[firstOf(tie).before]?.part.text.length ?? 0;
  const weight = isMove(tie, sides)
    ? tie.like * (tie.before.length + tie.after.length - 1)
    : tie.like / 10;
  return weight + Math.min(length, 1_000) / 10_000;
}

/** What was cut or put together is never also a move. */
function isMove({ before, after, like }: Tie, sides: Sides): boolean {
  if (before.length + after.length > 2) return false;
  const [old, fresh] = [partAt(sides.before, before), partAt(sides.after, after)];
  const length = Math.min(old.text.length, fresh.text.length);
  if (old.key === fresh.key) return length >= SHORTEST_MOVE[old.isTitle ? "title" : "same"];
  return like >= ENOUGH.moved && length >= SHORTEST_MOVE.changed;
}

function partAt(side: Candidate[], [index = -1]: number[]): Part {
  return side[index]?.part ?? { key: "", text: "", class: "", name: "" };
}

type Moves = { moved: Tie[]; sides: Sides };

/** Between what stays, parts of one name are two wordings even where they have less in common. */
function withNames(stays: Tie[], { moved, sides }: Moves): Tie[] {
  const isFree = freeOf(moved);
  const end = { before: sides.before.length, after: sides.after.length };
  let last = { before: -1, after: -1 };
  const all: Tie[] = [];
  for (const stay of stays) {
    const room = { last, next: firstOf(stay), sides, isFree };
    const named = namesakes(room);
    all.push(...withTakenUp(room, named), ...renamedAbove(room, named.at(-1)), stay);
    last = lastOf(stay);
  }
  const room = { last, next: end, sides, isFree };
  return [...all, ...withTakenUp(room, namesakes(room))];
}

function namesakes({ last, next, sides: { before, after }, isFree }: Omit<Room, "enough">): Tie[] {
  const names = new Map<string, number>();
  for (let to = last.after + 1; to < next.after; to += 1) {
    if (isFree.after(to)) names.set(nameOf(after[to]), to);
  }
  const found: Tie[] = [];
  let least = last.after + 1;
  for (let from = last.before + 1; from < next.before; from += 1) {
    const to = isFree.before(from) ? names.get(nameOf(before[from])) : undefined;
    const like = to === undefined ? 0 : likenessOf(before[from], after[to], ENOUGH.named);
    if (to === undefined || to < least || like === 0) continue;
    found.push({ before: [from], after: [to], like });
    least = to + 1;
  }
  return found;
}

/** Between the namesakes, what stands whole in a longer part is that part with fewer words, or more. */
function withTakenUp(room: Omit<Room, "enough">, named: readonly Tie[]): Tie[] {
  let { last } = room;
  return [...named, null].flatMap((tie) => {
    const found = takenUp({ ...room, last, next: tie ? firstOf(tie) : room.next });
    if (tie) last = lastOf(tie);
    return tie ? [...found, tie] : found;
  });
}

function takenUp({ last, next, sides, isFree }: Omit<Room, "enough">): Tie[] {
  if ((next.before - last.before) * (next.after - last.after) > MOST_LOOKED_INTO) return [];
  const free = (side: keyof Run): Sentence[] =>
    sides[side].slice(last[side] + 1, next[side]).flatMap(({ part }, offset) => {
      const index = last[side] + 1 + offset;
      return part.isTitle || !isFree[side](index) ? [] : [sentenceOf(part, index)];
    });
  const found: Tie[] = [];
  let left = free("after");
  for (const one of left.length > 0 ? free("before") : []) {
    const at = left.findIndex((other) => one.class === other.class && isTakenUp(one, other));
    const other = left[at];
    if (!other) continue;
    found.push({ before: [one.index], after: [other.index], like: ENOUGH.named });
    left = left.slice(at + 1);
  }
  return found;
}

/** A part in small letters, without the sign that ends it. */
type Sentence = { index: number; class: string; text: string };

const sentenceOf = (part: Part, index: number): Sentence => ({
  ...{ index, class: part.class },
  text: part.text.toLowerCase().replace(/[\s。.；;，,：:]+$/u, ""),
});

/** Of more pairs than this each is not looked for in the other. */
const MOST_LOOKED_INTO = 10_000;
/** So many letters say by themselves that they are a clause's; fewer do at its beginning. */
const SHORTEST_TAKEN_UP = { anywhere: 12, first: 4 };

function isTakenUp(one: Sentence, other: Sentence): boolean {
  const [{ text: part }, { text: whole }] =
    one.text.length > other.text.length ? [other, one] : [one, other];
  if (part.length < SHORTEST_TAKEN_UP.first) return false;
  const at = whole.indexOf(part);
  if (at < 0 || (at > 0 && part.length < SHORTEST_TAKEN_UP.anywhere)) return false;
  // "SDK 8" does not begin "SDK 80".
  return !/[a-z0-9]$/.test(part) || !/^[a-z0-9]/.test(whole.slice(at + part.length));
}

/** A title right above what stayed is that title under other words, if there is one above it on both sides. */
function renamedAbove({ last, next, sides, isFree }: Omit<Room, "enough">, named?: Tie): Tie[] {
  const above = { before: next.before - 1, after: next.after - 1 };
  const below = named ? lastOf(named) : last;
  const isTitle = (side: keyof Run) =>
    above[side] > below[side] &&
    isFree[side](above[side]) &&
    sides[side][above[side]]?.part.isTitle;
  return isTitle("before") && isTitle("after")
    ? [{ before: [above.before], after: [above.after], like: ENOUGH.named }]
    : [];
}

function nameOf(one: Candidate | undefined): string {
  return `${one?.part.class ?? ""} ${one?.part.name ?? ""}`;
}

function pairingsOf(runs: Run[], { moved, sides }: Moves): Pairing[] {
  const from = new Map(moved.map((tie) => [firstOf(tie).before, firstOf(tie).after]));
  const to = new Map(moved.map((tie) => [firstOf(tie).after, firstOf(tie).before]));
  const pairings: Pairing[] = [];
  const at = { before: 0, after: 0 };
  for (const run of [...runs, null]) {
    const next = run ? firstOf(run) : { before: sides.before.length, after: sides.after.length };
    for (; at.before < next.before; at.before += 1) {
      const after = from.get(at.before);
      if (after === undefined) pairings.push({ kind: "removed", before: at.before });
      else pairings.push({ kind: "moved", at: "old", before: at.before, after });
    }
    for (; at.after < next.after; at.after += 1) {
      const before = to.get(at.after);
      if (before === undefined) pairings.push({ kind: "added", after: at.after });
      else pairings.push({ kind: "moved", at: "new", before, after: at.after });
    }
    if (!run) break;
    pairings.push(pairingOf(run, sides));
    at.before += run.before.length;
    at.after += run.after.length;
  }
  return pairings;
}

function pairingOf({ before, after }: Run, sides: Sides): Pairing {
  const [from = 0, ...moreFrom] = before;
  const [to = 0, ...moreTo] = after;
  if (moreTo.length > 0) return { kind: "split", before: from, after };
  if (moreFrom.length > 0) return { kind: "merged", before, after: to };
  const isSame = sides.before[from]?.part.key === sides.after[to]?.part.key;
  return { kind: isSame ? "same" : "similar", before: from, after: to };
}
