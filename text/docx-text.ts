import { WordNumbering, keepBulletsOnly } from "./docx-numbering";
import { type Inventory, takeInventory } from "./docx-inventory";
import { type WordStyles, boldOf, isContents, readStyles } from "./docx-styles";
import { make, runOf, showAsWord, showLetters, withoutCodes, withoutHidden } from "./docx-visible";
import {
  childOf,
  elementsOf,
  isElement,
  isWord,
  parseXml,
  serializeXml,
  valueOf,
} from "./docx-xml";
import { type ImportWarning, warningOf } from "./import-warnings";

export type WordFindings = { inventory: Inventory; warnings: ImportWarning[] };

/**
 * Writes into a Word document what Word itself only computes or inherits, so that a reader of the plain
 * XML (mammoth) finds it: the numbers of numbered paragraphs, the bold of styles, fields, formulas. The
 * table of contents, which is a copy of the headings, and hidden text are taken out. Changes the parts
 * it is given.
 *
 * @throws Invalid policies.errors.import.docxDamaged
 */
export function completeDocx(parts: Map<string, Buffer>): WordFindings {
  const read = (name: string) => parts.get(name)?.toString("utf8") ?? null;
  const styles = readStyles(optional(read("word/styles.xml")));
  const numbers = optional(read("word/numbering.xml"));
  const texts = new Map(
    [...parts.keys()]
      .filter((name) => TEXTS.test(name))
      .map((name) => [name, parseXml(read(name) ?? "")]),
  );
  const all = [...texts.values()];
  const hidden = all.flatMap((document) => withoutHidden(document, styles));
  for (const document of all) {
    withoutCodes(document);
    showLetters(document, styles);
  }
  const inventory = takeInventory(all, styles);
  const warnings = [
    ...(all.some(isTracked) ? [warningOf("trackedChanges")] : []),
    ...(all.map((document) => withoutContents(document, styles)).some(Boolean)
      ? [warningOf("contents")]
      : []),
    ...hidden,
    ...all.flatMap(showAsWord),
  ];

  const numbering = new WordNumbering(numbers, styles);
  for (const [name, document] of texts) {
    for (const paragraph of elementsOf(document, "p").filter(isReadable)) {
      complete(paragraph, { styles, numbering });
    }
    parts.set(name, Buffer.from(serializeXml(document)));
  }
  if (numbers) {
    keepBulletsOnly(numbers);
    parts.set("word/numbering.xml", Buffer.from(serializeXml(numbers)));
  }
  const unknown = [...numbering.unknownFormats];
  return {
    inventory,
    warnings: [...warnings, ...unknown.map((words) => warningOf("numberFormats", { words }))],
  };
}

/** The text itself, then its notes: in the order of their numbers' counting. */
const TEXTS = /^word\/(?:document\d*|footnotes|endnotes)\.xml$/;

function isTracked(document: Document): boolean {
  return ["ins", "del", "moveFrom", "moveTo"].some((name) =>
    elementsOf(document, name).some(isWord),
  );
}

/** Whether there was a table of contents. */
function withoutContents(document: Document, styles: WordStyles): boolean {
  const lines = elementsOf(document, "p").filter((paragraph) =>
    isContents(styles, valueOf(childOf(paragraph, "pPr"), "pStyle")),
  );
  for (const line of lines) line.parentNode?.removeChild(line);
  return lines.length > 0;
}

type Word = { styles: WordStyles; numbering: WordNumbering };

function complete(paragraph: Element, { styles, numbering }: Word): void {
  const chain = styles.chain(valueOf(childOf(paragraph, "pPr"), "pStyle"));
  const marker = numbering.markerOf(paragraph);
  if (marker) writeMarker(paragraph, marker);
  const isHeading = chain.some(({ name }) => /^(heading|title)/.test(name));
  if (!isHeading) writeBold(paragraph, { styles, ofParagraph: boldOf(chain) === true });
}

function optional(source: string | null): Document | null {
  return source === null ? null : parseXml(source);
}

/** Not a paragraph of a drawing, a deleted one, or the newer of two forms of a text box. */
function isReadable(paragraph: Element): boolean {
  if (!isWord(paragraph)) return false;
  if (childOf(childOf(childOf(paragraph, "pPr"), "rPr"), "del")) return false;
  for (let above = paragraph.parentNode; above; above = above.parentNode) {
    if (isElement(above) && above.localName === "Choice") return false;
  }
  return true;
}

function writeMarker(paragraph: Element, marker: string): void {
  const properties = childOf(paragraph, "pPr");
  const place = properties ? properties.nextSibling : paragraph.firstChild;
  paragraph.insertBefore(runOf(paragraph, marker), place);
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
