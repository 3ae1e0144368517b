import type { Inline } from "./blocks";
import type { Away } from "./elsewhere";
import { splitInlines } from "./inlines";
import { inlineText } from "./visible-text";

/** Which of the two wordings. */
export type Side = "before" | "after";

/**
 * A token of either wording, or of both; what went stands before what came in its place. `isElsewhere`: it
 * went to another clause, or came from one.
 */
export type Edit = { before: Inline | null; after: Inline | null; isElsewhere?: true };

export function lengthOf(inline: Inline | null): number {
  return inline ? inlineText([inline]).length : 0;
}

/** The edits with every token of a side cut where one of its pieces ends. */
export function cutAt(edits: Edit[], { lengths, side }: { lengths: number[]; side: Side }): Edit[] {
  let sum = 0;
  const cuts = lengths.map((length) => (sum += length));
  const all: Edit[] = [];
  let [at, next] = [0, 0];
  for (let edit of edits) {
    const end = at + lengthOf(edit[side]);
    for (;;) {
      while ((cuts[next] ?? Infinity) <= at) next += 1;
      const cut = cuts[next] ?? Infinity;
      if (cut >= end) break;
      const [before, after] = [splitAt(edit.before, cut - at), splitAt(edit.after, cut - at)];
      all.push({ ...edit, before: before[0], after: after[0] });
      edit = { ...edit, before: before[1], after: after[1] };
      at = cut;
    }
    all.push(edit);
    at = end;
  }
  return all;
}

export function splitAt(inline: Inline | null, at: number): [Inline | null, Inline | null] {
  if (!inline) return [null, null];
  const [[left = null], [right = null]] = splitInlines([inline], at);
  return [left, right];
}

/** What of a wording stands elsewhere, each with the place in the rest where it was taken out. */
type Cut = { rest: Inline[]; taken: { at: number; inlines: Inline[] }[] };

export function takeOut(runs: Inline[][], away: Away): Cut {
  if (away.size === 0) return { rest: runs.flat(), taken: [] };
  const cut: Cut = { rest: [], taken: [] };
  let at = 0;
  const keep = (inlines: Inline[]) => {
    cut.rest.push(...inlines);
    at += inlineText(inlines).length;
  };
  for (const run of runs) {
    let [left, done] = [run, 0];
    for (const span of away.get(run) ?? []) {
      // Two sentences beside each other may both claim the blank between them.
      const [from, to] = [Math.max(span.from, done), Math.max(span.to, done)];
      const [kept, behind] = splitInlines(left, from - done);
      const [inlines, more] = splitInlines(behind, to - from);
      keep(kept);
      cut.taken.push({ at, inlines });
      [left, done] = [more, to];
    }
    keep(left);
  }
  return cut;
}

/** The edits between the rests, with what was taken out of one of them put back as what stands elsewhere. */
export function putBack(edits: Edit[], { taken }: Cut, side: Side): Edit[] {
  if (taken.length === 0) return edits;
  const lengths = taken.map(({ at }, index) => at - (taken[index - 1]?.at ?? 0));
  const all: Edit[] = [];
  let [at, next] = [0, 0];
  const put = (until: number) => {
    for (let one = taken[next]; one && one.at <= until; one = taken[next]) {
      const nothing = { before: null, after: null, isElsewhere: true } as const;
      all.push(...one.inlines.map((inline): Edit => ({ ...nothing, [side]: inline })));
      next += 1;
    }
  };
  for (const edit of cutAt(edits, { lengths, side })) {
    const own = lengthOf(edit[side]);
    if (own > 0) put(at);
    all.push(edit);
    at += own;
  }
  put(Infinity);
  return all;
}
