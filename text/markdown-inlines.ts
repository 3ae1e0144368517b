import type { Definition, FootnoteReference, PhrasingContent } from "mdast";

import { noteAnchor } from "./anchor-names";
import { mergeInlines } from "./inlines";
import { linkAddresses, safeHref } from "./links";
import type { Inline, Marks } from "./blocks";

export type InlineContext = {
  /** Link definitions by identifier. */
  definitions: ReadonlyMap<string, Definition>;
  marks: Marks;
  /** Within a link's words no other link is made. */
  inLink: boolean;
};

/**
 * The inlines of Markdown phrasing. Raw HTML stays literal text but for `<br>`, which breaks the line, and
 * comments, which no reader sees; images become their alternative text, links that are not safe become their words. A line end within the paragraph stays "\n".
 */
export function inlinesOf(nodes: PhrasingContent[], context: InlineContext): Inline[] {
  return mergeInlines(nodes.flatMap((node) => inlineOf(node, context)));
}

function inlineOf(node: PhrasingContent, context: InlineContext): Inline[] {
  switch (node.type) {
    case "strong":
      return marked(node.children, context, { strong: true });
    case "emphasis":
      return marked(node.children, context, { em: true });
    case "delete":
      return marked(node.children, context, { struck: true });
    case "link":
      // GFM's pass over plain text leaves links without a position; our own rule reads those words.
      if (!node.position) return inlinesOf(node.children, context);
      return link(node.url, node.children, context);
    case "linkReference": {
      const definition = context.definitions.get(node.identifier);
      return link(definition?.url ?? "", node.children, context);
    }
    default:
      return leaf(node, context);
  }
}

function leaf(node: PhrasingContent, context: InlineContext): Inline[] {
  switch (node.type) {
    case "text":
      return text(node.value, context);
    case "inlineCode":
      return [{ kind: "text", text: node.value, ...context.marks, code: true }];
    case "html":
      return html(node.value, context);
    case "break":
      return [{ kind: "break" }];
    case "image":
    case "imageReference":
      return text(node.alt, context);
    case "footnoteReference":
      return note(node, context);
    default:
      return [];
  }
}

function marked(children: PhrasingContent[], context: InlineContext, mark: Marks): Inline[] {
  return inlinesOf(children, { ...context, marks: { ...context.marks, ...mark } });
}

function html(source: string, context: InlineContext): Inline[] {
  if (source.startsWith("<!--")) return [];
  return /^<br\s*\/?>$/i.test(source) ? [{ kind: "break" }] : text(source, context);
}

function text(value: string | null | undefined, { marks, inLink }: InlineContext): Inline[] {
  const run = { kind: "text" as const, text: value ?? "", ...marks };
  return inLink ? [run] : linkAddresses(run);
}

function link(address: string, words: PhrasingContent[], context: InlineContext): Inline[] {
  const href = context.inLink ? null : safeHref(address);
  const children = inlinesOf(words, { ...context, inLink: true });
  return href && children.length ? [{ kind: "link", href, children }] : children;
}

function note(node: FootnoteReference, { marks, inLink }: InlineContext): Inline[] {
  const label = node.label ?? node.identifier;
  const words: Inline = { kind: "text", text: `[${label}]`, ...marks };
  return inLink ? [words] : [{ kind: "link", href: `#${noteAnchor(label)}`, children: [words] }];
}
