import type { Pairing } from "./alignment";
import type { Inline } from "./blocks";
import type { Clause } from "./clauses";
import { inlineText } from "./visible-text";

/** Of the words of a clause or a cell, by characters of `inlineText`. */
export type Span = { from: number; to: number };

/** What of the words of a clause or a cell stands in another clause of the other text, in order. */
export type Away = ReadonlyMap<readonly Inline[], readonly Span[]>;

export const NOWHERE: Away = new Map();

/** Where words of a step of the comparison were or are: at a step, by its place in the list of all. */
export type OtherPlace = { at: "old" | "new"; entry: number };

type Sides = { before: readonly Clause[]; after: readonly Clause[] };
type Side = keyof Sides;

/** A sentence in the words of a step: where it begins, and ends with its sign. */
type Sentence = { run: Run; words: string; from: number; end: number };

/** A sentence that the other side of its step does not have, among all of its side. */
type Loose = Sentence & { entry: number; all: readonly Sentence[]; index: number };

/** Fewer letters stand in any clause, and say of none that it came from another. */
const SHORTEST = 12;

/**
 * The sentences that left one clause and stand, word for word, in another one that is not its other
 * wording: taken up by a clause that moved, put into a list or a cell, or made a clause of their own.
 */
export function passagesOf(
  pairings: readonly Pairing[],
  sides: Sides,
): { away: Away; others: ReadonlyMap<number, OtherPlace[]> } {
  const found: Found = { away: new Map(), others: new Map() };
  const { gone, came } = looseSentences(pairings, sides);
  const places = alike(came);
  const free = new Map([...gone, ...came].map((one) => [one.all[one.index], one]));
  const isFree = (one: Loose) => free.has(one.all[one.index]);
  const tie = (left: Loose, right: Loose) => {
    for (const one of [left, right]) free.delete(one.all[one.index]);
    note(found, left, right);
  };
  const tieNeighbours = (left: Loose, right: Loose, by: 1 | -1) => {
    for (let step: number = by; ; step += by) {
      const [a, b] = [left, right].map(({ all, index }) => free.get(all[index + step]));
      if (!a || !b || a.words !== b.words) return;
      tie(a, b);
    }
  };
  for (const left of gone.filter(({ words }) => words.length >= SHORTEST)) {
    if (!isFree(left)) continue;
    const there = places.get(left.words) ?? [];
    while (there[0] && !isFree(there[0])) there.shift();
    const [right] = there;
    if (!right) continue;
    tie(left, right);
    // What stands beside it at both places went with it, however short it is.
    tieNeighbours(left, right, -1);
    tieNeighbours(left, right, 1);
  }
  for (const spans of found.away.values()) spans.sort((a, b) => a.from - b.from);
  return found;
}

function looseSentences(
  pairings: readonly Pairing[],
  sides: Sides,
): { gone: Loose[]; came: Loose[] } {
  const [gone, came]: [Loose[], Loose[]] = [[], []];
  for (const [entry, pairing] of pairings.entries()) {
    if (pairing.kind === "same") continue;
    const all = sentencesOn(pairing, sides);
    // A clause that moved stands in the list twice, each time for one side.
    const at = pairing.kind === "moved" ? pairing.at : null;
    if (at !== "new") gone.push(...looseIn("before", { entry, all }));
    if (at !== "old") came.push(...looseIn("after", { entry, all }));
  }
  return { gone, came };
}

type Found = { away: Map<readonly Inline[], Span[]>; others: Map<number, OtherPlace[]> };

function note({ away, others }: Found, left: Loose, right: Loose): void {
  lead(others, left.entry, { at: "new", entry: right.entry });
  lead(others, right.entry, { at: "old", entry: left.entry });
  const isSameSign = signOf(left) === signOf(right);
  for (const one of [left, right]) {
    const { inlines } = one.run;
    const spans = away.get(inlines) ?? [];
    spans.push(spanOf(one, isSameSign));
    away.set(inlines, spans);
  }
}

function lead(others: Map<number, OtherPlace[]>, from: number, to: OtherPlace): void {
  const known = others.get(from) ?? [];
  if (!known.some(({ at, entry }) => at === to.at && entry === to.entry))
    others.set(from, [...known, to]);
}

type Sentences = Record<Side, readonly Sentence[]>;

