import { elementsOf, isElement } from "./docx-xml";

export function ancestorOf(node: Element | null, ...names: string[]): Element | null {
  for (let above = node?.parentNode; above; above = above.parentNode) {
    if (isElement(above) && names.includes(above.localName)) return above;
  }
  return null;
}

/** What was taken out by a tracked change, and the older form of what has a newer one. */
const UNSEEN = ["del", "moveFrom", "Fallback"];

/** The words an element shows, its own paragraphs' alone: not those of a box of text within it. */
export function wordsOf(element: Element): string {
  return textsOf(element)
    .map((text) => text.textContent ?? "")
    .join("");
}

/** The elements `w:t` and `m:t` that are shown as part of a paragraph. */
export function textsOf(paragraph: Element): Element[] {
  return elementsOf(paragraph, "t").filter(
    (text) => ancestorOf(text, "p") === paragraph && !isUnseen(text),
  );
}

export function isUnseen(element: Element): boolean {
  const hidden = ancestorOf(element, ...UNSEEN);
  return hidden !== null && (hidden.localName !== "Fallback" || hasChoice(hidden));
}

function hasChoice(fallback: Element): boolean {
  const { parentNode } = fallback;
  const choice = parentNode && Array.from(parentNode.childNodes).filter(isElement)[0];
  return !!choice && choice !== fallback && elementsOf(choice, "t").length > 0;
}

/** Where a paragraph is, for who looks for it: its own words, or those of the last before it that has any. */
export function placeOf(paragraph: Element | null): string | null {
  for (let at = paragraph; at; at = before(at)) {
    const words = at.localName === "p" ? wordsOf(at).trim() : "";
    if (words !== "") return words;
  }
  return null;
}

function before(element: Element): Element | null {
  for (let node = element.previousSibling; node; node = node.previousSibling) {
    if (isElement(node)) return node;
  }
  return ancestorOf(element, "p", "tc", "tr", "tbl");
}
