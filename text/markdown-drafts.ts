import type {
  Definition,
  Heading,
  List,
  ListItem,
  Nodes,
  Paragraph,
  Root,
  RootContent,
  Table,
} from "mdast";
import remarkCjkFriendly from "remark-cjk-friendly";
import remarkGfm from "remark-gfm";
import remarkParse from "remark-parse";
import { type Processor, unified } from "unified";

import { trimInlines } from "./inlines";
import { readSectionLine } from "./legal-numbering";
import { type InlineContext, inlinesOf } from "./markdown-inlines";
import { linesOf, onOneLine } from "./paragraph-lines";
import { readInParts } from "./simple-markdown";
import type { ColumnAlign, Inline } from "./blocks";
import { inlineText } from "./visible-text";

/** What Markdown says of a text, before its legal numbering is read. */
export type Draft =
  | { kind: "line"; inlines: Inline[] }
  | { kind: "heading"; depth: number; inlines: Inline[] }
  | { kind: "list"; ordered: boolean; items: DraftItem[] }
  | { kind: "table"; head: Inline[][]; rows: Inline[][][]; align: ColumnAlign[] }
  | { kind: "quote"; drafts: Draft[] }
  | { kind: "code"; text: string }
  | { kind: "rule" }
  | { kind: "note"; label: string; drafts: Draft[] };

export type DraftItem = { marker: string; drafts: Draft[] };

/** Reads Markdown (CommonMark, GFM tables, footnotes, strikethrough) into drafts. */
export const readMarkdown = (markdown: string): Draft[] => readInParts(markdown, parseMarkdown);

/** The same, all of it by the parser. */
export function parseMarkdown(markdown: string): Draft[] {
  const root = parser.parse(markdown);
  return new Reader(markdown, root).drafts(root.children);
}

/**
 * Blocks of HTML stay text, indented text is no code (legal texts are indented for looks), "[ ]" is no
 * check box, and addresses are found by our own rule (links.ts).
 */
function withoutWhatLegalTextsDoNotUse(this: Processor) {
  const disabled = ["htmlFlow", "codeIndented", "tasklistCheck"];
  const autolinks = ["wwwAutolink", "protocolAutolink", "emailAutolink"];
  const data = this.data();
  data.micromarkExtensions ??= [];
  data.micromarkExtensions.push({ disable: { null: [...disabled, ...autolinks] } });
}

const parser = unified()
  .use(remarkParse)
  .use(remarkGfm, { singleTilde: false })
  .use(remarkCjkFriendly)
  .use(withoutWhatLegalTextsDoNotUse)
  .freeze();

class Reader {
  readonly #definitions = new Map<string, Definition>();
  readonly #used = new Set<string>();
  readonly #context: InlineContext;

  constructor(
    readonly source: string,
    root: Root,
  ) {
    this.#collect(root);
    this.#context = { definitions: this.#definitions, marks: {}, inLink: false };
  }

  drafts(nodes: RootContent[]): Draft[] {
    return nodes.flatMap((node) => this.#draft(node));
  }

  #collect(node: Nodes): void {
    if (node.type === "definition" && !this.#definitions.has(node.identifier)) {
      this.#definitions.set(node.identifier, node);
    }
    if (node.type === "linkReference" || node.type === "imageReference") {
      this.#used.add(node.identifier);
    }
    if ("children" in node) for (const child of node.children) this.#collect(child);
  }

  #draft(node: RootContent): Draft[] {
    switch (node.type) {
      case "paragraph":
        return linesOf(this.#inlines(node)).map((inlines) => ({ kind: "line", inlines }));
      case "heading":
        return [{ kind: "heading", depth: node.depth, inlines: onOneLine(this.#inlines(node)) }];
      case "list":
        return this.#list(node);
      case "table":
        return [this.#table(node)];
      case "blockquote":
        return [{ kind: "quote", drafts: this.drafts(node.children) }];
      case "code":
        return [{ kind: "code", text: node.value }];
      case "thematicBreak":
        return [{ kind: "rule" }];
      default:
        return this.#aside(node);
    }
  }

  #inlines({ children }: Paragraph | Heading): Inline[] {
    return inlinesOf(children, this.#context);
  }

  /** Footnotes; a definition nobody refers to, or a node that should not occur, is shown as its source. */
  #aside(node: RootContent): Draft[] {
    if (node.type === "footnoteDefinition") {
      const label = node.label ?? node.identifier;
      return [{ kind: "note", label, drafts: this.drafts(node.children) }];
    }
    if (node.type === "definition" && this.#used.has(node.identifier)) return [];
    const text = this.#sourceOf(node);
    return text ? [{ kind: "line", inlines: [{ kind: "text", text }] }] : [];
  }

  #sourceOf({ position }: RootContent): string {
    return this.source.slice(position?.start.offset, position?.end.offset);
  }

  /**
   * Markdown takes an unindented line below an item into the item. Where that line heads a section
   * (一、…), the list ends there.
   */
  #list(node: List): Draft[] {
    const drafts: Draft[] = [];
    let items: DraftItem[] = [];
    const markers = counted(node.children.map((child) => this.#markerOf(child)));
    for (const [index, child] of node.children.entries()) {
      const content = this.drafts(child.children);
      const end = content.findIndex(isSectionLine);
      items.push({
        marker: markers[index] ?? "-",
        drafts: end < 0 ? content : content.slice(0, end),
      });
      if (end < 0) continue;
      drafts.push({ kind: "list", ordered: node.ordered === true, items }, ...content.slice(end));
      items = [];
    }
    if (items.length) drafts.push({ kind: "list", ordered: node.ordered === true, items });
    return drafts;
  }

  #markerOf(item: ListItem): string {
    return /^(?:[-*+]|\d+[.)])/.exec(this.#sourceOf(item))?.[0] ?? "-";
  }

  #table({ children, align }: Table): Draft {
    const all = children.map((row) =>
      row.children.map((cell) => trimInlines(inlinesOf(cell.children, this.#context))),
    );
    const width = Math.max(...all.map((row) => row.length));
    const [head = [], ...rows] = all.map((row) => filled(row, width, []));
    return { kind: "table", head, rows, align: filled(align ?? [], width, null) };
  }
}

/** Where every item is written under one number ("1." again and again), they count on, as GFM shows them. */
function counted(markers: string[]): string[] {
  const [first = ""] = markers;
  const [, start, end] = /^(\d+)([.)])$/.exec(first) ?? [];
  if (start === undefined || markers.some((marker) => marker !== first)) return markers;
  return markers.map((_, index) => `${Number(start) + index}${end}`);
}

function filled<Value>(values: Value[], length: number, filler: Value): Value[] {
  return Array.from({ length }, (_, index) => values[index] ?? filler);
}

function isSectionLine(draft: Draft, index: number): boolean {
  return index > 0 && draft.kind === "line" && readSectionLine(inlineText(draft.inlines)) !== null;
}
