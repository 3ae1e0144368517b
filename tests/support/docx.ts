import JSZip from "jszip";

/** The vocabularies of a Word document's parts. */
export const W =
  'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"';
export const RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

export type Docx = {
  body: string;
  numbering?: string;
  styles?: string;
  footnotes?: string;
  links?: string;
  /** Further parts, by their path: "word/header1.xml". */
  parts?: Record<string, string>;
};

/** A Word document of these parts, as Word itself would pack it. */
export async function docx(parts: Docx): Promise<Uint8Array> {
  const { body, numbering = "", styles = "", footnotes = "", links = "" } = parts;
  const zip = new JSZip();
  zip.file(
    "[Content_Types].xml",
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',
  );
  const relations = (all: string) =>
    `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${all}</Relationships>`;
  zip.file(
    "_rels/.rels",
    relations(
      `<Relationship Id="d" Type="${RELATION}/officeDocument" Target="word/document.xml"/>`,
    ),
  );
  const own = ["numbering", "styles", "footnotes"]
    .map((part) => `<Relationship Id="${part}" Type="${RELATION}/${part}" Target="${part}.xml"/>`)
    .join("");
  zip.file("word/_rels/document.xml.rels", relations(own + links));
  zip.file(
    "word/document.xml",
    `<?xml version="1.0" encoding="UTF-8"?><w:document ${W} xmlns:r="${RELATION}"><w:body>${body}</w:body></w:document>`,
  );
  zip.file("word/numbering.xml", `<w:numbering ${W}>${numbering}</w:numbering>`);
  zip.file("word/styles.xml", `<w:styles ${W}>${styles}</w:styles>`);
  zip.file("word/footnotes.xml", `<w:footnotes ${W}>${footnotes}</w:footnotes>`);
  for (const [name, content] of Object.entries(parts.parts ?? {})) zip.file(name, content);
  return zip.generateAsync({ type: "uint8array", compression: "DEFLATE" });
}

export const run = (text: string, properties = "") =>
  `<w:r><w:rPr>${properties}</w:rPr><w:t xml:space="preserve">${text}</w:t></w:r>`;
export const p = (content: string, properties = "") =>
  `<w:p><w:pPr>${properties}</w:pPr>${content.startsWith("<") ? content : run(content)}</w:p>`;
export const numbered = (text: string, level: number, list = 1) =>
  p(text, `<w:numPr><w:ilvl w:val="${level}"/><w:numId w:val="${list}"/></w:numPr>`);
export const cell = (text: string, properties = "") =>
  `<w:tc><w:tcPr>${properties}</w:tcPr>${p(text)}</w:tc>`;
export const table = (...rows: string[]) =>
  `<w:tbl>${rows.map((row) => `<w:tr>${row}</w:tr>`).join("")}</w:tbl>`;
export const style = (id: string, name: string, rest = "") =>
  `<w:style w:type="paragraph" w:styleId="${id}"><w:name w:val="${name}"/>${rest}</w:style>`;
