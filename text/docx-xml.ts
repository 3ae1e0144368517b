import { DOMParser, XMLSerializer } from "@xmldom/xmldom";

import { Invalid } from "@/domain/errors";

/** Elements within elements; Word stays far below, and the parser slows down long before the stack ends. */
const DEEPEST = 500;

/**
 * Reads a part of a Word document. Entities are never expanded: a part with a document type is refused.
 *
 * @throws Invalid policies.errors.import.docxDamaged
 */
export function parseXml(source: string): Document {
  if (source.includes("<!DOCTYPE") || depthOf(source) > DEEPEST) refuse();
  const errorHandler = { warning: refuse, error: refuse, fatalError: refuse };
  return new DOMParser({ errorHandler }).parseFromString(source, "text/xml");
}

function refuse(): never {
  throw new Invalid("policies.errors.import.docxDamaged");
}

function depthOf(source: string): number {
  let depth = 0;
  let deepest = 0;
  for (const [tag] of source.matchAll(/<[^<>]+>/g)) {
    if (tag.startsWith("</")) depth -= 1;
    else if (!tag.endsWith("/>") && !/^<[?!]/.test(tag)) depth += 1;
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}

export function serializeXml(document: Document): string {
  return new XMLSerializer().serializeToString(document);
}

/** All elements of this name below the node, in document order, whatever their prefix. */
export function elementsOf(node: Document | Element, name: string): Element[] {
  return Array.from(node.getElementsByTagNameNS("*", name));
}

export function childOf(node: Element | null | undefined, name: string): Element | null {
  return childrenOf(node).find((child) => child.localName === name) ?? null;
}

export function childrenOf(node: Element | null | undefined): Element[] {
  return Array.from(node?.childNodes ?? []).filter(isElement);
}

/** The `w:val` of the child of this name; null without the child, "" where it has no value. */
export function valueOf(node: Element | null | undefined, name: string): string | null {
  const child = childOf(node, name);
  return child && attributeOf(child, "val");
}

/** The attribute, whatever its prefix; "" without one. */
export function attributeOf(element: Element, name: string): string {
  return Array.from(element.attributes).find((one) => one.localName === name)?.value ?? "";
}

export function isElement(node: Node): node is Element {
  return node.nodeType === 1;
}

/** A switch of Word's is on unless it says otherwise. */
export function isOn(element: Element): boolean {
  return !["0", "false", "off", "none"].includes(attributeOf(element, "val"));
}

/** Of Word's own vocabulary, whatever its prefix. */
export function isWord({ namespaceURI }: Element): boolean {
  return namespaceURI?.includes("wordprocessingml") ?? false;
}
