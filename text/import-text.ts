import { decodeText } from "@/lib/decode-text";
import { type FileKind, fileKind } from "@/lib/file-kind";
import { Invalid } from "@/domain/errors";

import { readDocx } from "./docx";
import { type ImportWarning, warningOf, withinReason } from "./import-warnings";
import { excessOf } from "./limits";
import { withoutAsides } from "./markdown-asides";
import { markdownOfPlainText } from "./plain-text";

export type TextFormat = "markdown" | "text" | "docx";

/** A file as it was uploaded, or what was pasted; `as` says how to read pasted text when it is known. */
export type TextSource =
  | { fileName: string; bytes: Uint8Array }
  | { pasted: string; as?: Exclude<TextFormat, "docx"> };

export type ImportedText = { markdown: string; format: TextFormat; warnings: ImportWarning[] };

/** Bytes of a file, characters of a text, characters of a line. */
export const MOST = { bytes: 10 * 1024 * 1024, characters: 300_000, line: 100_000 };

/**
 * Reads a policy text brought in as Markdown, plain text or a Word document into the Markdown that is
 * stored. The text itself is never changed: line ends become "\n", a byte order mark goes, what a
 * Markdown file says of itself or to its authors alone (front matter, comments) is left out and named,
 * and plain text is escaped so that Markdown shows exactly its characters.
 *
 * @throws Invalid policies.errors.import.*: wrongType, pdf, oldWord, webPage, encrypted, notWord, docxDamaged,
 * docxBomb, docxTooLong, tooLarge, undecodable, empty, controlCharacters, loneSurrogates, lineTooLong,
 * openComment, tooManyCharacters, tooMany.*
 */
export async function importText(source: TextSource): Promise<ImportedText> {
  const imported = "pasted" in source ? fromPaste(source) : await fromFile(source);
  assertLength(imported.markdown);
  const excess = excessOf(imported.markdown);
  if (excess) throw new Invalid(excess.messageKey, {}, excess.values);
  return { ...imported, warnings: withinReason(imported.warnings) };
}

function fromPaste({ pasted, as }: Extract<TextSource, { pasted: string }>): ImportedText {
  const imported = fromText(pasted, as ?? null);
  const isGuess = !as && imported.format === "text";
  if (isGuess) imported.warnings.push(warningOf("plainText"));
  return imported;
}

async function fromFile({
  fileName,
  bytes,
}: Extract<TextSource, { bytes: Uint8Array }>): Promise<ImportedText> {
  if (bytes.byteLength > MOST.bytes) throw new Invalid("policies.errors.import.tooLarge");
  if (bytes.byteLength === 0) throw new Invalid("policies.errors.import.empty");
  const kind = fileKind(bytes);
  if (kind === "zip") {
    const { markdown, warnings } = await readDocx(bytes);
    assertReadable(markdown);
    return { markdown, format: "docx", warnings };
  }
  if (kind !== "text") throw new Invalid(REFUSALS[kind]);

  const format = formatByName(fileName);
  const decoded = decodeText(bytes);
  if (!decoded) throw new Invalid("policies.errors.import.undecodable");
  const { text, encoding } = decoded;
  const imported = fromText(text, format);
  if (encoding === "gb18030") imported.warnings.push(warningOf("gb18030"));
  return imported;
}

function fromText(source: string, format: "markdown" | "text" | null): ImportedText {
  const text = withPlainLineEnds(source);
  assertReadable(text);
  if ((format ?? guessedFormat(text)) === "text")
    return { markdown: markdownOfPlainText(text), format: "text", warnings: [] };
  const { markdown, warnings } = withoutAsides(text);
  if (markdown !== text) assertReadable(markdown);
  return { markdown, format: "markdown", warnings };
}

const REFUSALS: Record<Exclude<FileKind, "zip" | "text">, string> = {
  ole: "policies.errors.import.oldWord",
  encryptedOffice: "policies.errors.import.encrypted",
  pdf: "policies.errors.import.pdf",
  rtf: "policies.errors.import.wrongType",
  webPage: "policies.errors.import.webPage",
  png: "policies.errors.import.wrongType",
  jpg: "policies.errors.import.wrongType",
  binary: "policies.errors.import.wrongType",
};

/** A name without an ending says nothing; one with another ending is refused. */
function formatByName(fileName: string): "markdown" | "text" | null {
  const ending = /\.([^./\\]+)$/.exec(fileName)?.[1]?.toLowerCase();
  if (ending === undefined) return null;
  if (ending === "md" || ending === "markdown") return "markdown";
  if (ending === "txt" || ending === "text") return "text";
  throw new Invalid(
    ending === "docx" ? "policies.errors.import.notWord" : "policies.errors.import.wrongType",
  );
}

const MARKDOWN_SIGNS = [
  /^#{1,6}[ \t]+\S/m,
  /^(?:```|~~~)/m,
  /^\|.*\|[ \t]*\n\|[ \t:|-]+$/m,
  /\*\*[^\s*][^*\n]*\*\*/,
  /\[[^[\]\n]+\]\([^()\s]+\)/,
];

function guessedFormat(text: string): "markdown" | "text" {
  return MARKDOWN_SIGNS.some((sign) => sign.test(text)) ? "markdown" : "text";
}

/** Word writes a line break as VT and a new page as FF into a file of text; both end a line, as NEL, LS and PS do. */
function withPlainLineEnds(text: string): string {
  return text
    .replace(/^\ufeff/, "")
    .replace(/\r\n?|[\v\u0085\u2028]/g, "\n")
    .replace(/\n?[\f\u2029]\n?/g, "\n\n");
}

/** Refuses what can't be stored, shown or compared. */
function assertReadable(text: string): void {
  if (text.trim() === "") throw new Invalid("policies.errors.import.empty");
  assertLength(text);
  if (!text.isWellFormed()) throw new Invalid("policies.errors.import.loneSurrogates");
  for (const [index, line] of text.split("\n").entries()) {
    const values = { line: index + 1, most: MOST.line };
    if (line.length > MOST.line)
      throw new Invalid("policies.errors.import.lineTooLong", {}, values);
    if (CONTROL.test(line))
      throw new Invalid("policies.errors.import.controlCharacters", {}, values);
  }
}

function assertLength({ length }: string): void {
  if (length <= MOST.characters) return;
  const values = { count: length, most: MOST.characters };
  throw new Invalid("policies.errors.import.tooManyCharacters", {}, values);
}

/** All control characters but those that part words and lines: files of text have none. */
const CONTROL = /[\u0000-\u0008\u000e-\u001f\u007f]/;
