import { plainHeader, readLines, withoutSeparator } from "./csv-lines";

export type Cell = { line: number; value: string };

/** Line numbers, from 1, in the text as it was given. */
export type ColumnFaults = {
  /** More than one thing in a line that has no column heads, or more cells than heads. */
  several: number[];
  /** Nothing in the column, though something in the row. */
  blank: number[];
  /** What a spreadsheet has made of a number it could not hold. */
  shortened: number[];
  /** From where a stray quote makes the file unreadable. */
  broken: number[];
  /** Where two columns have the name that is looked for. */
  repeated: number[];
};
export const COLUMN_FAULTS = ["broken", "repeated", "several", "blank", "shortened"] as const;

/** Names of the column in the form of `plainHeader`, the surest first: a later row is asked only where no earlier one is found. */
export type Heads = readonly (readonly string[])[];

/** What parts cells, and what people put between things they write in one line. */
const DELIMITERS = ["\t", ",", ";", "，", "；"];
const BETWEEN = /[\t,;，；、]/;

/**
 * The values of the one column that holds what is looked for: found by its head, or the only one.
 * Pasted text and a CSV file are read alike. A value is never taken from another column, and what
 * cannot be told is named by its line.
 */
export function readColumn(text: string, heads: Heads): { cells: Cell[]; faults: ColumnFaults } {
  const faults: ColumnFaults = { several: [], blank: [], shortened: [], broken: [], repeated: [] };
  const head = findHead(text, heads);
  const cells =
    head && head.width > 1 ? ofTable(text, head, faults) : ofList(text, head?.line, faults);
  const shortened = new Set([
    ...cells.filter(({ value }) => isShortened(value)).map(({ line }) => line),
    ...roundedLines(cells),
  ]);
  faults.shortened = [...shortened].sort((one, other) => one - other);
  return { cells: cells.filter(({ line }) => !shortened.has(line)), faults };
}

type Head = { line: number; delimiter: string; width: number; places: number[] };

function findHead(text: string, heads: Heads): Head | null {
  const { body, separator, skipped } = withoutSeparator(text);
  const lines = body.split(/\r\n|\n|\r/, 50);
  const at = lines.findIndex((line) => line.trim() !== "");
  const splits = (separator ? [separator] : DELIMITERS).map((delimiter) => ({
    delimiter,
    names: (lines[at] ?? "").slice(0, 10_000).split(delimiter).map(plainHeader),
  }));
  for (const wanted of heads)
    for (const { delimiter, names } of splits) {
      const places = names.flatMap((name, place) => (wanted.includes(name) ? [place] : []));
      if (places.length > 0)
        return { line: at + 1 + skipped, delimiter, width: names.length, places };
    }
  return null;
}

/** The column under its head. */
function ofTable(text: string, head: Head, faults: ColumnFaults): Cell[] {
  const { width, delimiter, places } = head;
  const [place = 0] = places;
  if (places.length > 1) {
    faults.repeated.push(head.line);
    return [];
  }
  const { lines, brokenAt } = readLines(text, { delimiter });
  if (brokenAt) faults.broken.push(brokenAt);
  return lines.slice(1).flatMap(({ line, cells }) => {
    const value = cleaned(cells[place] ?? "");
    const fault = cells.slice(width).some((cell) => cell !== "")
      ? faults.several
      : value === ""
        ? faults.blank
        : null;
    fault?.push(line);
    return fault ? [] : [{ line, value }];
  });
}

/** One thing a line, with or without a head; separators that a table's empty cells leave behind do not count. */
function ofList(text: string, headLine: number | undefined, faults: ColumnFaults): Cell[] {
  const { body, skipped } = withoutSeparator(text);
  return body.split(/\r\n|\n|\r/).flatMap((typed, index) => {
    const line = index + 1 + skipped;
    const entry = withoutTail(typed).trim();
    if (entry === "" || line === headLine) return [];
    const quoted = /^"((?:[^"]|"")*)"$/.exec(entry)?.[1];
    const value = quoted?.replaceAll('""', '"').trim() ?? cleaned(entry);
    if (value === "") return [];
    if (quoted === undefined && BETWEEN.test(value)) {
      faults.several.push(line);
      return [];
    }
    return [{ line, value }];
  });
}

/** Without the separators at a line's end; a loop, because a pattern would take for ever on a line of blanks. */
function withoutTail(typed: string): string {
  let end = typed.length;
  while (end > 0 && /[\s,;，；、]/.test(typed.charAt(end - 1))) end -= 1;
  return typed.slice(0, end);
}

/** As it was before it was guarded against spreadsheets: ="00123" and '=1 are what our own and others' exports write. */
const cleaned = (cell: string): string =>
  (/^="(.*)"$/.exec(cell)?.[1] ?? cell).replace(/^'(?=[=+\-@])/, "").trim();

const ERRORS = /^#(?:N\/A|REF!|VALUE!|NAME\?|DIV\/0!|NULL!|NUM!|#+)$/;

/** A number in a spreadsheet's short form (1.23457E+19), or one of its errors. */
export const isShortened = (value: string): boolean =>
  /^\d[.,]\d+E\+?\d+$|^\d+E\+\d+$/i.test(value) || ERRORS.test(value);

/** Spreadsheets keep fifteen digits of a number; the rest becomes zeros. */
const DIGITS_KEPT = 15;
/** So many zeros are no chance any more: one list in ten thousand. */
const TELLING_ZEROS = 4;

/** The lines of long numbers, where all of them end in zeros after the fifteenth digit. */
export function roundedLines(cells: readonly Cell[]): number[] {
  const long = cells.filter(({ value }) => /^\d{16,}$/.test(value));
  const tails = long.map(({ value }) => value.slice(DIGITS_KEPT)).join("");
  return tails.length >= TELLING_ZEROS && /^0+$/.test(tails) ? long.map(({ line }) => line) : [];
}
