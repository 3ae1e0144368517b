import { decodeText } from "@/lib/decode-text";
import { endsAsZip } from "@/lib/zip-directory";

import { docxRefusal } from "./docx-check";

/** What may be brought as proof, and how it is served. */
export const MEDIA_TYPES = {
  pdf: "application/pdf",
  png: "image/png",
  jpg: "image/jpeg",
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  txt: "text/plain; charset=utf-8",
} as const;
export type FileKind = keyof typeof MEDIA_TYPES;

export const MOST_FILE_BYTES = 10 * 1024 * 1024;
export const MOST_FILES = 5;

export type Recognised = { kind: FileKind } | { refusal: string };

/** A page or program that a browser or viewer might run; text and pictures have no use for it. */
const ACTIVE = /<(?:!doctype|html|svg|script|iframe|object|embed|\?php|\?xml)[\s>]/i;
const PNG = "\x89PNG\r\n\x1a\n";
const PNG_END = "IEND\xae\x42\x60\x82";

/**
 * What a file is by its content, whatever its name says. A file that is two things at once (a
 * picture that is also an archive, a document whose header stands after other bytes) is refused:
 * docs/decisions/005.
 */
export function recogniseFile(bytes: Uint8Array): Recognised {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (file.length === 0) return { refusal: "filing.errors.file.empty" };
  if (file.length > MOST_FILE_BYTES) return { refusal: "filing.errors.file.tooLarge" };
  const head = file.toString("latin1", 0, 1024);
  if (head.startsWith("PK\x03\x04")) return docxOr(file);
  if (head.startsWith("\xd0\xcf\x11\xe0")) return oldOffice(file);
  if (head.startsWith("%PDF-")) return pdfOr(file, head);
  if (head.startsWith(PNG)) return pictureOr("png", file);
  if (head.startsWith("\xff\xd8\xff")) return pictureOr("jpg", file);
  return textOr(file);
}

function docxOr(file: Buffer): Recognised {
  const refusal = docxRefusal(file);
  return refusal ? { refusal } : { kind: "docx" };
}

/** Office wraps an encrypted .docx into the container of the old .doc. */
function oldOffice(file: Buffer): Recognised {
  const isEncrypted = file.includes(Buffer.from("EncryptedPackage", "utf16le"));
  return { refusal: isEncrypted ? "filing.errors.file.encrypted" : "filing.errors.file.kind" };
}

function pdfOr(file: Buffer, head: string): Recognised {
  if (!file.includes("%%EOF")) return { refusal: "filing.errors.file.damaged" };
  const isTwo = endsAsZip(file) || ACTIVE.test(head);
  return isTwo ? { refusal: "filing.errors.file.polyglot" } : { kind: "pdf" };
}

/** A PNG ends with its last chunk; a JPEG may be followed by what a camera adds, but not by a program. */
function pictureOr(kind: "png" | "jpg", file: Buffer): Recognised {
  const text = file.toString("latin1");
  if (kind === "png" && !text.includes(PNG_END)) return { refusal: "filing.errors.file.damaged" };
  if (kind === "jpg" && !text.includes("\xff\xd9"))
    return { refusal: "filing.errors.file.damaged" };
  const isTwo =
    endsAsZip(file) ||
    text.includes("%PDF-") ||
    /<(?:html|script|\?php)[\s>]/i.test(text) ||
    (kind === "png" && !text.endsWith(PNG_END));
  return isTwo ? { refusal: "filing.errors.file.polyglot" } : { kind };
}

/** Text holds no control characters but line ends and tabs, and is no page, drawing or program. */
function textOr(file: Buffer): Recognised {
  const text = decodeText(file)?.text;
  const looksBinary = text === undefined || /[^\P{Cc}\t\n\f\r]/u.test(text);
  if (looksBinary || /^\s*(?:\{\\rtf|#!|MZ|%!PS|GIF8)/.test(text))
    return { refusal: "filing.errors.file.kind" };
  if (text.includes("%PDF-")) return { refusal: "filing.errors.file.polyglot" };
  if (ACTIVE.test(text)) return { refusal: "filing.errors.file.webPage" };
  return { kind: "txt" };
}
