import { noteAnchor, shortHash } from "./anchor-names";
import { knownTitle, readMarker } from "./legal-numbering";
import type { HeadingBlock, ListItem, PolicyBlock } from "./blocks";
import { inlineText } from "./visible-text";

/**
 * Gives every block and item its anchor, from the numbers the author wrote, so that it keeps its
 * anchor when text elsewhere comes or goes:
 * - sections: `sec-3`, `sec-3-1`; without a number `sec-intro`, a slug of a Latin title, or eight hex
 *   digits of the title's hash;
 * - numbered items: section, subsection, number: `sec-3-1-2`; straight below a section `sec-3-0-2`
 *   (0 holds the place of what is missing, so items and subsections never collide), (1) without a
 *   1. above it `sec-3-1-0-1`; text before any section counts as section 0;
 * - the rest by position within their section: `sec-3-1-p2`, `-t1` (table), `-l1`, `-q1`, `-c1`, `-r1`,
 *   bullets `-b1`.
 * A second use of the same number gets `-x2`. Anchors are at most 80 characters of a–z, 0–9 and "-".
 */
export function withAnchors(blocks: PolicyBlock[]): PolicyBlock[] {
  const anchors = new Anchors();
  return blocks.map((block) => anchors.ofBlock(block, null));
}

type Above = { anchor: string; depth: number };

const LETTERS = {
  paragraph: "p",
  table: "t",
  list: "l",
  quote: "q",
  code: "c",
  rule: "r",
} as const;
/** Ranks of legal-numbering: what is narrower than "1." has its place one deeper. */
const RANK_OF_ITEMS = 2;

class Anchors {
  readonly #used = new Set<string>();
  readonly #counts = new Map<string, number>();
  /** How often an anchor was used, so that the hundredth use need not try the ninety-nine before it. */
  readonly #times = new Map<string, number>();
  #headings: HeadingBlock[] = [];

  /** `parent` is the item the block stands in, null in the body. */
  ofBlock(block: PolicyBlock, parent: string | null): PolicyBlock {
    if (block.kind === "heading") return this.#heading(block);
    const anchor = this.#count(parent ?? this.#section().anchor, LETTERS[block.kind]);
    switch (block.kind) {
      case "list":
        return { ...block, anchor, items: block.items.map((item) => this.#item(item, parent)) };
      case "quote":
        return {
          ...block,
          anchor,
          blocks: block.blocks.map((inner) => this.ofBlock(inner, anchor)),
        };
      default:
        return { ...block, anchor };
    }
  }

  /** An article ends the one before it, which may have been a heading. */
  #section(isArticle = false): Above {
    const isAbove = ({ number }: HeadingBlock) =>
      !isArticle || readMarker(`${number ?? ""} `)?.kind !== "article";
    const heading = this.#headings.findLast(isAbove);
    return heading
      ? { anchor: heading.anchor, depth: heading.level - 1 }
      : { anchor: "sec-0", depth: 1 };
  }

  #heading(heading: HeadingBlock): HeadingBlock {
    const above = this.#headings.filter(({ level }) => level < heading.level);
    const parent = above.at(-1)?.anchor;
    const anchored = {
      ...heading,
      anchor: this.#claim(`${parent ?? "sec"}-${headingSegment(heading, parent)}`),
    };
    this.#headings = [...above, anchored];
    return anchored;
  }

  #item(item: ListItem, parent: string | null): ListItem {
    const anchor = this.#itemAnchor(item, parent);
    return { ...item, anchor, blocks: item.blocks.map((block) => this.ofBlock(block, anchor)) };
  }

  #itemAnchor({ marker }: ListItem, parent: string | null): string {
    const note = /^\[(.+)\]$/.exec(marker)?.[1];
    if (note) return this.#claim(noteAnchor(note));
    const read = readMarker(`${marker} `);
    if (!read?.segment) return this.#count(parent ?? this.#section().anchor, "b");
    if (parent) return this.#claim(`${parent}-${read.segment}`);

    const { anchor, depth } = this.#section(read.kind === "article");
    const deeper = Math.max(0, Math.min(read.rank, 3) - RANK_OF_ITEMS);
    const missing = Math.max(2 - depth, 0) + deeper;
    return this.#claim(`${anchor}${"-0".repeat(missing)}-${read.segment}`);
  }

  #count(base: string, letter: string): string {
    const key = `${base}-${letter}`;
    const count = (this.#counts.get(key) ?? 0) + 1;
    this.#counts.set(key, count);
    return this.#claim(`${key}${count}`);
  }

  #claim(wanted: string): string {
    const base = wanted.length <= LONGEST ? wanted : `${wanted.slice(0, 60)}-${shortHash(wanted)}`;
    let time = this.#times.get(base) ?? 1;
    let anchor = time === 1 ? base : `${base}-x${time}`;
    for (; this.#used.has(anchor); anchor = `${base}-x${time}`) time += 1;
    this.#times.set(base, time);
    this.#used.add(anchor);
    return anchor;
  }
}

/** Leaves room for "-x2" within 80 characters. */
const LONGEST = 74;

function headingSegment(
  { number, inlines, level }: HeadingBlock,
  parent: string | undefined,
): string {
  const marker = number ? readMarker(`${number} `) : null;
  if (!marker?.segment) return titleSegment(inlineText(inlines));
  // Below "1." the heading "1.2" is sec-1-2: its own part of the number is the last.
  if (parent) return marker.segment.split("-").at(-1) ?? marker.segment;
  return marker.rank > 0 && marker.rank <= 1 && level === 3
    ? `0-${marker.segment}`
    : marker.segment;
}

function titleSegment(title: string): string {
  const known = knownTitle(title);
  if (known) return known;
  const slug = title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
  // The hash of a number alone would look like a number of a section.
  const isLatin = /^[\x20-\x7e‘’“”–—]*$/.test(title) && /^[a-z]/.test(slug);
  return isLatin ? slug.slice(0, 60) : shortHash(title);
}
