import { type PolicyBlock } from "@/text/blocks";

/** The same blocks with anchors of their own, for a page that shows more than one text. */
export function prefixAnchors(blocks: readonly PolicyBlock[], prefix: string): PolicyBlock[] {
  return blocks.map((block) => {
    const anchor = `${prefix}${block.anchor}`;
    if (block.kind === "list") {
      const items = block.items.map((item) => ({
        ...item,
        anchor: `${prefix}${item.anchor}`,
        blocks: prefixAnchors(item.blocks, prefix),
      }));
      return { ...block, anchor, items };
    }
    if (block.kind === "quote")
      return { ...block, anchor, blocks: prefixAnchors(block.blocks, prefix) };
    return { ...block, anchor };
  });
}
