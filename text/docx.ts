import JSZip from "jszip";
import mammoth from "mammoth";

import { Invalid } from "@/domain/errors";

import { readDocxParts } from "./docx-archive";
import { type WordFindings, completeDocx } from "./docx-text";
import { markdownOfHtml } from "./html-markdown";
import { isBeside, missingFrom, wordsBeside } from "./docx-inventory";
import { elementsOf, parseXml } from "./docx-xml";
import { type ImportWarning, warningOf } from "./import-warnings";
import { TableSize, excessOf, firstExcess } from "./limits";
import { parsePolicyText } from "./parse-text";
import { visibleText } from "./visible-text";

/**
 * The text of a Word document as Markdown: headings, numbers, bold, lists, tables, links, footnotes.
 * What its reader sees in Word and the text does not hold is named in a warning.
 *
 * @throws Invalid policies.errors.import.{docxDamaged, docxBomb, docxTooLong, encrypted, notWord}
 * and tooMany.*
 */
export async function readDocx(
  bytes: Uint8Array,
): Promise<{ markdown: string; warnings: ImportWarning[] }> {
  const parts = readDocxParts(bytes);
  assertWithinLimits(parts);
  const { html, findings } = await read(parts);
  const markdown = markdownOfHtml(html);
  const excess = excessOf(markdown);
  if (excess) throw new Invalid(excess.messageKey, {}, excess.values);

  const isMerged = [...elementsOf(html, "td"), ...elementsOf(html, "th")].some(
    (cell) => cell.hasAttribute("rowspan") || cell.hasAttribute("colspan"),
  );
  const { inventory, warnings } = findings;
  const text = visibleText(parsePolicyText(markdown));
  return {
    markdown,
    warnings: [
      ...warnings,
      ...inventory.asides,
      ...(isMerged ? [warningOf("mergedCells")] : []),
      ...wordsBeside(parts, text),
      ...missingFrom(inventory, text),
    ],
  };
}

const ELEMENT =
  /<(\/?)(?:[\w.-]{1,40}:)?(?:(tbl|tr|tc|hyperlink)(?=[\s/>])|(gridSpan)\s[^<>]{0,200}?(\d{1,5})|\w)/g;

/** Counts the tags before anything is parsed: each costs mammoth some 30 µs, whatever it says. */
function assertWithinLimits(parts: Map<string, Buffer>): void {
  const table = new TableSize();
  let [elements, links, depth, width] = [0, 0, 0, 0];
  const closings: Partial<Record<string, () => void>> = {
    tbl: () => (depth -= 1),
    tr: () => table.addRow(width),
  };
  const openings: Partial<Record<string, () => void>> = {
    tbl: () => (depth++ === 0 ? table.start() : undefined),
    tr: () => (width = 0),
    tc: () => (width += 1),
    hyperlink: () => (links += 1),
  };
  for (const part of parts.values()) {
    for (const [, closes, name = "", span, columns] of part.toString("utf8").matchAll(ELEMENT)) {
      if (!closes) elements += 1;
      if (span) width += Math.min(62, Number(columns));
      else (closes ? closings : openings)[name]?.();
    }
  }
  const excess = firstExcess({ links, rows: table.rows, cells: table.cells, elements });
  if (excess) throw new Invalid(excess.messageKey, {}, excess.values);
}

/** mammoth throws errors of many kinds for parts that are missing or nested beyond the stack. */
async function read(
  parts: Map<string, Buffer>,
): Promise<{ html: Element; findings: WordFindings }> {
  try {
    const findings = completeDocx(parts);
    const { html, unread } = await htmlOf(parts);
    return { html, findings: { ...findings, warnings: [...findings.warnings, ...unread] } };
  } catch {
    throw new Invalid("policies.errors.import.docxDamaged");
  }
}

/** The document as mammoth reads it, and the signs of symbol fonts it has no letter for. */
async function htmlOf(
  parts: Map<string, Buffer>,
): Promise<{ html: Element; unread: ImportWarning[] }> {
  const archive = new JSZip();
  for (const [name, content] of parts) {
    if (!isBeside(name)) archive.file(name, content, { compression: "STORE" });
  }
  const { value, messages } = await mammoth.convertToHtml(
    { buffer: await archive.generateAsync({ type: "nodebuffer" }) },
    {
      styleMap: ["p[style-name='Title'] => h1:fresh", "p[style-name='title'] => h1:fresh"],
      convertImage: mammoth.images.imgElement(() => Promise.resolve({ src: "" })),
      externalFileAccess: false,
    },
  );
  const unread = messages.flatMap(({ message }) => {
    const [, char, font] =
      /unsupported character was ignored: char (\S+) in font (.+)/.exec(message) ?? [];
    return char ? [warningOf("missing", { words: `${font ?? ""} ${char}` })] : [];
  });
  return { html: parseXml(`<body>${value}</body>`).documentElement, unread };
}
