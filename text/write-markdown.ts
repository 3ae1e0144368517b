import { isDeepStrictEqual } from "node:util";

import { mergeInlines, splitInlines, trimInlines } from "./inlines";
import { readMarkdown } from "./markdown-drafts";
import { escapeInline, guardStart, withOwnNumbers } from "./plain-text";
import type { Inline, TextInline } from "./blocks";
import { inlineText } from "./visible-text";

/** Markdown of one paragraph; a line break is a hard break. */
export function writeParagraph(inlines: Inline[]): string {
  const lines = linesOf(inlines).map((line) => guardStart(writeLine(line)));
  return withOwnNumbers(lines.filter((line) => line !== "")).join("\\\n");
}

/** Markdown of a table's cell; a line break is `<br>`, the only way to write one there. */
export function writeCell(inlines: Inline[]): string {
  return linesOf(inlines).map(writeLine).join("<br>");
}

/** Markdown of a heading's words, on one line. */
export function writeTitle(inlines: Inline[]): string {
  return linesOf(inlines).map(writeLine).join(" ");
}

function linesOf(inlines: Inline[]): Inline[][] {
  const lines: Inline[][] = [[]];
  for (const inline of inlines) {
    if (inline.kind === "break") lines.push([]);
    else lines.at(-1)?.push(inline);
  }
  return lines.map((line) => mergeInlines(trimInlines(line)));
}

/**
 * Emphasis in Markdown depends on the characters beside it. Each way of writing is read back, and the
 * first that says the same is taken: as it is, with the letters beside it as character references,
 * with bold alone, without marks.
 */
function writeLine(line: Inline[]): string {
  const inlines = line.map(withOneLook);
  const ways = [
    { wanted: inlines, isGuarded: false },
    { wanted: inlines, isGuarded: true },
    { wanted: inlines.map(boldOnly), isGuarded: true },
  ];
  for (const { wanted, isGuarded } of ways) {
    const text = write(wanted, { marks: MARKS, isGuarded });
    if (wanted.every(isPlain) || readsAs(text, wanted)) return text;
  }
  return escapeInline(inlineText(inlines));
}

function isPlain(inline: Inline): boolean {
  return inline.kind === "text" && !inline.strong && !inline.em && !inline.struck;
}

/** Behind a letter and a blank, as in the middle of a line. */
function readsAs(text: string, wanted: Inline[]): boolean {
  const [line, ...more] = readMarkdown(`x ${text}`);
  if (line?.kind !== "line" || more.length > 0) return false;
  return isDeepStrictEqual(wordsOf(splitInlines(line.inlines, 2)[1]), wordsOf(wanted));
}

/** The words with their marks, whatever they link to; a blank at the edge of bold need not be bold. */
function wordsOf(inlines: Inline[]): Inline[] {
  const runs = inlines.flatMap((inline): Inline[] => {
    if (inline.kind !== "link") return [inline];
    const note = noteOf(inline);
    return note ? [{ kind: "text", text: `[^${note}]` }] : wordsOf(inline.children);
  });
  return mergeInlines(runs.map((run) => (run.kind === "text" ? withoutBlanks(run) : run)));
}

function withoutBlanks(run: TextInline): TextInline {
  return { ...run, text: run.text.replace(/\s+/g, "") };
}

/** Within a link a mark holds for all words or for none. */
function withOneLook(inline: Inline): Inline {
  if (inline.kind !== "link") return inline;
  const marks = Object.fromEntries(
    MARKS.filter((mark) => has(inline, mark)).map((mark) => [mark, true as const]),
  );
  return { ...inline, children: [{ kind: "text", text: inlineText(inline.children), ...marks }] };
}

function boldOnly(inline: Inline): Inline {
  if (inline.kind === "link") return { ...inline, children: inline.children.map(boldOnly) };
  if (inline.kind === "break") return inline;
  return { kind: "text", text: inline.text, ...(inline.strong && { strong: true }) };
}

type Mark = "strong" | "struck" | "em";
const MARKS = ["strong", "struck", "em"] as const satisfies Mark[];
const DELIMITERS = { strong: "**", struck: "~~", em: "_" };

function write(inlines: Inline[], how: { marks: readonly Mark[]; isGuarded: boolean }): string {
  const [mark, ...marks] = how.marks;
  if (!mark) return inlines.map(writeLeaf).join("");
  let text = "";
  let isAfterSpan = false;
  for (const { isMarked, group } of groupsOf(inlines, mark)) {
    const words = trimInlines(group);
    let piece = write(isMarked && words.length ? words : group, { ...how, marks });
    if (isMarked && words.length) {
      const [before, after] = blanksAround(group);
      if (how.isGuarded) text = text.replace(/[\p{L}\p{N}]$/u, reference);
      piece = `${before}${DELIMITERS[mark]}${piece}${DELIMITERS[mark]}${after}`;
    } else if (isAfterSpan && how.isGuarded) piece = piece.replace(/^[\p{L}\p{N}]/u, reference);
    text += piece;
    isAfterSpan = isMarked;
  }
  return text;
}

function reference(character: string): string {
  return `&#x${character.codePointAt(0)?.toString(16) ?? ""};`;
}

function blanksAround(group: Inline[]): [string, string] {
  const text = inlineText(group);
  return [text.slice(0, text.length - text.trimStart().length), text.slice(text.trimEnd().length)];
}

function groupsOf(inlines: Inline[], mark: Mark): { isMarked: boolean; group: Inline[] }[] {
  const groups: { isMarked: boolean; group: Inline[] }[] = [];
  for (const inline of inlines) {
    const isMarked = has(inline, mark);
    const last = groups.at(-1);
    if (last?.isMarked === isMarked) last.group.push(inline);
    else groups.push({ isMarked, group: [inline] });
  }
  return groups;
}

function has(inline: Inline, mark: Mark): boolean {
  if (inline.kind === "link") return inline.children.every((child) => has(child, mark));
  return inline.kind === "text" && inline[mark] === true;
}

function writeLeaf(inline: Inline): string {
  if (inline.kind === "break") return " ";
  if (inline.kind === "text") return escapeInline(inline.text);
  const words = escapeInline(inlineText(inline.children));
  const note = noteOf(inline);
  return note ? `[^${note}]` : `[${words}](<${inline.href.replace(/[<>]/g, encodeURIComponent)}>)`;
}

const NOTE = "#note:";

/** A reference to a footnote, as a link to `#note:<label>` with the words `[^label]`. */
export function noteLink(label: string): Inline {
  return { kind: "link", href: NOTE + label, children: [{ kind: "text", text: `[^${label}]` }] };
}

function noteOf({ href }: { href: string }): string | null {
  return href.startsWith(NOTE) ? href.slice(NOTE.length) : null;
}
