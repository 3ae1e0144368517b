import { attributeOf, childOf, elementsOf, isOn, valueOf } from "./docx-xml";

export type WordStyle = {
  /** Lower case: "heading 1", "toc 2", "strong". */
  name: string;
  basedOn: string | null;
  properties: Element;
};

export type WordStyles = {
  /** From the style itself to the one it is based on, and so on. */
  chain(id: string | null): WordStyle[];
};

export function readStyles(document: Document | null): WordStyles {
  const styles = new Map<string, WordStyle>();
  for (const style of document ? elementsOf(document, "style") : []) {
    styles.set(attributeOf(style, "styleId"), {
      name: (valueOf(style, "name") ?? "").toLowerCase(),
      basedOn: valueOf(style, "basedOn"),
      properties: style,
    });
  }
  return {
    chain(id) {
      const chain: WordStyle[] = [];
      for (let next = id; next !== null;) {
        const style = styles.get(next);
        if (!style || chain.includes(style)) break;
        chain.push(style);
        next = style.basedOn;
      }
      return chain;
    },
  };
}

/** Whether a paragraph of this style is a line of the table of contents, or its heading. */
export function isContents(styles: WordStyles, id: string | null): boolean {
  return styles.chain(id).some(({ name }) => /^toc( heading| \d)/.test(name));
}

/** Whether the styles set bold, the nearest that speaks of it deciding; null when none does. */
export function boldOf(chain: WordStyle[]): boolean | null {
  for (const { properties } of chain) {
    const bold = childOf(childOf(properties, "rPr"), "b");
    if (bold) return isOn(bold);
  }
  return null;
}
