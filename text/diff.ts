import { type Pairing, type Part, align } from "./alignment";
import { type Clause, type Section, clauseText, clausesOf, markerOf } from "./clauses";
import { type TableChange, compareTables } from "./table-diff";
import type { Inline, PolicyBlock } from "./blocks";
import { type OtherPlace, passagesOf } from "./elsewhere";
import { haveSameMarks } from "./inlines";
import { inlineText } from "./visible-text";
import {
  type Extent,
  type Nature,
  type Segment,
  type Side,
  compareInlines,
  comparePieces,
  editsWorthwhile,
  natureOf,
} from "./word-diff";

/**
 * One step of the comparison, in reading order of the new text; what was removed stands where it was.
 * `anchor` and `section` say where: in the new text, or in the old one for what is only there.
 */
export type DiffEntry = {
  anchor: string;
  section: Section | null;
  /** What words of this entry went to or came from. */
  others?: OtherPlace[];
} & (
  | { kind: "unchanged"; before: Clause; after: Clause; isRenumbered: boolean }
  /** `segments`: its words, some of which stand in another clause as well; null where all came or went. */
  | { kind: "added"; after: Clause; segments: Segment[] | null }
  | { kind: "removed"; before: Clause; segments: Segment[] | null }
  | { kind: "changed"; before: Clause; after: Clause; change: ClauseChange; nature: Nature }
  /** Twice in the list: at its old place and at its new one; `change` is null where its words are the same. */
  | { kind: "moved"; at: "old" | "new"; before: Clause; after: Clause; change: ClauseChange | null }
  /** `parts`: the segments of each piece; together they are those of the whole. */
  | { kind: "split"; before: Clause; after: Clause[]; parts: Segment[][] }
  | { kind: "merged"; before: Clause[]; after: Clause; parts: Segment[][] }
);

export type ClauseChange = { kind: "text"; segments: Segment[] } | TableChange;

/**
 * `relinked`, `restyled`: clauses in which the address of a link, or emphasis, alone changed. `renumbered`:
 * clauses whose words are the same under another number; they count as unchanged.
 */
export type DiffCounts = Record<(typeof COUNTED)[number], number>;

export const COUNTED = [
  "added",
  "removed",
  "changed",
  "relinked",
  "restyled",
  "moved",
  "split",
  "merged",
  "renumbered",
] as const;

export type PolicyDiff = { entries: DiffEntry[]; counts: DiffCounts };

/**
 * Compares two versions of a policy text clause by clause, and changed clauses word by word (tables
 * cell by cell). The entries' `before` in order are the clauses of the old text, their `after` those
 * of the new one (a moved clause counts at its own side's entry).
 */
export function comparePolicies(before: PolicyBlock[], after: PolicyBlock[]): PolicyDiff {
  const clauses = { before: clausesOf(before), after: clausesOf(after) };
  const parts = { before: clauses.before.map(partOf), after: clauses.after.map(partOf) };
  const characters = [...parts.before, ...parts.after].reduce(
    (sum, { text }) => sum + text.length,
    0,
  );
  const pairings = align(parts.before, parts.after);
  const { away, others } = passagesOf(pairings, clauses);
  const sides = { ...clauses, mostEdits: editsWorthwhile(characters), away };
  const entries = pairings.map((pairing, index): DiffEntry => {
    const entry = entryOf(pairing, sides);
    const elsewhere = others.get(index);
    return elsewhere ? { ...entry, others: elsewhere } : entry;
  });
  return { entries, counts: countsOf(entries) };
}

/** The number before a clause is left out: a clause under another number is the same clause. */
function partOf(clause: Clause): Part {
  const text = clauseText(clause);
  return {
    key: keyOf(clause, text),
    text,
    class: CLASSES[clause.kind],
    name: clause.anchor,
    isTitle: clause.kind === "heading",
    isDivisible: clause.kind === "paragraph" || clause.kind === "item",
  };
}

/** Plain words alone, as most clauses are, are a key as they stand. */
function keyOf(clause: Clause, text: string): string {
  const words = clause.kind === "table" ? [clause.head, clause.rows] : inlinesOf(clause);
  const [first, ...more] = words;
  const isPlain = more.length === 0 && first && "kind" in first && isPlainText(first);
  const key = isPlain ? text : JSON.stringify(words);
  return `${CLASSES[clause.kind]}${isPlain ? " " : "*"}${key}`;
}

const isPlainText = (inline: Inline): boolean =>
  inline.kind === "text" && haveSameMarks(inline, {});

/** A paragraph may become an item, but no heading and no table. */
const CLASSES = {
  heading: "heading",
  paragraph: "text",
  item: "text",
  code: "text",
  table: "table",
  rule: "rule",
} as const;

type Sides = { before: Clause[]; after: Clause[] } & Extent;

function entryOf(pairing: Pairing, sides: Sides): DiffEntry {
  switch (pairing.kind) {
    case "added": {
      const after = clauseAt(sides.after, pairing.after);
      const segments = segmentsOf(after, { side: "after", ...sides });
      return { kind: "added", ...whereOf(after), after, segments };
    }
    case "removed": {
      const before = clauseAt(sides.before, pairing.before);
      const segments = segmentsOf(before, { side: "before", ...sides });
      return { kind: "removed", ...whereOf(before), before, segments };
    }
    case "split":
    case "merged":
      return piecesOf(pairing, sides);
    default:
      return pairOf(pairing, sides);
  }
}

