import { splitInlines, trimInlines } from "./inlines";
import { type Marker, knownTitle, readMarker, readSectionLine } from "./legal-numbering";
import type { Draft, DraftItem } from "./markdown-drafts";
import type { HeadingBlock, Inline, ListBlock, ListItem, PolicyBlock } from "./blocks";
import { inlineText } from "./visible-text";

/**
 * Turns drafts into blocks by reading the legal numbering: sections become headings, numbered lines
 * become lists, narrower numbers nest below wider ones. Anchors are still empty (see anchors.ts).
 */
export function structure(drafts: Draft[]): PolicyBlock[] {
  return new Structure(levelOf(drafts)).read(drafts, true);
}

/** `#` is the text's title when it stands alone at the top; otherwise the widest depth is level 2. */
function levelOf(drafts: Draft[]): (depth: number) => HeadingBlock["level"] {
  const depths = drafts.filter((draft) => draft.kind === "heading").map(({ depth }) => depth);
  const hasTitle = depths[0] === 1 && depths.indexOf(1, 1) < 0;
  const widest = Math.min(...(hasTitle ? depths.slice(1) : depths));
  const levels = [2, 3, 4, 5] as const;
  return (depth) => levels[Math.min(3, Math.max(0, depth - widest))] ?? 2;
}

type OpenList = { rank: number; kind: Marker["kind"]; list: ListBlock; last: ListItem };

class Structure {
  constructor(readonly level: (depth: number) => HeadingBlock["level"]) {}

  /** Sections are only read in the body, not within items, quotes and footnotes. */
  read(drafts: Draft[], isBody: boolean): PolicyBlock[] {
    const run = new NumberedRun();
    const notes: ListItem[] = [];
    for (const draft of drafts) {
      if (draft.kind === "line") this.#line(run, draft.inlines, isBody);
      else if (draft.kind === "list" && draft.ordered) {
        for (const item of draft.items) this.#item(run, item);
      } else if (draft.kind === "note") notes.push(this.#note(draft));
      else run.close(this.#block(draft, isBody));
    }
    if (notes.length) run.close({ kind: "list", anchor: "", ordered: true, items: notes });
    return run.blocks;
  }

  #line(run: NumberedRun, inlines: Inline[], isBody: boolean): void {
    const text = inlineText(inlines);
    const section = isBody ? readSectionLine(text) : null;
    if (section) {
      const { level, marker, titleEnd } = section;
      const [title, rest] = splitInlines(inlines, titleEnd);
      run.close(heading(level, marker, title));
      if (titleEnd < text.length) run.close(paragraph(trimInlines(rest)));
      return;
    }
    const marker = readMarker(text);
    if (marker) run.add(marker, { inlines: withoutMarker(inlines, marker), blocks: [] });
    else if (isBody && knownTitle(text)) run.close(heading(2, null, inlines));
    else run.close(paragraph(inlines));
  }

  /** An item of a Markdown list joins the run like a line that begins with its marker. */
  #item(run: NumberedRun, item: DraftItem): void {
    const marker = readMarker(item.marker);
    const content = this.#content(item);
    if (marker) run.add(marker, content);
    else
      run.close({
        kind: "list",
        anchor: "",
        ordered: true,
        items: [listItem(item.marker, content)],
      });
  }

  #content({ drafts }: DraftItem): Pick<ListItem, "inlines" | "blocks"> {
    const [first, ...rest] = drafts;
    if (first?.kind !== "line") return { inlines: [], blocks: this.read(drafts, false) };
    return { inlines: first.inlines, blocks: this.read(rest, false) };
  }

  #note({ label, drafts }: Extract<Draft, { kind: "note" }>): ListItem {
    return listItem(`[${label}]`, this.#content({ marker: label, drafts }));
  }

  #block(draft: Exclude<Draft, { kind: "line" | "note" }>, isBody: boolean): PolicyBlock {
    switch (draft.kind) {
      case "heading":
        return isBody ? this.#heading(draft) : paragraph(draft.inlines);
      case "list": {
        const items = draft.items.map((item) => listItem(item.marker, this.#content(item)));
        return { kind: "list", anchor: "", ordered: draft.ordered, items };
      }
      case "quote":
        return { kind: "quote", anchor: "", blocks: this.read(draft.drafts, false) };
      case "table":
      case "code":
      case "rule":
        return { ...draft, anchor: "" };
    }
  }

  /** A number of Chinese law (一、 (一)) gives the level; any other heading has the depth it was given. */
  #heading({ depth, inlines }: Extract<Draft, { kind: "heading" }>): HeadingBlock {
    const text = inlineText(inlines);
    const section = readSectionLine(text);
    const marker = section?.marker ?? readMarker(text);
    const isNumber = marker !== null && marker.segment !== null && marker.end < text.length;
    return heading(section?.level ?? this.level(depth), isNumber ? marker : null, inlines);
  }
}

/** The lists that numbered lines build while nothing else stands between them. */
class NumberedRun {
  readonly blocks: PolicyBlock[] = [];
  #open: OpenList[] = [];

  close(block: PolicyBlock): void {
    this.#open = [];
    this.blocks.push(block);
  }

  add(marker: Marker, content: Pick<ListItem, "inlines" | "blocks">): void {
    const item = listItem(marker.raw, content);
    const open = this.#listFor(marker);
    if (open) {
      open.list.items.push(item);
      open.last = item;
      return;
    }
    const list: ListBlock = {
      kind: "list",
      anchor: "",
      ordered: marker.kind !== "bullet",
      items: [item],
    };
    (this.#open.at(-1)?.last.blocks ?? this.blocks).push(list);
    this.#open.push({ rank: marker.rank, kind: marker.kind, list, last: item });
  }

  /** The open list the marker goes on with; otherwise closes what is not wider than the marker. */
  #listFor({ kind, rank, segment }: Marker): OpenList | null {
    while (this.#open.length) {
      const top = this.#open.at(-1);
      if (!top || top.rank < rank) return null;
      if (top.kind === kind && !(segment === "1" && kind !== "bullet")) return top;
      this.#open.pop();
    }
    return null;
  }
}

function heading(
  level: HeadingBlock["level"],
  marker: Marker | null,
  title: Inline[],
): HeadingBlock {
  const inlines = marker ? withoutMarker(title, marker) : title;
  return { kind: "heading", level, anchor: "", number: marker?.raw ?? null, inlines };
}

function paragraph(inlines: Inline[]): PolicyBlock {
  return { kind: "paragraph", anchor: "", inlines };
}

function listItem(
  marker: string,
  { inlines, blocks }: Pick<ListItem, "inlines" | "blocks">,
): ListItem {
  return { marker, anchor: "", inlines, blocks };
}

function withoutMarker(inlines: Inline[], { end }: Marker): Inline[] {
  return trimInlines(splitInlines(inlines, end)[1]);
}
