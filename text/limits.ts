import type { MessageValues } from "@/domain/errors";

/**
 * Far beyond any real text, and well before its page would be too large to send: ten guides of real
 * size in one. The parser takes more than twice as long for twice as many headings or quotes, and a
 * table is as wide as its widest row.
 */
export const TEXT_LIMITS = {
  headings: 400,
  /** Links, footnotes and what defines them: what opens a bracket or looks like an address. */
  links: 1_000,
  rows: 1_000,
  cells: 3_000,
  /** Of the widest table. */
  columns: 40,
  quotes: 300,
  /** Lines with words on them: paragraphs, list items, lines of code. */
  lines: 3_000,
  /** Runs of the signs for emphasis, code and entities: * _ ~ ` < & */
  marks: 5_000,
  /** Elements of a Word document's XML: a hundred pages have some 75,000. */
  elements: 120_000,
  depth: 40,
  indent: 80,
  openMarks: 200,
  runLength: 100,
} as const;

/** What there is too much of, as a message that says how many were counted and how many may be. */
export type Excess = { messageKey: string; values: MessageValues };

/**
 * The first thing a Markdown text has too much of, or null. It looks at every character a fixed number
 * of times, so it may be asked about any text before the parser is.
 * @param times how often the limits may be reached: a text that was let in stays readable where they
 * are drawn closer later
 */
export function excessOf(markdown: string, times = 1): Excess | null {
  const counts = new Counts();
  for (const [index, line] of markdown.split("\n").entries()) {
    const nesting = nestingOf(line, index + 1);
    if (nesting) return nesting;
    counts.add(line);
  }
  const total = firstExcess(counts.read(), times);
  if (total) return total;
  for (const paragraph of markdown.split(/\n[ \t]*\n/)) {
    const emphases = emphasesIn(paragraph);
    if (emphases) return emphases;
  }
  return null;
}

type Limit = keyof typeof TEXT_LIMITS;
export type Amounts = Partial<Record<Limit, number>>;

export function firstExcess(amounts: Amounts, times = 1): Excess | null {
  for (const what of ADDED_UP) {
    const count = amounts[what] ?? 0;
    if (count > TEXT_LIMITS[what] * times) return excess(what, { count });
  }
  return null;
}

const ADDED_UP = [
  "headings",
  "links",
  "rows",
  "cells",
  "columns",
  "quotes",
  "lines",
  "marks",
  "elements",
] as const;

function excess(what: Limit, found: { count: number; line?: number }): Excess {
  const values = { ...found, most: TEXT_LIMITS[what] };
  return { messageKey: `policies.errors.import.tooMany.${what}`, values };
}

/** The rows and cells of tables, where a short row is filled up to the width of its table. */
export class TableSize {
  rows = 0;
  columns = 0;
  #before = 0;
  #own = 0;
  #width = 0;

  get cells(): number {
    return this.#before + this.#own * this.#width;
  }

  start(): void {
    this.#before = this.cells;
    this.#own = 0;
    this.#width = 0;
  }

  addRow(cells: number): void {
    this.rows += 1;
    this.#own += 1;
    this.#width = Math.max(this.#width, cells);
    this.columns = Math.max(this.columns, cells);
  }
}

const PREFIX = /^(?:[ \t]*(?:>|[-+*](?=[ \t])|\d{1,9}[.)](?=[ \t])))*[ \t]*/;
const DELIMITER_ROW = /^(?=.*-)(?=.*[|:])[-:| \t]+$/;
const SIGNS = /\\.|\[|:\/\/|www\.|@|[*_~]+|[`<&]/gis;
const LINK = /^(?:\[|:|w|@)/i;

/** What adds up over the lines of a text. Within a block of code it counts the same. */
class Counts {
  #lines = 0;
  #headings = 0;
  #quotes = 0;
  #links = 0;
  #marks = 0;
  #above = "";
  #isInTable = false;
  readonly #table = new TableSize();

  add(line: string): void {
    const prefix = PREFIX.exec(line)?.[0] ?? "";
    const words = line.slice(prefix.length);
    if (prefix.includes(">")) this.#quotes += 1;
    if (words !== "" || prefix.trim() !== "") this.#lines += 1;
    if (/^#{1,6}(?:[ \t]|$)/.test(words)) this.#headings += 1;
    else if (this.#above && /^(?:=+|-+)[ \t]*$/.test(words)) this.#headings += 1;
    this.#addSigns(words);
    this.#addRow(words);
    this.#above = words;
  }

  read(): Amounts {
    return {
      headings: this.#headings,
      links: this.#links,
      rows: this.#table.rows,
      cells: this.#table.cells,
      columns: this.#table.columns,
      quotes: this.#quotes,
      lines: this.#lines,
      marks: this.#marks,
    };
  }

  #addSigns(words: string): void {
    for (const [sign] of words.matchAll(SIGNS)) {
      if (LINK.test(sign)) this.#links += 1;
      else if (!sign.startsWith("\\")) this.#marks += 1;
    }
  }

  #addRow(words: string): void {
    if (!words) this.#isInTable = false;
    else if (this.#isInTable) this.#table.addRow(cellsOf(words));
    else if (this.#above && DELIMITER_ROW.test(words)) {
      this.#isInTable = true;
      this.#table.start();
      this.#table.addRow(cellsOf(this.#above));
    }
  }
}

function cellsOf(row: string): number {
  return row
    .trim()
    .replace(/^\||\|$/g, "")
    .split("|").length;
}

const CONTAINERS = /^(?:[ \t]*(?:>|[-+*](?=[ \t])|\d{1,9}[.)](?=[ \t])))+/;
const CONTAINER = />|[-+*]|\d+[.)]/g;

function nestingOf(text: string, line: number): Excess | null {
  const containers = CONTAINERS.exec(text)?.[0];
  if (!containers) return null;
  const indent = containers.length - containers.trimStart().length;
  if (indent > TEXT_LIMITS.indent) return excess("indent", { count: indent, line });
  const depth = containers.match(CONTAINER)?.length ?? 0;
  return depth > TEXT_LIMITS.depth ? excess("depth", { count: depth, line }) : null;
}

/** Counts as CommonMark does: a run opens where a word follows it, and closes where one stands before. */
function emphasesIn(paragraph: string): Excess | null {
  let open = 0;
  for (const match of paragraph.matchAll(/\\.|([*_~]+)/gs)) {
    const run = match[1];
    if (!run) continue;
    const before = /\s/.test(paragraph[match.index - 1] ?? " ");
    const after = /\s/.test(paragraph[match.index + run.length] ?? " ");
    open += Number(before) - Number(after);
    if (open > TEXT_LIMITS.openMarks) return excess("openMarks", { count: open });
    const isRule = before && after;
    if (run.length > TEXT_LIMITS.runLength && !isRule)
      return excess("runLength", { count: run.length });
  }
  return null;
}
