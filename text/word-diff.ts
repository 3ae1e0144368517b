import { isDeepStrictEqual } from "node:util";
import { diffArrays } from "diff";

import type { Inline } from "./blocks";
import { cutAt, type Edit, lengthOf, putBack, type Side, splitAt, takeOut } from "./edits";
import { type Away, NOWHERE } from "./elsewhere";
import { haveSameMarks, mergeInlines } from "./inlines";
import { inlineText } from "./visible-text";

export type { Side } from "./edits";

/**
 * Words that stayed, came or went, with their marks and links; `restyled` words stayed under other marks
 * or another link, and `was` is how they stood before. `isElsewhere`: they came from another clause, or
 * went to one.
 */
export type Segment =
  | { kind: "same"; inlines: Inline[] }
  | { kind: "ins" | "del"; inlines: Inline[]; isElsewhere?: true }
  | { kind: "restyled"; inlines: Inline[]; was: Inline[] };

/** One of the two wordings alone, without its marks. */
export function segmentsText(segments: readonly Segment[], side: Side): string {
  const gone = side === "before" ? "ins" : "del";
  return inlineText(segments.flatMap(({ kind, inlines }) => (kind === gone ? [] : inlines)));
}

/**
 * What changed between two wordings, word by word. The inlines of `same` and `del` and what was `restyled`
 * in order are `before`, those of `same`, `ins` and `restyled` are `after`.
 */
export function compareInlines(
  before: Inline[],
  after: Inline[],
  extent: Extent = WHOLE,
): Segment[] {
  const isApart = extent.away.has(before) || extent.away.has(after);
  return segmentsOf(
    isApart
      ? compareApart([before], [after], extent)
      : compareTokens(before, after, extent.mostEdits),
  );
}

/**
 * The same where one wording was cut in pieces: for each piece its segments, together those of the whole.
 * What went at a cut stands in the piece before it.
 */
export function comparePieces(
  { whole, pieces, side }: { whole: Inline[]; pieces: Inline[][]; side: Side },
  extent: Extent = WHOLE,
): Segment[][] {
  const lengths = pieces.map((piece) => inlineText(piece).length);
  const [before, after] = side === "before" ? [pieces, [whole]] : [[whole], pieces];
  const parts: Edit[][] = pieces.map(() => []);
  let [part, length] = [0, 0];
  for (const edit of cutAt(compareApart(before, after, extent), { lengths, side })) {
    const own = lengthOf(edit[side]);
    while (own > 0 && length >= (lengths[part] ?? Infinity)) {
      part += 1;
      length = 0;
    }
    parts[part]?.push(edit);
    length += own;
  }
  return parts.map(segmentsOf);
}

/** What stands elsewhere is no other wording of what stands here. */
function compareApart(before: Inline[][], after: Inline[][], { mostEdits, away }: Extent): Edit[] {
  const [old, fresh] = [before, after].map((runs) => takeOut(runs, away));
  if (!old || !fresh) return [];
  const edits = compareTokens(old.rest, fresh.rest, mostEdits);
  return putBack(putBack(edits, old, "before"), fresh, "after");
}

function compareTokens(before: Inline[], after: Inline[], mostEdits: number): Edit[] {
  // Where marks begin or end within a word the words of both are not cut alike.
  if (inlineText(before) === inlineText(after)) return sideBySide(before, after);
  for (const granularity of ["word", "sentence"] as const) {
    const old = tokensOf(before, granularity);
    const fresh = tokensOf(after, granularity);
    const found = diffArrays(old.map(wordOf), fresh.map(wordOf), { maxEditLength: mostEdits });
    if (found) return editsOf(found, { old, fresh });
  }
  return [
    ...before.map((one) => ({ before: one, after: null })),
    ...after.map((one) => ({ before: null, after: one })),
  ];
}

/** Two wordings of the same letters, cut wherever the marks of either begin or end. */
function sideBySide(before: Inline[], after: Inline[]): Edit[] {
  const [old, fresh] = [before, after].map((side) =>
    tokensOf(side, "word").filter((one) => lengthOf(one) > 0),
  );
  const edits: Edit[] = [];
  let [a, b] = [old?.shift(), fresh?.shift()];
  while (a && b) {
    const length = Math.min(lengthOf(a), lengthOf(b));
    const [left, right] = [cutOff(a, length), cutOff(b, length)];
    edits.push({ before: left[0], after: right[0] });
    [a, b] = [left[1] ?? old?.shift(), right[1] ?? fresh?.shift()];
  }
  return edits;
}

const cutOff = (inline: Inline, length: number): [Inline | null, Inline | null] =>
  lengthOf(inline) > length ? splitAt(inline, length) : [inline, null];

/** Two wordings with more differences than this are compared by sentences, then as a whole. */
const MOST_EDITS = 600;

/** How many differences within a clause are looked for, and what of its words stands in another one. */
export type Extent = { mostEdits: number; away: Away };
const WHOLE: Extent = { mostEdits: MOST_EDITS, away: NOWHERE };

/** How many differences within a clause are looked for where texts of so many characters are compared. */
export function editsWorthwhile(characters: number): number {
  return Math.max(20, Math.min(MOST_EDITS, Math.floor(30_000_000 / Math.max(1, characters))));
}

const SEGMENTERS = {
  word: new Intl.Segmenter("zh-CN", { granularity: "word" }),
  sentence: new Intl.Segmenter("zh-CN", { granularity: "sentence" }),
};

