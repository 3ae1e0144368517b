import { mergeInlines } from "./inlines";
import { safeHref } from "./links";
import type { Inline, Marks } from "./blocks";
import { attributeOf, childrenOf, elementsOf, isElement } from "./docx-xml";
import { withOwnNumbers } from "./plain-text";
import { noteLink, writeCell, writeParagraph, writeTitle } from "./write-markdown";

/**
 * Markdown of the HTML that mammoth makes of a Word document, parsed. Pictures are left out; a cell that
 * spans rows is repeated in each, because a Markdown table has no spans.
 */
export function markdownOfHtml(html: Element): string {
  return `${new Writer(html).blocks(html).join("\n\n")}\n`;
}

const MARKS: Record<string, Marks> = {
  strong: { strong: true },
  em: { em: true },
  s: { struck: true },
};

/** mammoth's ids: `footnote-2` is a note's text, `footnote-ref-2` the place that refers to it. */
const NOTE = /^#((?:foot|end)note-(?!ref-).+)$/;
const NOTE_REFERENCE = /^#(?:foot|end)note-ref-/;

class Writer {
  /** The number a footnote is shown under, by the id of its text. */
  readonly #notes = new Map<string, string>();

  constructor(html: Element) {
    for (const link of elementsOf(html, "a")) {
      const id = NOTE.exec(attributeOf(link, "href"))?.[1];
      if (id) this.#notes.set(id, (link.textContent ?? "").replace(/\D/g, ""));
    }
  }

  blocks(element: Element): string[] {
    const blocks = childrenOf(element).flatMap((child) => this.#block(child));
    return withOwnNumbers(blocks.filter((block) => block !== ""));
  }

  #block(element: Element): string[] {
    switch (element.localName) {
      case "ul":
        return [this.#list(element)];
      case "ol":
        return childrenOf(element).map((item) => this.#note(item));
      case "table":
        return this.#table(element);
      default: {
        const depth = /^h([1-6])$/.exec(element.localName)?.[1];
        return [depth ? this.#heading(element, depth) : writeParagraph(this.#inlines(element, {}))];
      }
    }
  }

  /** Headings are bold anyway: bold throughout says nothing. */
  #heading(element: Element, depth: string): string {
    const inlines = this.#inlines(element, {});
    const isBold = inlines.every((inline) => inline.kind !== "text" || inline.strong);
    const title = writeTitle(isBold ? inlines.map(withoutBold) : inlines);
    return title && `${"#".repeat(Number(depth))} ${title}`;
  }

  #list(list: Element): string {
    return childrenOf(list)
      .map((item) => this.#item(item))
      .join("\n");
  }

  /** An item without words is only there for the depth of the list within it. */
  #item(item: Element): string {
    const words = writeParagraph(this.#inlines(item, {}));
    const inner = childrenOf(item)
      .filter(({ localName }) => localName === "ul")
      .map((list) => this.#list(list));
    return words ? indent([words, ...inner].join("\n"), "- ") : inner.join("\n");
  }

  #note(item: Element): string {
    const label = this.#notes.get(attributeOf(item, "id"));
    if (!label) return writeParagraph(this.#inlines(item, {}));
    return indent(this.blocks(item).join("\n\n"), `[^${label}]: `);
  }

  #table(table: Element): string[] {
    const rows = childrenOf(table).flatMap((child) =>
      child.localName === "tr"
        ? [child]
        : childrenOf(child).filter(({ localName }) => localName === "tr"),
    );
    const [only] = rows.length === 1 ? childrenOf(rows[0]) : [];
    // A table of one cell is a frame around text.
    if (only && childrenOf(rows[0]).length === 1) return this.blocks(only);

    const grid = gridOf(rows, (cell) => writeCell(this.#cell(cell)));
    const width = Math.max(0, ...grid.map((row) => row.length));
    const lines = grid.map((row) => line(Array.from({ length: width }, (_, i) => row[i] ?? "")));
    return [[...lines.slice(0, 1), line(Array(width).fill("---")), ...lines.slice(1)].join("\n")];
  }

  /** All paragraphs and items of a cell, one below the other. */
  #cell(cell: Element): Inline[] {
    const leaves = elementsOf(cell, "*").filter(({ localName }) =>
      /^(?:p|h[1-6]|li)$/.test(localName),
    );
    return leaves.flatMap((leaf, index): Inline[] => [
      ...(index ? [{ kind: "break" as const }] : []),
      ...(leaf.localName === "li" ? [{ kind: "text" as const, text: "• " }] : []),
      ...this.#inlines(leaf, {}),
    ]);
  }

  #inlines(element: Element, marks: Marks): Inline[] {
    return mergeInlines(
      Array.from(element.childNodes).flatMap((node) => this.#inline(node, marks)),
    );
  }

  #inline(node: Node, marks: Marks): Inline[] {
    if (!isElement(node)) {
      return [{ kind: "text", text: (node.nodeValue ?? "").replace(/[\t\r\n]+/g, " "), ...marks }];
    }
    switch (node.localName) {
      case "br":
        return [{ kind: "break" }];
      case "input":
        return [{ kind: "text", text: node.hasAttribute("checked") ? "☑" : "☐", ...marks }];
      case "a":
        return this.#link(node, marks);
      case "ul":
      case "ol":
      case "table":
      case "img":
        return [];
      default:
        return this.#inlines(node, { ...marks, ...MARKS[node.localName] });
    }
  }

  /** Links within the document led to Word's bookmarks, which are gone: their words stay. */
  #link(link: Element, marks: Marks): Inline[] {
    const address = attributeOf(link, "href");
    if (NOTE_REFERENCE.test(address)) return [];
    const note = this.#notes.get(NOTE.exec(address)?.[1] ?? "");
    if (note) return [noteLink(note)];
    const children = this.#inlines(link, marks);
    const href = address.startsWith("#") ? null : safeHref(address);
    return href ? [{ kind: "link", href, children }] : children;
  }
}

function withoutBold(inline: Inline): Inline {
  if (inline.kind !== "text") return inline;
  const { strong, ...plain } = inline;
  return strong ? plain : inline;
}

/** The cells by row and column, spans filled: across rows repeated, across columns left empty. */
function gridOf(rows: Element[], write: (cell: Element) => string): string[][] {
  const grid: string[][] = rows.map(() => []);
  for (const [top, row] of rows.entries()) {
    let left = 0;
    for (const cell of childrenOf(row)) {
      while (grid[top]?.[left] !== undefined) left += 1;
      const text = write(cell);
      for (let y = 0; y < spanOf(cell, "rowspan"); y += 1) {
        for (let x = 0; x < spanOf(cell, "colspan"); x += 1) {
          const target = grid[top + y];
          if (target) target[left + x] = x === 0 ? text : "";
        }
      }
    }
  }
  return grid;
}

/** Word allows 63 columns; a longer span is a mistake or an attack. */
function spanOf(cell: Element, name: "rowspan" | "colspan"): number {
  const span = Number(attributeOf(cell, name) || "1");
  return Number.isInteger(span) && span >= 1 ? Math.min(span, name === "colspan" ? 63 : 1_000) : 1;
}

function line(cells: string[]): string {
  return `| ${cells.join(" | ")} |`;
}

function indent(text: string, first: string): string {
  const blank = " ".repeat(first.startsWith("[") ? 4 : first.length);
  return first + text.replace(/\n(?=.)/g, `\n${blank}`);
}
