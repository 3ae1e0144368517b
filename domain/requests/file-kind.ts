import { decodeText } from "@/lib/decode-text";
import { fileKind } from "@/lib/file-kind";
import { endsAsZip, readZipDirectory, type ZipEntry, ZipRefusal } from "@/lib/zip-directory";

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
const PNG_END = "IEND\xae\x42\x60\x82";

/**
 * What a file is by its content, whatever its name says. A file that is two things at once (a
 * picture that is also an archive, a document whose header stands after other bytes) is refused:
 * docs/decisions/005.
 */
export function recogniseFile(bytes: Uint8Array): Recognised {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (file.length === 0) return { refusal: "requests.errors.file.empty" };
  if (file.length > MOST_FILE_BYTES) return { refusal: "requests.errors.file.tooLarge" };
  return LOOKS[fileKind(file)](file);
}

const NO_PROOF = (): Recognised => ({ refusal: "requests.errors.file.kind" });

const LOOKS: Record<ReturnType<typeof fileKind>, (file: Buffer) => Recognised> = {
  zip: (file) => docxOr(file),
  ole: NO_PROOF,
  encryptedOffice: () => ({ refusal: "requests.errors.file.encrypted" }),
  pdf: (file) => pdfOr(file),
  png: (file) => pictureOr("png", file),
  jpg: (file) => pictureOr("jpg", file),
  rtf: NO_PROOF,
  binary: NO_PROOF,
  webPage: (file) => textOr(file),
  text: (file) => textOr(file),
};

const DOCX_REFUSALS = {
  damaged: "requests.errors.file.damaged",
  bomb: "requests.errors.file.bomb",
  encrypted: "requests.errors.file.encrypted",
} as const;

/** An archive is judged by its directory alone: nothing is unpacked here, now or later. */
function docxOr(file: Buffer): Recognised {
  try {
    const entries = readZipDirectory(file);
    if (entries.some(({ name }) => leavesArchive(name)))
      return { refusal: "requests.errors.file.paths" };
    if (entries.some(runsSomething)) return { refusal: "requests.errors.file.macros" };
    const names = new Set(entries.map(({ name }) => name));
    const isWord = names.has("[Content_Types].xml") && names.has("word/document.xml");
    return isWord ? { kind: "docx" } : { refusal: "requests.errors.file.kind" };
  } catch (error) {
    if (error instanceof ZipRefusal) return { refusal: DOCX_REFUSALS[error.why] };
    throw error;
  }
}

/** A path that would be written outside the folder it is unpacked into. */
function leavesArchive(name: string): boolean {
  return /^[/\\]|\\|(^|\/)\.\.(\/|$)|^[a-z]:|\0/i.test(name);
}

/** Macros, controls and packed programs: a .docm by another name. */
function runsSomething({ name }: ZipEntry): boolean {
  return /vbaProject\.bin$|vbaData\.xml$|\/activeX\/|\.(exe|dll|js|vbs|hta|lnk|zip)$/i.test(name);
}

/** What a trailer says of a document that opens by a password (ISO 32000-2, 7.5.5): it is never compressed. */
const PDF_ENCRYPT = /\/Encrypt\s*(?:\d+\s+\d+\s+R|<<)/;

function pdfOr(file: Buffer): Recognised {
  if (!file.includes("%%EOF")) return { refusal: "requests.errors.file.damaged" };
  const text = file.toString("latin1");
  if (PDF_ENCRYPT.test(text)) return { refusal: "requests.errors.file.encrypted" };
  const isTwo = endsAsZip(file) || ACTIVE.test(text.slice(0, 1024));
  return isTwo ? { refusal: "requests.errors.file.polyglot" } : { kind: "pdf" };
}

/** A PNG ends with its last chunk; a JPEG may be followed by what a camera adds, but not by a program. */
function pictureOr(kind: "png" | "jpg", file: Buffer): Recognised {
  const text = file.toString("latin1");
  if (kind === "png" && !text.includes(PNG_END)) return { refusal: "requests.errors.file.damaged" };
  if (kind === "jpg" && !text.includes("\xff\xd9"))
    return { refusal: "requests.errors.file.damaged" };
  const isTwo =
    endsAsZip(file) ||
    text.includes("%PDF-") ||
    /<(?:html|script|\?php)[\s>]/i.test(text) ||
    (kind === "png" && !text.endsWith(PNG_END));
  return isTwo ? { refusal: "requests.errors.file.polyglot" } : { kind };
}

/** Text holds no control characters but line ends and tabs, and is no page, drawing or program. */
function textOr(file: Buffer): Recognised {
  const text = decodeText(file)?.text;
  const looksBinary = text === undefined || /[^\P{Cc}\t\n\f\r]/u.test(text);
  if (looksBinary || /^\s*(?:\{\\rtf|#!|MZ|%!PS|GIF8)/.test(text))
    return { refusal: "requests.errors.file.kind" };
  if (text.includes("%PDF-")) return { refusal: "requests.errors.file.polyglot" };
  if (ACTIVE.test(text)) return { refusal: "requests.errors.file.webPage" };
  return { kind: "txt" };
}
