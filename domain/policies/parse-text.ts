import { withAnchors } from "./anchors";
import { readMarkdown } from "./markdown-drafts";
import { structure } from "./structure";
import type { PolicyBlock } from "./text-blocks";

/**
 * Reads the stored Markdown of a policy text into the blocks a reader sees. Legal numbering (一、 (一)
 * 1. (1), see legal-numbering.ts) becomes headings and lists with stable anchors; raw HTML stays
 * literal text; links other than http, https, mailto, "#anchor" and paths of this site become plain
 * words. Pure: the same text always gives the same blocks. Never throws for any string.
 */
export function parsePolicyText(markdown: string): PolicyBlock[] {
  return withAnchors(structure(readMarkdown(markdown)));
}
