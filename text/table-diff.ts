import { type Pairing, type Part, align } from "./alignment";
import type { Inline } from "./blocks";
import { inlineText } from "./visible-text";
import { type Extent, type Segment, compareInlines } from "./word-diff";

type TableText = { head: Inline[][]; rows: Inline[][][] };

/** Where a column stands in either table; null where it does not. */
export type ColumnPair = { before: number | null; after: number | null };

export type RowChange = {
  /** A row that moved is there twice: `left` its old place, with its old words, and `arrived` at its new one. */
  kind: "unchanged" | "added" | "removed" | "changed" | "left" | "arrived";
  /** One entry per column of `columns`; empty where the row's table has no such column. */
  cells: Segment[][];
};

export type TableChange = {
  kind: "table";
  columns: ColumnPair[];
  head: Segment[][];
  rows: RowChange[];
};

/** Compares two tables cell by cell, columns set beside each other by their heads, rows by likeness. */
export function compareTables(before: TableText, after: TableText, extent?: Extent): TableChange {
  const columns = joinRenamed(align(partsOfColumns(before), partsOfColumns(after)).map(sidesOf));
  const compareCells = (old: Inline[][] | null, fresh: Inline[][] | null, at: ColumnPair) =>
    compareInlines(cellAt(old, at.before), cellAt(fresh, at.after), extent);
  const rows = align(before.rows.map(partOfRow), after.rows.map(partOfRow)).map((pairing) => {
    const isLeft = pairing.kind === "moved" && pairing.at === "old";
    const at =
      pairing.kind === "moved"
        ? { before: pairing.before, after: isLeft ? null : pairing.after }
        : sidesOf(pairing);
    const old = at.before === null ? null : (before.rows[at.before] ?? []);
    const fresh = at.after === null ? null : (after.rows[at.after] ?? []);
    const cells = columns.map((column) =>
      isLeft ? unchanged(cellAt(old, column.before)) : compareCells(old, fresh, column),
    );
    if (pairing.kind === "moved") return { kind: isLeft ? "left" : "arrived", cells } as const;
    return { kind: kindOf(at, cells), cells };
  });
  const head = columns.map((column) => compareCells(before.head, after.head, column));
  return { kind: "table", columns, head, rows };
}

function partOfRow(row: Inline[][]): Part {
  const [name = "", ...cells] = row.map(inlineText);
  return { key: JSON.stringify(row), text: [name, ...cells].join("\n"), class: "row", name };
}

/** A column is known by its head; one with another head by what stands in its cells. */
function partsOfColumns({ head, rows }: TableText): Part[] {
  return head.map((cell, index) => {
    const name = inlineText(cell);
    const cells = rows.map((row) => inlineText(row[index] ?? []));
    return { key: name, text: [name, ...cells].join("\n"), class: "column", name };
  });
}

/** Columns that went, with as many that came in their place, have only got another head. */
function joinRenamed(columns: ColumnPair[]): ColumnPair[] {
  const joined: ColumnPair[] = [];
  let gap: ColumnPair[] = [];
  for (const column of [...columns, null]) {
    if (column && (column.before === null || column.after === null)) {
      gap.push(column);
      continue;
    }
    const went = gap.filter(({ before }) => before !== null);
    const came = gap.filter(({ after }) => after !== null);
    const pairs = went.map(({ before }, i) => ({ before, after: came[i]?.after ?? null }));
    joined.push(...(went.length === came.length ? pairs : gap));
    if (column) joined.push(column);
    gap = [];
  }
  return joined;
}

function unchanged(inlines: Inline[]): Segment[] {
  return inlines.length > 0 ? [{ kind: "same", inlines }] : [];
}

/** A column that moved went from one place and came at another; rows and columns are never cut. */
function sidesOf(pairing: Pairing): ColumnPair {
  switch (pairing.kind) {
    case "same":
    case "similar":
      return { before: pairing.before, after: pairing.after };
    case "removed":
      return { before: pairing.before, after: null };
    case "added":
      return { before: null, after: pairing.after };
    case "moved":
      return pairing.at === "old"
        ? { before: pairing.before, after: null }
        : { before: null, after: pairing.after };
    case "split":
    case "merged":
      throw new RangeError("rows and columns are not divisible");
  }
}

function cellAt(row: Inline[][] | null, column: number | null): Inline[] {
  return column === null ? [] : (row?.[column] ?? []);
}

function kindOf({ before, after }: ColumnPair, cells: Segment[][]): RowChange["kind"] {
  if (before === null) return "added";
  if (after === null) return "removed";
  return cells.flat().some(({ kind }) => kind !== "same") ? "changed" : "unchanged";
}
