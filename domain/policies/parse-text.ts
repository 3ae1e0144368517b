import { withAnchors } from "./anchors";
import { readMarkdown } from "./markdown-drafts";
import { nestsTooDeeply } from "./nesting";
import { markdownOfPlainText } from "./plain-text";
import { structure } from "./structure";
import type { PolicyBlock } from "./text-blocks";

/**
 * Reads the stored Markdown of a policy text into the blocks a reader sees. Legal numbering (一、 (一)
 * 1. (1), see legal-numbering.ts) becomes headings and lists with stable anchors; raw HTML stays
 * literal text; links other than http, https, mailto, "#anchor" and paths of this site become plain
 * words. A text that nests absurdly deep (nesting.ts) is read as plain text.
 *
 * Pure: the same text always gives the same blocks. Never throws, whatever the string.
 */
export function parsePolicyText(markdown: string): PolicyBlock[] {
  const source = nestsTooDeeply(markdown) ? markdownOfPlainText(markdown) : markdown;
  return withAnchors(structure(readMarkdown(source)));
}
