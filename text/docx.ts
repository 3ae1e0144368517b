import JSZip from "jszip";
import mammoth from "mammoth";

import { Invalid } from "@/domain/errors";

import { readDocxParts } from "./docx-archive";
import { type WordFindings, completeDocx } from "./docx-text";
import { markdownOfHtml } from "./html-markdown";
import { TableSize, firstExcess } from "./limits";
import { elementsOf, parseXml } from "./docx-xml";

export type DocxWarning =
  | "policies.errors.import.warnings.images"
  | "policies.errors.import.warnings.contents"
  | "policies.errors.import.warnings.trackedChanges"
  | "policies.errors.import.warnings.mergedCells";

/**
 * The text of a Word document as Markdown: headings, numbers, bold, lists, tables, links, footnotes.
 *
 * @throws Invalid policies.errors.import.{docxDamaged, docxBomb, docxTooLong, encrypted, notWord}
 * and tooMany.*
 */
export async function readDocx(
  bytes: Uint8Array,
): Promise<{ markdown: string; warnings: DocxWarning[] }> {
  const parts = readDocxParts(bytes);
  assertWithinLimits(parts);
  const { html, findings } = await read(parts);
  const isMerged = [...elementsOf(html, "td"), ...elementsOf(html, "th")].some(
    (cell) => cell.hasAttribute("rowspan") || cell.hasAttribute("colspan"),
  );
  const found: [boolean, DocxWarning][] = [
    [findings.hasTrackedChanges, "policies.errors.import.warnings.trackedChanges"],
    [findings.hasContents, "policies.errors.import.warnings.contents"],
    [elementsOf(html, "img").length > 0, "policies.errors.import.warnings.images"],
    [isMerged, "policies.errors.import.warnings.mergedCells"],
  ];
  const warnings = found.filter(([isFound]) => isFound).map(([, warning]) => warning);
  return { markdown: markdownOfHtml(html), warnings };
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
    return { html: await htmlOf(parts), findings };
  } catch {
    throw new Invalid("policies.errors.import.docxDamaged");
  }
}

async function htmlOf(parts: Map<string, Buffer>): Promise<Element> {
  const archive = new JSZip();
  for (const [name, content] of parts) archive.file(name, content, { compression: "STORE" });
  const { value } = await mammoth.convertToHtml(
    { buffer: await archive.generateAsync({ type: "nodebuffer" }) },
    {
      styleMap: ["p[style-name='Title'] => h1:fresh", "p[style-name='title'] => h1:fresh"],
      convertImage: mammoth.images.imgElement(() => Promise.resolve({ src: "" })),
      externalFileAccess: false,
    },
  );
  return parseXml(`<body>${value}</body>`).documentElement;
}
