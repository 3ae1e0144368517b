import { type Pairing, type Part, align } from "./alignment";
import { type Clause, type Section, clauseText, clausesOf, markerOf } from "./clauses";
import { type TableChange, compareTables } from "./table-diff";
import type { Inline, PolicyBlock } from "./blocks";
import { type Segment, compareInlines, editsWorthwhile } from "./word-diff";

/**
 * One step of the comparison, in reading order of the new text; what was removed stands where it was.
 * `anchor` and `section` say where: in the new text, or in the old one for what is only there.
 */
export type DiffEntry = { anchor: string; section: Section | null } & (
  | { kind: "unchanged"; before: Clause; after: Clause; isRenumbered: boolean }
  | { kind: "added"; after: Clause }
  | { kind: "removed"; before: Clause }
  | { kind: "changed"; before: Clause; after: Clause; change: ClauseChange }
  /** Twice in the list: at its old place and at its new one; its words are the same. */
  | { kind: "moved"; at: "old" | "new"; before: Clause; after: Clause }
);

export type ClauseChange = { kind: "text"; segments: Segment[] } | TableChange;

/** `renumbered`: clauses whose words are the same under another number; they count as unchanged. */
export type DiffCounts = {
  added: number;
  removed: number;
  changed: number;
  moved: number;
  renumbered: number;
};

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
  const sides = { ...clauses, mostEdits: editsWorthwhile(characters) };
  const entries = align(parts.before, parts.after).map((pairing) => entryOf(pairing, sides));
  return { entries, counts: countsOf(entries) };
}

/** The number before a clause is left out: a clause under another number is the same clause. */
function partOf(clause: Clause): Part {
  const words = clause.kind === "table" ? [clause.head, clause.rows] : inlinesOf(clause);
  return {
    key: JSON.stringify([CLASSES[clause.kind], words]),
    text: clauseText(clause),
    class: CLASSES[clause.kind],
    name: clause.anchor,
  };
}

/** A paragraph may become an item, but no heading and no table. */
const CLASSES = {
  heading: "heading",
  paragraph: "text",
  item: "text",
  code: "text",
  table: "table",
  rule: "rule",
} as const;

type Sides = { before: Clause[]; after: Clause[]; mostEdits: number };

function entryOf(pairing: Pairing, sides: Sides): DiffEntry {
  if (pairing.kind === "added") {
    const after = clauseAt(sides.after, pairing.after);
    return { kind: "added", ...whereOf(after), after };
  }
  const before = clauseAt(sides.before, pairing.before);
  if (pairing.kind === "removed") return { kind: "removed", ...whereOf(before), before };

  const after = clauseAt(sides.after, pairing.after);
  if (pairing.kind === "moved") {
    return { kind: "moved", at: pairing.at, ...whereOf(after), before, after };
  }
  if (pairing.kind === "same") {
    const isRenumbered = markerOf(before) !== markerOf(after);
    return { kind: "unchanged", ...whereOf(after), before, after, isRenumbered };
  }
  return {
    kind: "changed",
    ...whereOf(after),
    before,
    after,
    change: changeOf({ before, after, mostEdits: sides.mostEdits }),
  };
}

function clauseAt(clauses: Clause[], index: number): Clause {
  const clause = clauses[index];
  if (!clause) throw new RangeError(`No clause ${index}`);
  return clause;
}

function whereOf({ anchor, section }: Clause): { anchor: string; section: Section | null } {
  return { anchor, section };
}

type Pair = { before: Clause; after: Clause; mostEdits: number };

function changeOf({ before, after, mostEdits }: Pair): ClauseChange {
  if (before.kind === "table" && after.kind === "table")
    return compareTables(before, after, mostEdits);
  const [old, fresh] = [inlinesOf(before), inlinesOf(after)];
  return { kind: "text", segments: compareInlines(old, fresh, mostEdits) };
}

/** The words of a clause that is no table, as inlines; those of code marked so. */
export function inlinesOf(clause: Clause): Inline[] {
  if ("inlines" in clause) return clause.inlines;
  return clause.kind === "code" ? [{ kind: "text", text: clause.text, code: true }] : [];
}

function countsOf(entries: DiffEntry[]): DiffCounts {
  const counts = { added: 0, removed: 0, changed: 0, moved: 0, renumbered: 0 };
  for (const entry of entries) {
    if (entry.kind === "unchanged") counts.renumbered += Number(entry.isRenumbered);
    else if (entry.kind !== "moved" || entry.at === "new") counts[entry.kind] += 1;
  }
  return counts;
}

export type NumberedEntry = {
  entry: DiffEntry;
  /** 1, 2, 3 … over what is not the same; null for what is. */
  number: number | null;
  /** Of a moved clause: the number of its other place. */
  other: number | null;
};

/** Counts the changes in reading order and ties the two places of a moved clause together. */
export function numberChanges(entries: readonly DiffEntry[]): NumberedEntry[] {
  let count = 0;
  const numbers = entries.map((entry) => (entry.kind === "unchanged" ? null : ++count));
  const places = new Map(
    entries.flatMap((entry, index) =>
      entry.kind === "moved" ? [[placeOf(entry, entry.at), numbers[index] ?? null] as const] : [],
    ),
  );
  return entries.map((entry, index) => ({
    entry,
    number: numbers[index] ?? null,
    other:
      entry.kind === "moved"
        ? (places.get(placeOf(entry, entry.at === "old" ? "new" : "old")) ?? null)
        : null,
  }));
}

function placeOf(entry: Extract<DiffEntry, { kind: "moved" }>, at: "old" | "new"): string {
  return `${at} ${entry.after.anchor}`;
}
