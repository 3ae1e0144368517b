import { mergeInlines, trimInlines } from "./inlines";
import { linesOf, onOneLine } from "./paragraph-lines";
import { safeHref } from "./links";
import type { ColumnAlign, Inline, Marks } from "./blocks";
import type { Draft, DraftItem } from "./markdown-drafts";

/**
 * Most of a legal text is Markdown of the simplest kind: paragraphs, headings, numbered lines and tables
 * of plain and bold words. The parser reads them by character, through every rule there is, and takes
 * fifty times as long as is needed for them. What is read here reads the same there; a test holds both
 * to each other. Everything else is the parser's.
 */
export function readInParts(markdown: string, parse: (source: string) => Draft[]): Draft[] {
  if (REACHES_ACROSS.test(markdown)) return parse(markdown);
  const drafts: Draft[] = [];
  let waiting = "";
  for (const part of partsOf(markdown)) {
    const simple = readSimple(part);
    if (!simple) {
      waiting += part;
      continue;
    }
    if (waiting) drafts.push(...parse(waiting));
    waiting = "";
    drafts.push(...simple);
  }
  return waiting ? [...drafts, ...parse(waiting)] : drafts;
}

/** Definitions, fences, and signs that the parser reads otherwise at the beginning of a text: no part stands alone. */
const REACHES_ACROSS = /\]:|```|~~~|[\r\0\ufeff]/;

const BLANK = /^[ \t]*$/;
const ITEM = /^[ \t]*(?:[-+*]|\d{1,9}[.)])(?:[ \t]|$)/;

/**
 * The text cut at blank lines where nothing goes on behind them (CommonMark 0.31, 5.2): an indented line
 * may belong to an item above it, and an item to the list above it.
 */
function partsOf(markdown: string): string[] {
  const parts: string[] = [];
  let part = "";
  let isAfterBlank = false;
  let hasItem = false;
  for (const line of markdown.split(/(?<=\n)/)) {
    const words = line.replace("\n", "");
    const isBlank = BLANK.test(words);
    const isItem = ITEM.test(words);
    if (isAfterBlank && !isBlank && !/^[ \t]/.test(words) && !(isItem && hasItem)) {
      parts.push(part);
      part = "";
      hasItem = false;
    }
    part += line;
    isAfterBlank = isBlank;
    hasItem ||= isItem;
  }
  return part ? [...parts, part] : parts;
}

/** Null for what only the parser can read. */
function readSimple(part: string): Draft[] | null {
  const lines = part.split("\n").filter((line) => !BLANK.test(line));
  const [first] = lines;
  if (first === undefined) return [];
  if (lines.some((line) => NOT_SIMPLE.test(withoutWholes(line)))) return null;
  if (first.startsWith("#")) return lines.length === 1 ? readHeading(first) : null;
  if (first.startsWith("|")) return readTable(lines);
  if (ITEM.test(first)) return readItems(lines);
  return lines.some((line) => BEGINS_OTHERWISE.test(line)) ? null : paragraph(lines.join("\n"));
}

/** Code, and links of plain words: no sign within them has a say outside, and none outside within. */
const WHOLE =
  /(?<!`)`([^`\n| ](?:[^`\n|]*[^`\n| ])?)`(?!`)|(?<!!)\[([^[\]\\`*_~<&!|^\n]+)\]\(([^\s()<>\\&"'*_`|[\]]+)\)/g;

/**
 * Blanks at an end, escapes, entities, other links and code, HTML, emphasis but `**`, and addresses, of
 * which GFM makes links.
 */
