import { plainHeader, readLines, withoutSeparator } from "./csv-lines";

export type Cell = {
  line: number;
  value: string;
  /** A long number with an apostrophe before it, as spreadsheets mark text: whoever wrote it has looked. */
  isText?: boolean;
};

/** Line numbers, from 1, in the text as it was given. */
export type ColumnFaults = {
  /** More than one thing in a line that has no column heads, or more cells than heads. */
  several: number[];
  /** Nothing in the column, though something in the row. */
  blank: number[];
  /** What a spreadsheet has made of a number it could not hold. */
  shortened: number[];
  /** Long numbers that look as if a spreadsheet had rounded them, and are not marked as text. */
  rounded: number[];
  /** From where a stray quote makes the file unreadable. */
  broken: number[];
  /** Where two columns have the name that is looked for. */
  repeated: number[];
};
export const COLUMN_FAULTS = [
  ...["broken", "repeated", "several", "blank", "shortened", "rounded"],
] as const;

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
  const faults: ColumnFaults = {
    ...{ several: [], blank: [], shortened: [], rounded: [], broken: [], repeated: [] },
  };
  const head = findHead(text, heads);
  const cells =
    head && head.width > 1 ? ofTable(text, head, faults) : ofList(text, head?.line, faults);
  faults.shortened = cells.filter(({ value }) => isShortened(value)).map(({ line }) => line);
  faults.rounded = roundedLines(cells);
  const lost = new Set([...faults.shortened, ...faults.rounded]);
  return { cells: cells.filter(({ line }) => !lost.has(line)), faults };
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
    const cell = cellOf(line, cells[place] ?? "");
    const fault = cells.slice(width).some((cell) => cell !== "")
      ? faults.several
      : cell.value === ""
        ? faults.blank
        : null;
    fault?.push(line);
    return fault ? [] : [cell];
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
    if (quoted !== undefined) {
      const value = quoted.replaceAll('""', '"').trim();
      return value === "" ? [] : [{ line, value }];
    }
    const cell = cellOf(line, entry);
    if (BETWEEN.test(cell.value)) {
      faults.several.push(line);
      return [];
    }
    return cell.value === "" ? [] : [cell];
  });
}

/** Without the separators at a line's end; a loop, because a pattern would take for ever on a line of blanks. */
function withoutTail(typed: string): string {
  let end = typed.length;
  while (end > 0 && /[\s,;，；、]/.test(typed.charAt(end - 1))) end -= 1;
  return typed.slice(0, end);
}

const cellOf = (line: number, cell: string): Cell =>
  MARKED.test(cell) ? { line, value: cell.slice(1), isText: true } : { line, value: cleaned(cell) };

/** A long number as spreadsheets mark text. */
const MARKED = /^'\d{16,}$/;

/** As it was before it was guarded against spreadsheets: ="00123" and '=1 are what our own and others' exports write. */
const cleaned = (cell: string): string =>
  (/^="(.*)"$/.exec(cell)?.[1] ?? cell).replace(/^'(?=[=+\-@])/, "").trim();

const ERRORS = /^#(?:N\/A|REF!|VALUE!|NAME\?|DIV\/0!|NULL!|NUM!|#+)$/;

/** A number in a spreadsheet's short form (1.23457E+19), or one of its errors. */
export const isShortened = (value: string): boolean =>
  /^\d[.,]\d+E\+?\d+$|^\d+E\+\d+$/i.test(value) || ERRORS.test(value);

/** Spreadsheets keep fifteen digits of a number; the rest becomes zeros. */
const DIGITS_KEPT = 15;
const ROUNDED = /^\d{15}0+$/;

/** Whether a number, standing alone, is what a spreadsheet might have made of another. */
export const looksRounded = (value: string): boolean => ROUNDED.test(value);

/**
 * The lines of long numbers, where all that are not marked as text end in zeros after the fifteenth
 * digit. One may be so by chance (of numbers with sixteen digits one in ten): then it is marked, or,
 * where nothing can be marked, so many zeros together (`leastZeros`) are asked for.
 */
export function roundedLines(cells: readonly Cell[], leastZeros = 1): number[] {
  const long = cells.filter(({ value, isText }) => !isText && /^\d{16,}$/.test(value));
  const zeros = long.reduce((sum, { value }) => sum + value.length - DIGITS_KEPT, 0);
  const isRounded = zeros >= leastZeros && long.every(({ value }) => looksRounded(value));
  return isRounded ? long.map(({ line }) => line) : [];
}