function tokensOf(inlines: Inline[], granularity: keyof typeof SEGMENTERS): Inline[] {
  return inlines.flatMap((inline): Inline[] => {
    if (inline.kind === "break") return [inline];
    if (inline.kind === "link") {
      const words = tokensOf(inline.children, granularity);
      return words.map((word) => ({ ...inline, children: [word] }));
    }
    const words = SEGMENTERS[granularity].segment(inline.text);
    return Array.from(words, ({ segment }) => ({ ...inline, text: segment }));
  });
}

/** Words are the same under whatever marks; a line break is no word. */
function wordOf(token: Inline): string {
  if (token.kind === "text") return ` ${token.text}`;
  return token.kind === "break" ? "break" : ` ${inlineText([token])}`;
}

/** A stretch that stayed, then what went and what came in its place. */
type Stretch = { kept: [Inline, Inline][]; removed: Inline[]; added: Inline[] };

type Found = { added: boolean; removed: boolean; count: number };

function editsOf(found: Found[], { old, fresh }: { old: Inline[]; fresh: Inline[] }): Edit[] {
  const stretches: Stretch[] = [{ kept: [], removed: [], added: [] }];
  let [i, j] = [0, 0];
  for (const { added, removed, count } of found) {
    const last = stretches.at(-1);
    if (removed) last?.removed.push(...old.slice(i, i + count));
    else if (added) last?.added.push(...fresh.slice(j, j + count));
    else {
      const after = fresh.slice(j, j + count);
      const kept = old
        .slice(i, i + count)
        .map((token, at): [Inline, Inline] => [token, after[at] ?? token]);
      stretches.push({ kept, removed: [], added: [] });
    }
    if (!added) i += count;
    if (!removed) j += count;
  }
  return withoutIslands(stretches).flatMap(({ kept, removed, added }): Edit[] => [
    ...kept.map(([before, after]) => ({ before, after })),
    ...removed.map((before) => ({ before, after: null })),
    ...added.map((after) => ({ before: null, after })),
  ]);
}

/**
 * One character that stayed between two changes ("的") makes them harder to read, not easier: it joins
 * them.
 */
function withoutIslands(stretches: Stretch[]): Stretch[] {
  const all: Stretch[] = [];
  for (const stretch of stretches) {
    const last = all.at(-1);
    if (last && isReworded(last) && isReworded(stretch) && isOneCharacter(stretch.kept)) {
      last.removed.push(...stretch.kept.map(([before]) => before), ...stretch.removed);
      last.added.push(...stretch.kept.map(([, after]) => after), ...stretch.added);
    } else all.push(stretch);
  }
  return all;
}

function isReworded({ removed, added }: Stretch): boolean {
  return removed.length > 0 && added.length > 0;
}

function isOneCharacter([first, ...more]: Stretch["kept"]): boolean {
  return (
    first !== undefined &&
    more.length === 0 &&
    first[0].kind !== "break" &&
    inlineText([first[0]]).length === 1
  );
}

function segmentsOf(edits: Edit[]): Segment[] {
  type Group = { kind: Segment["kind"]; isElsewhere: boolean; before: Inline[]; after: Inline[] };
  const groups: Group[] = [];
  for (const edit of edits) {
    const kind = kindOf(edit);
    const isElsewhere = edit.isElsewhere === true;
    const last = groups.at(-1);
    const isMore = last?.kind === kind && last.isElsewhere === isElsewhere;
    const group = isMore ? last : { kind, isElsewhere, before: [], after: [] };
    if (group !== last) groups.push(group);
    if (edit.before) group.before.push(edit.before);
    if (edit.after) group.after.push(edit.after);
  }
  return groups.map(({ kind, isElsewhere, before, after }): Segment => {
    if (kind === "restyled")
      return { kind, inlines: mergeInlines(after), was: mergeInlines(before) };
    const inlines = mergeInlines(kind === "del" ? before : after);
    return isElsewhere && kind !== "same" ? { kind, inlines, isElsewhere } : { kind, inlines };
  });
}

function kindOf({ before, after }: Edit): Segment["kind"] {
  if (!before) return "ins";
  if (!after) return "del";
  return areEqual(before, after) ? "same" : "restyled";
}

function areEqual(one: Inline, other: Inline): boolean {
  return one.kind === "text" && other.kind === "text"
    ? one.text === other.text && haveSameMarks(one, other)
    : isDeepStrictEqual(one, other);
}

/** What the changes of a wording come to: words, or the address of a link or emphasis alone. */
export type Nature = "words" | "link" | "emphasis";

/** Null where nothing changed. */
export function natureOf(segments: readonly Segment[]): Nature | null {
  if (segments.some(({ kind }) => kind === "ins" || kind === "del")) return "words";
  const restyled = segments.flatMap((one) => (one.kind === "restyled" ? [one] : []));
  if (restyled.length === 0) return null;
  return restyled.some(({ was, inlines }) => addresses(was) !== addresses(inlines))
    ? "link"
    : "emphasis";
}

/** The addresses the words link to, each once. */
export function addressesOf(inlines: readonly Inline[]): string[] {
  return [...new Set(inlines.flatMap((one) => (one.kind === "link" ? [one.href] : [])))];
}

function addresses(inlines: readonly Inline[]): string {
  return addressesOf(inlines).join(" ");
}