function segmentsOf(
  clause: Clause,
  { side, ...extent }: Extent & { side: Side },
): Segment[] | null {
  const words = inlinesOf(clause);
  if (!extent.away.has(words)) return null;
  return side === "before" ? compareInlines(words, [], extent) : compareInlines([], words, extent);
}

function piecesOf(
  pairing: Extract<Pairing, { kind: "split" | "merged" }>,
  sides: Sides,
): DiffEntry {
  const many = pairing.kind === "split" ? "after" : "before";
  const before = [pairing.before].flat().map((index) => clauseAt(sides.before, index));
  const after = [pairing.after].flat().map((index) => clauseAt(sides.after, index));
  const [old, fresh] = [clauseAt(before, 0), clauseAt(after, 0)];
  const parts = comparePieces(
    {
      whole: inlinesOf(many === "after" ? old : fresh),
      pieces: (many === "after" ? after : before).map(inlinesOf),
      side: many,
    },
    sides,
  );
  return pairing.kind === "split"
    ? { kind: "split", ...whereOf(fresh), before: old, after, parts }
    : { kind: "merged", ...whereOf(fresh), before, after: fresh, parts };
}

function pairOf(
  pairing: Extract<Pairing, { kind: "same" | "similar" | "moved" }>,
  sides: Sides,
): DiffEntry {
  const before = clauseAt(sides.before, pairing.before);
  const after = clauseAt(sides.after, pairing.after);
  if (pairing.kind === "same") {
    const isRenumbered = numberIn(markerOf(before)) !== numberIn(markerOf(after));
    return { kind: "unchanged", ...whereOf(after), before, after, isRenumbered };
  }
  const change = changeOf({ before, after }, sides);
  const nature = natureOfChange(change);
  if (pairing.kind === "moved") {
    const { at } = pairing;
    return { kind: "moved", at, ...whereOf(after), before, after, change: nature && change };
  }
  return { kind: "changed", ...whereOf(after), before, after, change, nature: nature ?? "words" };
}

/** Null where the words, their marks and links are all the same. */
function natureOfChange(change: ClauseChange): Nature | null {
  if (change.kind === "text") return natureOf(change.segments);
  const { columns, head, rows } = change;
  const isRebuilt =
    columns.some(({ before, after }) => before === null || after === null) ||
    rows.some(({ kind }) => kind !== "unchanged" && kind !== "changed");
  return isRebuilt ? "words" : natureOf([...head, ...rows.flatMap(({ cells }) => cells)].flat());
}

function clauseAt(clauses: Clause[], index: number): Clause {
  const clause = clauses[index];
  if (!clause) throw new RangeError(`No clause ${index}`);
  return clause;
}

function whereOf({ anchor, section }: Clause): { anchor: string; section: Section | null } {
  return { anchor, section };
}

type Pair = { before: Clause; after: Clause };

function changeOf({ before, after }: Pair, extent: Extent): ClauseChange {
  if (before.kind === "table" && after.kind === "table")
    return compareTables(before, after, extent);
  const [old, fresh] = [inlinesOf(before), inlinesOf(after)];
  return { kind: "text", segments: compareInlines(old, fresh, extent) };
}

/** "1、", "1." and "1)" are one number, differently written; 一、 and （一） are of two levels. */
const numberIn = (marker: string | null): string | null =>
  /^(\d+)[、.．)）]$/.exec(marker ?? "")?.[1] ?? marker;

/** The words of a clause that is no table, as inlines; those of code marked so. */
export function inlinesOf(clause: Clause): Inline[] {
  if ("inlines" in clause) return clause.inlines;
  return clause.kind === "code" ? [{ kind: "text", text: clause.text, code: true }] : [];
}

const COUNTED_AS = { words: "changed", link: "relinked", emphasis: "restyled" } as const;

/** What an entry counts as; null for what is the same, and for the place a clause left. */
export function countedAs(entry: DiffEntry): keyof DiffCounts | null {
  if (entry.kind === "unchanged") return entry.isRenumbered ? "renumbered" : null;
  if (entry.kind === "changed") return COUNTED_AS[entry.nature];
  if (entry.kind === "added" || entry.kind === "removed")
    return isAllElsewhere(entry.segments) ? "moved" : entry.kind;
  return entry.kind === "moved" && entry.at === "old" ? null : entry.kind;
}

/** Whether other clauses took up all its words, or they all came from others. */
function isAllElsewhere(segments: Segment[] | null): boolean {
  const own = segments?.filter((one) => !("isElsewhere" in one)) ?? null;
  return own !== null && !own.some(({ inlines }) => /[\p{L}\p{N}]/u.test(inlineText(inlines)));
}

function countsOf(entries: DiffEntry[]): DiffCounts {
  const counts = Object.fromEntries(COUNTED.map((kind) => [kind, 0])) as DiffCounts;
  for (const entry of entries) {
    const kind = countedAs(entry);
    if (kind) counts[kind] += 1;
  }
  return counts;
}

export type NumberedEntry = {
  entry: DiffEntry;
  /** 1, 2, 3 … over what is not the same, a moved clause once; null for what is the same. */
  number: number | null;
};

/** Counts the changes in reading order; the two places of a moved clause are one change. */
export function numberChanges(entries: readonly DiffEntry[]): NumberedEntry[] {
  let count = 0;
  const moves = new Map<string, number>();
  return entries.map((entry) => {
    if (entry.kind === "unchanged") return { entry, number: null };
    if (entry.kind !== "moved") return { entry, number: ++count };
    const number = moves.get(entry.after.anchor) ?? ++count;
    moves.set(entry.after.anchor, number);
    return { entry, number };
  });
}
