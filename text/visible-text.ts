import type { HeadingBlock, Inline, ListItem, OutlineEntry, PolicyBlock } from "./blocks";

/** The words of the inlines; a line break is "\n". */
export function inlineText(inlines: Inline[]): string {
  let text = "";
  for (const inline of inlines) {
    if (inline.kind === "text") text += inline.text;
    else text += inline.kind === "link" ? inlineText(inline.children) : "\n";
  }
  return text;
}

/** Number and title as one line: "一、总则", "1.1 Scope". */
export function headingText({ number, inlines }: Pick<HeadingBlock, "number" | "inlines">): string {
  return joinMarker(number, inlineText(inlines));
}

/** All a reader can read, in reading order, markers included; one line per block, cells parted by tabs. */
export function visibleText(blocks: PolicyBlock[]): string {
  return blocks.map(blockText).join("\n");
}

export function outline(blocks: PolicyBlock[]): OutlineEntry[] {
  return blocks
    .filter((block) => block.kind === "heading")
    .map((heading) => ({
      anchor: heading.anchor,
      level: heading.level,
      title: headingText(heading),
    }));
}

const CHINESE_CHARACTERS_PER_MINUTE = 400;
const ENGLISH_WORDS_PER_MINUTE = 230;

/** Whole minutes, at least 1: 400 characters a minute in Chinese, 230 words a minute in English. */
export function readingMinutes(blocks: PolicyBlock[], locale: "zh-CN" | "en"): number {
  const text = visibleText(blocks);
  const minutes =
    locale === "zh-CN"
      ? text.replace(/\s/g, "").length / CHINESE_CHARACTERS_PER_MINUTE
      : text.split(/\s+/).filter(Boolean).length / ENGLISH_WORDS_PER_MINUTE;
  return Math.max(1, Math.ceil(minutes));
}

/** Chinese markers stand close to their words, Latin ones keep a blank. */
export function joinMarker(marker: string | null, text: string): string {
  if (!marker) return text;
  return /[\u2e80-\u9fff\uff00-\uffef]/.test(marker) ? `${marker}${text}` : `${marker} ${text}`;
}

function blockText(block: PolicyBlock): string {
  switch (block.kind) {
    case "heading":
      return headingText(block);
    case "paragraph":
      return inlineText(block.inlines);
    case "list":
      return block.items.map(itemText).join("\n");
    case "table":
      return [block.head, ...block.rows].map((row) => row.map(inlineText).join("\t")).join("\n");
    case "quote":
      return visibleText(block.blocks);
    case "code":
      return block.text;
    case "rule":
      return "";
  }
}

function itemText({ marker, inlines, blocks }: ListItem): string {
  const line = joinMarker(marker, inlineText(inlines));
  return blocks.length ? `${line}\n${visibleText(blocks)}` : line;
}
