import type { Candidate, Sides } from "./alignment";
import { containment, joined, likeness } from "./similarity";

/** Neighbouring parts that belong together: one beside one, one beside several, or several beside one. */
export type Run = { before: number[]; after: number[] };

type Pair = { before: number; after: number };
type Free = Record<"before" | "after", (index: number) => boolean>;
type Setting = { sides: Sides; isFree: Free };

/** Share of a piece's letters that the whole must hold, and how like the pieces together must be to it. */
type Enough = { piece: number; together: number };
const SURE: Enough = { piece: 0.9, together: 0.9 };
const LIKELY: Enough = { piece: 0.7, together: 0.7 };
/** Pieces of a clause that are looked for on either side; pairs of parts that are tried out in one place. */
const MOST = { pieces: 12, tries: 250_000 };

/**
 * The runs, in order, with the pieces of parts that were cut in two or put together. `isFree` says what
 * did not move; what lies between two runs is in none.
 */
export function joinParts(runs: readonly Run[], setting: Setting): Run[] {
  return walk(runs, { ...setting, enough: LIKELY }, widened);
}

/** What lies between the runs and is, almost to the letter, parts cut in two or put together. */
export function sureJoins(runs: readonly Run[], setting: Setting): Run[] {
  const known = new Set(runs);
  return walk(runs, { ...setting, enough: SURE }, (run) => run).filter((run) => !known.has(run));
}

function walk(
  runs: readonly Run[],
  setting: Setting & { enough: Enough },
  widen: (run: Run, room: Room) => Run,
): Run[] {
  const all: Run[] = [];
  const end = { before: setting.sides.before.length, after: setting.sides.after.length };
  let last: Pair = { before: -1, after: -1 };
  for (const [index, run] of runs.entries()) {
    const following = runs[index + 1];
    const wide = isSame(run, setting)
      ? run
      : widen(run, { ...setting, last, next: following ? firstOf(following) : end });
    all.push(...between(setting, last, firstOf(wide)), wide);
    last = lastOf(wide);
  }
  return [...all, ...between(setting, last, end)];
}

/** Most of two versions is the same in both, and asks for no further thought. */
function isSame({ before, after }: Run, { sides }: Setting): boolean {
  if (before.length + after.length > 2) return false;
  return sides.before[before[0] ?? 0]?.part.key === sides.after[after[0] ?? 0]?.part.key;
}

export function firstOf({ before, after }: Run): Pair {
  return { before: before[0] ?? 0, after: after[0] ?? 0 };
}

export function lastOf({ before, after }: Run): Pair {
  return { before: before.at(-1) ?? 0, after: after.at(-1) ?? 0 };
}

/** Where a run may reach: behind the run before it and before the pair that follows. */
export type Room = Setting & { last: Pair; next: Pair; enough: Enough };

/** A pair of two wordings with the free neighbours that are pieces of it. */
function widened(run: Run, room: Room): Run {
  if (run.before.length + run.after.length > 2) return run;
  const { before, after } = firstOf(run);
  const [old, fresh] = [room.sides.before[before], room.sides.after[after]];
  if (!old?.part.isDivisible || !fresh?.part.isDivisible) return run;
  const alone = likeness(old.letters, fresh.letters);
  const pieces = piecesAround(after, old, { room, side: "after" });
  if (isWhole(old, pieces, { room, side: "after", alone })) return { ...run, after: pieces };
  const wholes = piecesAround(before, fresh, { room, side: "before" });
  if (isWhole(fresh, wholes, { room, side: "before", alone })) return { ...run, before: wholes };
  return run;
}

type Where = { room: Room; side: "before" | "after" };

function piecesAround(index: number, whole: Candidate, where: Where): number[] {
  const pieces = [index];
  while (isPiece((pieces[0] ?? 0) - 1, whole, where)) pieces.unshift((pieces[0] ?? 0) - 1);
  while (isPiece((pieces.at(-1) ?? 0) + 1, whole, where)) pieces.push((pieces.at(-1) ?? 0) + 1);
  return pieces.length > MOST.pieces ? [index] : pieces;
}

function isPiece(index: number, whole: Candidate, { room, side }: Where): boolean {
  const one = room.sides[side][index];
  if (!one?.part.isDivisible || index <= room.last[side] || index >= room.next[side]) return false;
  if (!room.isFree[side](index)) return false;
  return containment(one.letters, whole.letters) >= room.enough.piece;
}

/** Whether the pieces together are the whole, and more so than one of them alone. */
function isWhole(whole: Candidate, pieces: number[], where: Where & { alone: number }): boolean {
  if (pieces.length < 2) return false;
  const { room, side, alone } = where;
  const letters = pieces.map((index) => room.sides[side][index]?.letters ?? new Uint32Array());
  const together = likeness(joined(letters), whole.letters);
  return together >= room.enough.together && together > alone;
}

/** Among what is in no run: parts all of whose pieces are, and pieces of one part. */
function between(setting: Omit<Room, "last" | "next">, from: Pair, next: Pair): Run[] {
  const runs: Run[] = [];
  const free = { before: next.before - from.before, after: next.after - from.after };
  if (free.before === 1 || free.after === 1 || free.before * free.after > MOST.tries) return runs;
  let last = from;
  for (;;) {
    const run = nextBetween({ ...setting, last, next });
    if (!run) return runs;
    runs.push(run);
    last = lastOf(run);
  }
}

function nextBetween(room: Room): Run | null {
  const { last, next } = room;
  for (let before = last.before + 1; before < next.before; before += 1) {
    const after = piecesWithin(before, { room, side: "after" });
    if (after) return { before: [before], after };
  }
  for (let after = last.after + 1; after < next.after; after += 1) {
    const before = piecesWithin(after, { room, side: "before" });
    if (before) return { before, after: [after] };
  }
  return null;
}

const OTHER = { before: "after", after: "before" } as const;

/** The pieces, on one side, of the part of this index on the other. */
function piecesWithin(of: number, where: Where): number[] | null {
  const { room, side } = where;
  const whole = room.sides[OTHER[side]][of];
  if (!whole?.part.isDivisible || !room.isFree[OTHER[side]](of)) return null;
  for (let index = room.last[side] + 1; index < room.next[side]; index += 1) {
    if (!isPiece(index, whole, where)) continue;
    const pieces = piecesAround(index, whole, where);
    if (isWhole(whole, pieces, { ...where, alone: 0 })) return pieces;
    index = pieces.at(-1) ?? index;
  }
  return null;
}
