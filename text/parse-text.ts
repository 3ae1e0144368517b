import { withAnchors } from "./anchors";
import { type Draft, readMarkdown } from "./markdown-drafts";
import { structure } from "./structure";
import type { PolicyBlock } from "./blocks";
import { excessOf } from "./limits";

/**
 * Reads the stored Markdown of a policy text into the blocks a reader sees. Legal numbering (一、 (一)
 * 1. (1), see legal-numbering.ts) becomes headings and lists with stable anchors; raw HTML stays
 * literal text; links other than http, https, mailto, "#anchor" and paths of this site become plain
 * words. A text beyond all limits (text-limits.ts), which no door lets in
 * any more, is read line by line.
 *
 * Pure: the same text always gives the same blocks. Never throws, whatever the string.
 */
export function parsePolicyText(markdown: string): PolicyBlock[] {
  return withAnchors(
    structure(excessOf(markdown, STORED) ? linesOf(markdown) : readMarkdown(markdown)),
  );
}

/** Texts were let in that were several times as large as one may be now. */
const STORED = 5;

function linesOf(text: string): Draft[] {
  return text
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => ({ kind: "line", inlines: [{ kind: "text", text: line.trim() }] }));
}
