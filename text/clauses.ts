import type { ColumnAlign, HeadingBlock, Inline, ListBlock, PolicyBlock } from "./blocks";
import { headingText, inlineText } from "./visible-text";

/** The nearest heading above a clause, or the heading itself, and the chapter it is part of, if it is of one. */
export type Section = { anchor: string; title: string; chapter: string | null };

type Place = {
  anchor: string;
  /** How many items and quotes the clause stands in; 0 in the body. */
  depth: number;
  isQuoted: boolean;
  /** Null before the first heading. */
  section: Section | null;
};

type Content =
  | { kind: "heading"; level: HeadingBlock["level"]; marker: string | null; inlines: Inline[] }
  | { kind: "item"; ordered: boolean; marker: string; inlines: Inline[] }
  | { kind: "paragraph"; inlines: Inline[] }
  | { kind: "table"; head: Inline[][]; rows: Inline[][][]; align: ColumnAlign[] }
  | { kind: "code"; text: string }
  | { kind: "rule" };

/** The smallest part of a policy text that is compared as a whole: a heading, an item's line, a table. */
export type Clause = Place & Content;

/** The blocks laid out flat, in reading order. */
export function clausesOf(blocks: PolicyBlock[]): Clause[] {
  const clauses: Clause[] = [];
  let section: Section | null = null;
  let chapter: string | null = null;

  const visit = (block: PolicyBlock, place: Pick<Place, "depth" | "isQuoted">) => {
    if (block.kind === "heading") {
      const title = headingText(block);
      const isChapter = block.level === 2;
      if (isChapter) chapter = title;
      section = { anchor: block.anchor, title, chapter: isChapter ? null : chapter };
    }
    if (block.kind === "list") visitItems(block, place);
    else if (block.kind === "quote") {
      const inside = { depth: place.depth + 1, isQuoted: true };
      for (const inner of block.blocks) visit(inner, inside);
    } else clauses.push({ anchor: block.anchor, ...place, section, ...contentOf(block) });
  };
  const visitItems = ({ items, ordered }: ListBlock, place: Pick<Place, "depth" | "isQuoted">) => {
    for (const { anchor, marker, inlines, blocks: inner } of items) {
      clauses.push({ kind: "item", anchor, ...place, section, ordered, marker, inlines });
      for (const block of inner) visit(block, { ...place, depth: place.depth + 1 });
    }
  };
  for (const block of blocks) visit(block, { depth: 0, isQuoted: false });
  return clauses;
}

export function clauseText(clause: Clause): string {
  switch (clause.kind) {
    case "table":
      return [clause.head, ...clause.rows].map((row) => row.map(inlineText).join(" ")).join("\n");
    case "code":
      return clause.text;
    case "rule":
      return "";
    case "heading":
    case "item":
    case "paragraph":
      return inlineText(clause.inlines);
  }
}

/** What the author wrote before the words, if anything. */
export function markerOf(clause: Clause): string | null {
  return "marker" in clause ? clause.marker : null;
}

function contentOf(block: Exclude<PolicyBlock, { kind: "list" | "quote" }>): Content {
  switch (block.kind) {
    case "heading":
      return {
        kind: "heading",
        level: block.level,
        marker: block.number,
        inlines: block.inlines,
      };
    case "paragraph":
      return { kind: "paragraph", inlines: block.inlines };
    case "table":
      return { kind: "table", head: block.head, rows: block.rows, align: block.align };
    case "code":
      return { kind: "code", text: block.text };
    case "rule":
      return { kind: "rule" };
  }
}
