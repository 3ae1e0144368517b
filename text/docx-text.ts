import { joinMarker } from "./visible-text";
import { WordNumbering, keepBulletsOnly } from "./docx-numbering";
import { type WordStyles, boldOf, readStyles } from "./docx-styles";
import { childOf, elementsOf, isElement, parseXml, serializeXml, valueOf } from "./docx-xml";

export type WordFindings = { hasContents: boolean; hasTrackedChanges: boolean };

/**
 * Writes into a Word document what Word itself only computes or inherits, so that a reader of the plain
 * XML (mammoth) finds it: the numbers of numbered paragraphs and the bold of styles. The table of
 * contents, which is a copy of the headings, is taken out. Changes the parts it is given.
 *
 * @throws Invalid policies.errors.import.docxDamaged
 */
export function completeDocx(parts: Map<string, Buffer>): WordFindings {
  const read = (name: string) => parts.get(name)?.toString("utf8") ?? null;
  const main = [...parts.keys()].find((name) => /^word\/document\d*\.xml$/.test(name)) ?? "";
  const source = read(main) ?? "";
  const document = parseXml(source);
  const styles = readStyles(optional(read("word/styles.xml")));
  const numbers = optional(read("word/numbering.xml"));
  const numbering = new WordNumbering(numbers, styles);

  let hasContents = false;
  for (const paragraph of elementsOf(document, "p").filter(isReadable)) {
    const chain = styles.chain(valueOf(childOf(paragraph, "pPr"), "pStyle"));
    if (chain.some(({ name }) => /^toc( heading| \d)/.test(name))) {
      paragraph.parentNode?.removeChild(paragraph);
      hasContents = true;
      continue;
    }
    const marker = numbering.markerOf(paragraph);
    if (marker) writeMarker(paragraph, joinMarker(marker, ""));
    const isHeading = chain.some(({ name }) => /^(heading|title)/.test(name));
    if (!isHeading) writeBold(paragraph, { styles, ofParagraph: boldOf(chain) === true });
  }

  parts.set(main, Buffer.from(serializeXml(document)));
  if (numbers) {
    keepBulletsOnly(numbers);
    parts.set("word/numbering.xml", Buffer.from(serializeXml(numbers)));
  }
  return { hasContents, hasTrackedChanges: /<w:(?:ins|del|moveFrom|moveTo)[ >]/.test(source) };
}

function optional(source: string | null): Document | null {
  return source === null ? null : parseXml(source);
}

/** Not a paragraph of a drawing, a deleted one, or the newer of two forms of a text box. */
function isReadable(paragraph: Element): boolean {
  if (!paragraph.namespaceURI?.includes("wordprocessingml")) return false;
  if (childOf(childOf(childOf(paragraph, "pPr"), "rPr"), "del")) return false;
  for (let above = paragraph.parentNode; above; above = above.parentNode) {
    if (isElement(above) && above.localName === "Choice") return false;
  }
  return true;
}

function writeMarker(paragraph: Element, marker: string): void {
  const text = make(paragraph, "t");
  text.setAttribute("xml:space", "preserve");
  text.appendChild(paragraph.ownerDocument.createTextNode(marker));
  const run = make(paragraph, "r");
  run.appendChild(text);
  const properties = childOf(paragraph, "pPr");
  paragraph.insertBefore(run, properties ? properties.nextSibling : paragraph.firstChild);
}

function writeBold(
  paragraph: Element,
  { styles, ofParagraph }: { styles: WordStyles; ofParagraph: boolean },
): void {
  for (const run of elementsOf(paragraph, "r")) {
    const own = childOf(run, "rPr");
    if (childOf(own, "b")) continue;
    const isBold = boldOf(styles.chain(valueOf(own, "rStyle"))) ?? ofParagraph;
    if (!isBold) continue;
    const properties = own ?? run.insertBefore(make(run, "rPr"), run.firstChild);
    properties.appendChild(make(run, "b"));
  }
}

/** A new element of the same vocabulary, under the same prefix. */
function make(like: Element, name: string): Element {
  const prefix = like.prefix ? `${like.prefix}:` : "";
  return like.ownerDocument.createElementNS(like.namespaceURI, prefix + name);
}
