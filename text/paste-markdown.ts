import type { Element, ElementContent, Nodes, Root, RootContent } from "hast";
import { fromHtmlIsomorphic } from "hast-util-from-html-isomorphic";
import { toMdast } from "hast-util-to-mdast";
import { gfmToMarkdown } from "mdast-util-gfm";
import { type Options, toMarkdown } from "mdast-util-to-markdown";
import { cjkFriendlyToMarkdown } from "mdast-util-to-markdown-cjk-friendly";

import { safeHref } from "./links";

/** What says more than its letters: without any of it the plain text of the clipboard is as good. */
const SAYS_MORE = /<(?:table|h[1-6]|strong|b|ul|ol|a\s)|font-weight: *(?:bold|[6-9]00)|mso-list/i;

/** Of a Word document or a page these are not words. */
const UNSEEN = new Set(["script", "style", "meta", "link", "title", "template", "xml", "img"]);
const HIDDEN = /display: *none|mso-hide: *all/i;
const BOLD = /font-weight: *(?:bold|[6-9]00)/i;
const NOT_BOLD = /font-weight: *(?:normal|400)/i;
const SPAN = /^(?:span|font)$/;
const BLOCKS = /^(?:p|div|li|h[1-6])$/;

/** A table of a page seldom has more; a longer span is a mistake. */
const MOST_SPANNED = 200;

/**
 * Markdown of what was copied from a web page or from Word: headings, bold, lists, links and tables
 * stay; pictures and colours do not. A cell that spans rows is repeated in each, for a Markdown table
 * has no spans. Numbers that Word wrote in front of paragraphs stay as words.
 * @returns null where the plain text says as much
 */
export function markdownOfPaste(html: string): string | null {
  if (!SAYS_MORE.test(html)) return null;
  const tree = fromHtmlIsomorphic(html, { fragment: true });
  tidy(tree);
  const read = toMdast(tree, {
    handlers: { br: (_state, { properties }) => lineBreak(Boolean(properties.inCell)) },
  });
  const markdown = toMarkdown(read, WAY_OF_WRITING).trim();
  return markdown === "" ? null : markdown;
}

const WAY_OF_WRITING: Options = {
  ...{ bullet: "-", rule: "-" },
  extensions: [gfmToMarkdown({ tablePipeAlign: false }), cjkFriendlyToMarkdown()],
};

const lineBreak = (isInCell: boolean) =>
  isInCell ? ({ type: "html", value: "<br>" } as const) : ({ type: "break" } as const);

function tidy(tree: Root): void {
  tree.children = tree.children.flatMap(clean) as RootContent[];
}

/** What a reader saw of a node, in elements that Markdown has. */
function clean(node: RootContent): RootContent[] {
  if (node.type === "comment" || node.type === "doctype") return [];
  if (node.type !== "element") return [node];
  if (UNSEEN.has(node.tagName) || HIDDEN.test(styleOf(node))) return [];
  node.children = node.children.flatMap((child) => clean(child) as ElementContent[]);
  if (node.tagName === "table") return [withoutSpans(node)];
  // Titles are bold anyway.
  if (/^h[1-6]$/.test(node.tagName)) node.children = node.children.flatMap(unbold);
  if (saysNothing(node)) return node.children;
  return [SPAN.test(node.tagName) ? { ...node, tagName: "strong" } : node];
}

/** Whether only what is within an element is words: a span without bold, a link to nowhere. */
function saysNothing(node: Element): boolean {
  const { tagName, properties } = node;
  if (tagName === "a") return !safeHref(String(properties.href ?? ""));
  if (isBold(node)) return NOT_BOLD.test(styleOf(node));
  return SPAN.test(tagName) && !BOLD.test(styleOf(node));
}

const styleOf = ({ properties }: Element): string => String(properties.style ?? "");
const isBold = ({ tagName }: Element): boolean => tagName === "b" || tagName === "strong";
const unbold = (node: ElementContent): ElementContent[] =>
  isElement(node) && isBold(node) ? node.children : [node];

/** The same table with as many cells in each row, and one line to a cell. */
function withoutSpans(table: Element): Element {
  const rows = rowsOf(table);
  const grid: Element[][] = rows.map(() => []);
  for (const [top, row] of rows.entries()) {
    let left = 0;
    for (const cell of row.children.filter(isCell)) {
      while (grid[top]?.[left]) left += 1;
      const words = onOneLine(cell);
      for (let y = 0; y < spanOf(cell, "rowSpan"); y += 1)
        for (let x = 0; x < spanOf(cell, "colSpan"); x += 1) {
          const target = grid[top + y];
          if (target) target[left + x] = element(cell.tagName, x === 0 ? words : []);
        }
    }
  }
  const width = Math.max(0, ...grid.map((row) => row.length));
  return element(
    "table",
    grid.map((row) =>
      element(
        "tr",
        Array.from({ length: width }, (_, x) => row[x] ?? element("td", [])),
      ),
    ),
  );
}

const rowsOf = (node: Element): Element[] =>
  node.children.filter(isElement).flatMap((child) => {
    if (child.tagName === "tr") return [child];
    return child.tagName === "table" || isCell(child) ? [] : rowsOf(child);
  });

/** All a cell says, its paragraphs and items one below the other. */
function onOneLine(cell: Element): ElementContent[] {
  const lines: ElementContent[][] = [[]];
  const walk = (nodes: readonly ElementContent[]) => {
    for (const node of nodes) {
      if (!isElement(node)) lines.at(-1)?.push(node);
      else if (node.tagName === "br") lines.push([]);
      else if (BLOCKS.test(node.tagName)) {
        if (!isBlank(lines.at(-1) ?? [])) lines.push([]);
        walk(node.children);
      } else if (/^(?:ul|ol|table|thead|tbody|tr|td|th)$/.test(node.tagName)) walk(node.children);
      else lines.at(-1)?.push(node);
    }
  };
  walk(cell.children);
  return lines
    .filter((line) => !isBlank(line))
    .flatMap((line, index) => (index === 0 ? line : [CELL_BREAK, ...line]));
}

const CELL_BREAK: Element = {
  ...{ type: "element", tagName: "br", children: [] },
  properties: { inCell: true },
};

const element = (tagName: string, children: ElementContent[]): Element => ({
  ...{ type: "element", tagName, children },
  properties: {},
});
const isElement = (node: Nodes): node is Element => node.type === "element";
const isCell = (node: Nodes): node is Element => isElement(node) && /^t[dh]$/.test(node.tagName);
const isBlank = (nodes: readonly ElementContent[]): boolean =>
  nodes.every((node) => node.type === "text" && node.value.trim() === "");

function spanOf({ properties }: Element, name: "rowSpan" | "colSpan"): number {
  const span = Number(properties[name] ?? 1);
  return Number.isInteger(span) && span >= 1 ? Math.min(span, MOST_SPANNED) : 1;
}
