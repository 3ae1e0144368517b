/** Marks of a run of text; a mark that is absent is not set. */
export type Marks = { strong?: true; em?: true; struck?: true; code?: true };

export type TextInline = { kind: "text"; text: string } & Marks;

/** Links are already safe: http, https, mailto, "#anchor" or a path of this site. They never nest. */
export type LinkInline = { kind: "link"; href: string; children: Inline[] };

export type Inline = TextInline | LinkInline | { kind: "break" };

/**
 * A heading of the policy text. `number` is what the author wrote before the title ("一、", "(二)",
 * "1.1") and is not repeated in `inlines`: show `number` first, then `inlines`.
 */
export type HeadingBlock = {
  kind: "heading";
  level: 2 | 3 | 4 | 5;
  anchor: string;
  number: string | null;
  inlines: Inline[];
};

export type ParagraphBlock = { kind: "paragraph"; anchor: string; inlines: Inline[] };

/** `marker` is what the author wrote ("1.", "(1)", "a.", "-"); `blocks` follow the item's own line. */
export type ListItem = { marker: string; anchor: string; inlines: Inline[]; blocks: PolicyBlock[] };

export type ListBlock = { kind: "list"; anchor: string; ordered: boolean; items: ListItem[] };

export type ColumnAlign = "left" | "center" | "right" | null;

/** Every row, the head included, has as many cells as `align` has entries. */
export type TableBlock = {
  kind: "table";
  anchor: string;
  head: Inline[][];
  rows: Inline[][][];
  align: ColumnAlign[];
};

export type QuoteBlock = { kind: "quote"; anchor: string; blocks: PolicyBlock[] };

export type CodeBlock = { kind: "code"; anchor: string; text: string };

export type RuleBlock = { kind: "rule"; anchor: string };

/** A policy text as the reader shows it. Anchors are unique in the whole text, those of items included. */
export type PolicyBlock =
  | HeadingBlock
  | ParagraphBlock
  | ListBlock
  | TableBlock
  | QuoteBlock
  | CodeBlock
  | RuleBlock;

export type OutlineEntry = { anchor: string; level: HeadingBlock["level"]; title: string };
