import { mergeInlines, trimInlines } from "./inlines";
import { readMarker } from "./legal-numbering";
import type { Inline } from "./blocks";
import { inlineText } from "./visible-text";

const CHINESE = /[\u2e80-\u9fff\uff00-\uffef]/;

/**
 * The lines of a paragraph, blank ones left out. A line end before a marker (一、 1. (1)) parts two
 * lines; between Chinese lines it stays a line break, because Chinese has no blank to put in its
 * place; between Latin lines it is a blank, as Markdown has it.
 */
export function linesOf(paragraph: Inline[]): Inline[][] {
  const lines: Inline[][] = [];
  let before = "";
  for (const part of partsOf(paragraph)) {
    const text = inlineText(part.inlines);
    const last = lines.at(-1);
    const isTight = part.isHard || CHINESE.test(before.slice(-1) + text.slice(0, 1));
    if (!last || (readMarker(text) && (isTight || CHINESE.test(before + text)))) {
      lines.push([...part.inlines]);
    } else {
      last.push(isTight ? { kind: "break" } : { kind: "text", text: " " }, ...part.inlines);
    }
    before = text;
  }
  return lines.map((line) => mergeInlines(trimInlines(line))).filter((line) => line.length > 0);
}

/** A heading is one line, however its source was wrapped. */
export function onOneLine(heading: Inline[]): Inline[] {
  const parts = partsOf(heading).flatMap(({ inlines }, index) =>
    index ? [{ kind: "text" as const, text: " " }, ...inlines] : inlines,
  );
  return mergeInlines(trimInlines(parts));
}

type Part = { inlines: Inline[]; isHard: boolean };

/** Cut at every line end; `isHard` where the author asked for the line break before the part. */
function partsOf(inlines: Inline[]): Part[] {
  let current: Part = { inlines: [], isHard: false };
  const parts = [current];
  for (const inline of inlines) {
    for (const [index, piece] of piecesOf(inline).entries()) {
      if (index > 0 || !piece) {
        current = { inlines: [], isHard: !piece };
        parts.push(current);
      }
      if (piece) current.inlines.push(piece);
    }
  }
  return parts.map((part) => ({ ...part, inlines: trimInlines(part.inlines) }));
}

/** An inline cut at its line ends; null for a hard break. */
function piecesOf(inline: Inline): (Inline | null)[] {
  if (inline.kind === "break") return [null];
  if (inline.kind === "link") {
    return partsOf(inline.children).map((part) => ({ ...inline, children: part.inlines }));
  }
  return inline.text.split("\n").map((text) => ({ ...inline, text }));
}
