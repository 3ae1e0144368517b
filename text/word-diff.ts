import { diffArrays } from "diff";

import { mergeInlines } from "./inlines";
import type { Inline } from "./blocks";
import { inlineText } from "./visible-text";

/** Words that stayed, came or went, with their marks and links. */
export type Segment = { kind: "same" | "ins" | "del"; inlines: Inline[] };

/** Which of the two wordings. */
export type Side = "before" | "after";

/** One of the two wordings alone, without its marks. */
export function segmentsText(segments: readonly Segment[], side: Side): string {
  const gone = side === "before" ? "ins" : "del";
  return inlineText(segments.flatMap(({ kind, inlines }) => (kind === gone ? [] : inlines)));
}

/**
 * What changed between two wordings, word by word. The inlines of `same` and `del` in order are
 * `before`, those of `same` and `ins` are `after`. A word that only changed its marks (bold) or its
 * link went and came again.
 */
export function compareInlines(
  before: Inline[],
  after: Inline[],
  mostEdits = MOST_EDITS,
): Segment[] {
  for (const granularity of ["word", "sentence"] as const) {
    const old = tokensOf(before, granularity);
    const fresh = tokensOf(after, granularity);
    const edits = diffArrays(old.map(keyOf), fresh.map(keyOf), { maxEditLength: mostEdits });
    if (edits) return segmentsOf(edits, { old, fresh });
  }
  return segments([{ kept: [], removed: before, added: after }]);
}

/** Two wordings with more differences than this are compared by sentences, then as a whole. */
const MOST_EDITS = 600;

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

function keyOf(token: Inline): string {
  return JSON.stringify(token);
}

/** A stretch that stayed, then what went and what came in its place. */
type Stretch = { kept: Inline[]; removed: Inline[]; added: Inline[] };

type Edit = { added: boolean; removed: boolean; value: unknown[] };

function segmentsOf(edits: Edit[], { old, fresh }: { old: Inline[]; fresh: Inline[] }): Segment[] {
  const stretches: Stretch[] = [{ kept: [], removed: [], added: [] }];
  let [i, j] = [0, 0];
  for (const { added, removed, value } of edits) {
    const last = stretches.at(-1);
    if (removed) last?.removed.push(...old.slice(i, i + value.length));
    else if (added) last?.added.push(...fresh.slice(j, j + value.length));
    else stretches.push({ kept: old.slice(i, i + value.length), removed: [], added: [] });
    if (!added) i += value.length;
    if (!removed) j += value.length;
  }
  return segments(withoutIslands(stretches));
}

/**
 * One character that stayed between two changes ("的") makes them harder to read, not easier: it joins
 * them.
 */
function withoutIslands(stretches: Stretch[]): Stretch[] {
  const joined: Stretch[] = [];
  for (const stretch of stretches) {
    const last = joined.at(-1);
    if (last && isReworded(last) && isReworded(stretch) && isOneCharacter(stretch.kept)) {
      last.removed.push(...stretch.kept, ...stretch.removed);
      last.added.push(...stretch.kept, ...stretch.added);
    } else joined.push(stretch);
  }
  return joined;
}

function isReworded({ removed, added }: Stretch): boolean {
  return removed.length > 0 && added.length > 0;
}

function isOneCharacter(kept: Inline[]): boolean {
  return kept.length === 1 && inlineText(kept).length === 1 && kept[0]?.kind !== "break";
}

function segments(stretches: Stretch[]): Segment[] {
  return stretches
    .flatMap(({ kept, removed, added }): Segment[] => [
      { kind: "same", inlines: mergeInlines(kept) },
      { kind: "del", inlines: mergeInlines(removed) },
      { kind: "ins", inlines: mergeInlines(added) },
    ])
    .filter(({ inlines }) => inlines.length > 0);
}