/** Those of one side of a step that its other side does not have, or not as often. */
function looseIn(side: Side, step: { entry: number; all: Sentences }): Loose[] {
  const { entry } = step;
  const all = step.all[side];
  const stays = alike(step.all[OTHER[side]]);
  const loose = new Set(all.filter(({ words }) => !stays.has(words)));
  // Of those that are the same, one beside a sentence that came is the one that came with it.
  const beside = all.filter((_, at) =>
    [all[at - 1], all[at + 1]].some((one) => one && loose.has(one)),
  );
  const often = beside.length > 0 ? alike(all) : null;
  for (const [words, same] of alike(beside)) {
    const more = (often?.get(words)?.length ?? 0) - (stays.get(words)?.length ?? 0);
    for (const one of more > 0 ? same.slice(-more) : []) loose.add(one);
  }
  return all.flatMap((one, index) => (loose.has(one) ? [{ ...one, entry, all, index }] : []));
}

/** The sentences by their words, each as often as it stands there. */
function alike<One extends Sentence>(all: readonly One[]): Map<string, One[]> {
  const groups = new Map<string, One[]>();
  for (const one of all) {
    const group = groups.get(one.words);
    if (group) group.push(one);
    else groups.set(one.words, [one]);
  }
  return groups;
}

const OTHER = { before: "after", after: "before" } as const;

/** The sentences of both sides of a pairing, without the cells that both have. */
function sentencesOn(pairing: Pairing, sides: Sides): Sentences {
  const { before = [], after = [] } = pairing as Partial<Record<Side, number | number[]>>;
  const runs = {
    before: [before].flat().flatMap((index) => runsOf(sides.before[index])),
    after: [after].flat().flatMap((index) => runsOf(sides.after[index])),
  };
  const [one, ...more] = runs.before;
  const [other, ...others] = runs.after;
  if (one && other && more.length + others.length === 0 && isSmallEdit(one.text, other.text))
    return { before: [], after: [] };
  const texts = {
    before: new Set(runs.before.map(({ text }) => text)),
    after: new Set(runs.after.map(({ text }) => text)),
  };
  const on = (side: Side) =>
    runs[side].filter(({ text }) => !texts[OTHER[side]].has(text)).flatMap(sentencesOf);
  return { before: on("before"), after: on("after") };
}

/** Whether too little differs between two wordings for a sentence to have left or come: so are most edits. */
function isSmallEdit(one: string, other: string): boolean {
  const least = Math.min(one.length, other.length);
  let [start, end] = [0, 0];
  while (start < least && one.charCodeAt(start) === other.charCodeAt(start)) start += 1;
  while (end < least - start && one.at(-1 - end) === other.at(-1 - end)) end += 1;
  return Math.max(one.length, other.length) - start - end < SHORTEST;
}

type Run = { inlines: Inline[]; text: string };

/** A title is no sentence, and code has none. */
function runsOf(clause: Clause | undefined): Run[] {
  const all = clause?.kind === "table" ? clause.rows.flat() : [];
  if (clause?.kind === "paragraph" || clause?.kind === "item") all.push(clause.inlines);
  return all.map((inlines) => ({ inlines, text: inlineText(inlines) }));
}

/**
 * The signs that end a sentence, or one of its parts; a Latin one only before a blank ("7.9" goes on). A row
 * of dots is looked at once, from its first: from each anew it takes half a minute of forty thousand.
 */
const ENDS = /[。！？；]+[”’」』）]*|(?<![.!?;])[.!?;]+["”’)]*(?=\s|$)|\n/g;

function sentencesOf(run: Run): Sentence[] {
  const { text } = run;
  const all: Sentence[] = [];
  for (let from = 0; from < text.length;) {
    ENDS.lastIndex = from;
    const sign = ENDS.exec(text);
    const to = sign?.index ?? text.length;
    const written = text.slice(from, to);
    const words = written.trim();
    const start = from + written.length - written.trimStart().length;
    from = to + (sign?.[0].length ?? 0);
    if (words !== "") all.push({ run, words, from: start, end: from });
  }
  return all;
}

const signOf = ({ run, words, from, end }: Sentence): string =>
  run.text.slice(from + words.length, end);

/** With its sign where the other has the same, and with one of the blanks around it. */
function spanOf({ run, words, from, end }: Sentence, isSameSign: boolean): Span {
  const { text } = run;
  const to = isSameSign ? end : from + words.length;
  let [begin, close] = [from, to];
  if (from > 0) while (isBlank(text[begin - 1])) begin -= 1;
  else while (isBlank(text[close])) close += 1;
  return { from: begin, to: close };
}

const isBlank = (sign = "x"): boolean => sign.trim() === "";