const NOT_SIMPLE = /^[ \t]|[ \t]$|[\\&[\]`<_~@]|(?<!\*)\*(?!\*)|\*{3}|:\/\/|www\./i;
const withoutWholes = (line: string): string =>
  HAS_SIGNS.test(line) ? line.replaceAll(WHOLE, "") : line;

/** A line that is not, or may not be, one of a paragraph. */
const BEGINS_OTHERWISE = /^(?:[-+=>#|]|\*\*(?:$|[ \t])|\d{1,9}[.)](?:[ \t]|$))|\|/;

function paragraph(text: string): Draft[] | null {
  const inlines = inlinesOf(text);
  return inlines && linesOf(inlines).map((line) => ({ kind: "line", inlines: line }));
}

function readHeading(line: string): Draft[] | null {
  const [, signs = "", words = ""] = /^(#{1,6})[ \t]+([^#]*)$/.exec(line) ?? [];
  const inlines = words ? inlinesOf(words) : null;
  return inlines && [{ kind: "heading", depth: signs.length, inlines: onOneLine(inlines) }];
}

/** Numbered lines under one kind of number; what is in an item besides its line is the parser's. */
function readItems(lines: readonly string[]): Draft[] | null {
  const items: DraftItem[] = [];
  let kind: string | undefined;
  for (const line of lines) {
    const [, marker = "", sign, words = ""] = /^(\d{1,9}([.)])) (\S.*)$/.exec(line) ?? [];
    if (!sign || sign !== (kind ??= sign) || BEGINS_OTHERWISE.test(words)) return null;
    const drafts = paragraph(words);
    if (!drafts) return null;
    items.push({ marker, drafts });
  }
  return listOf(items);
}

/** Written under one number ("1." again and again) they count on: the parser's reader knows how. */
function listOf(items: DraftItem[]): Draft[] | null {
  const [first, ...others] = items;
  const isUnderOne = others.length > 0 && others.every(({ marker }) => marker === first?.marker);
  return isUnderOne ? null : [{ kind: "list", ordered: true, items }];
}

const ROW = /^\|[^|]+(?:\|[^|]+)*\|$/;
const DELIMITERS = /^\|(?: *:?-+:? *\|)+$/;

/** A table all of whose rows are closed and of one width. */
function readTable([first = "", second = "", ...more]: readonly string[]): Draft[] | null {
  if (!ROW.test(first) || !DELIMITERS.test(second) || !more.every((row) => ROW.test(row)))
    return null;
  const align = cellsOf(second).map(alignOf);
  const [head, ...rows] = [first, ...more].map((row) => cellsOf(row).map(cell));
  const all = [head ?? [], ...rows];
  if (!all.every((row): row is Inline[][] => row.length === align.length && !row.includes(null)))
    return null;
  return [{ kind: "table", head: all[0] ?? [], rows: all.slice(1), align }];
}

const cellsOf = (row: string): string[] => row.slice(1, -1).split("|");

function cell(source: string): Inline[] | null {
  const inlines = inlinesOf(source.replace(/^[ \t]+|[ \t]+$/g, ""));
  return inlines && trimInlines(inlines);
}

function alignOf(source: string): ColumnAlign {
  const sign = source.trim();
  if (sign.startsWith(":")) return sign.endsWith(":") ? "center" : "left";
  return sign.endsWith(":") ? "right" : null;
}

/**
 * Plain and bold words, code and links. Each sign that makes bold stands before a word, or behind a blank,
 * where it opens, and behind a word, or before a blank, where it closes: then it does so by every rule
 * there is (CommonMark 0.31, 6.2).
 */
function inlinesOf(text: string): Inline[] | null {
  if (!HAS_SIGNS.test(text)) return text ? [{ kind: "text", text }] : [];
  const wholes: Whole[] = Array.from(text.matchAll(WHOLE), ([, code, words, address]) => ({
    code,
    words,
    address,
  }));
  const marked = text.replaceAll(WHOLE, PLACE);
  const runs = marked.split("**");
  if (marked.split(PLACE).length !== wholes.length + 1 || !areBold(runs)) return null;
  return mergeInlines(
    runs.flatMap((run, index) => runOf(run, wholes, index % 2 === 1 ? { strong: true } : {})),
  );
}

const HAS_SIGNS = /[`*[]/;

/** The words of a run, with the first of the wholes in their places. */
function runOf(run: string, wholes: Whole[], marks: Marks): Inline[] {
  return run.split(PLACE).flatMap((words, at): Inline[] => {
    const whole = at > 0 && wholes.shift();
    return [...(whole ? wholeOf(whole, marks) : []), { kind: "text", text: words, ...marks }];
  });
}

/** Whether each second run is bold. */
const areBold = (runs: readonly string[]): boolean =>
  runs.length % 2 === 1 &&
  runs.every(
    (run, index) => index % 2 === 0 || isBold(run, runs[index - 1] ?? "", runs[index + 1] ?? ""),
  );

/** Stands for code or a link meanwhile; no word and no blank (Unicode keeps it free for private use). */
const PLACE = "\ue000";
type Whole = Partial<Record<"code" | "words" | "address", string | undefined>>;

function wholeOf({ code, words = "", address = "" }: Whole, marks: Marks): Inline[] {
  if (code !== undefined) return [{ kind: "text", text: code, ...marks, code: true }];
  const children: Inline[] = [{ kind: "text", text: words, ...marks }];
  const href = safeHref(address);
  return href ? [{ kind: "link", href, children }] : children;
}

function isBold(run: string, before: string, after: string): boolean {
  const opens = /^[\p{L}\p{N}]/u.test(run) || (/^\S/.test(run) && /(?:^|\s)$/.test(before));
  const closes = /[\p{L}\p{N}]$/u.test(run) || (/\S$/.test(run) && /^(?:\s|$)/.test(after));
  return opens && closes;
}
