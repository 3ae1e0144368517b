export type FileKind =
  | "zip"
  | "ole"
  | "encryptedOffice"
  | "pdf"
  | "png"
  | "jpg"
  | "rtf"
  | "webPage"
  | "binary"
  | "text";

const SIGNATURES: [FileKind, string][] = [
  ["zip", "PK\x03\x04"],
  ["ole", "\xd0\xcf\x11\xe0"],
  ["pdf", "%PDF-"],
  ["rtf", "{\\rtf"],
  ["png", "\x89PNG\r\n\x1a\n"],
  ["binary", "\x89PNG"],
  ["jpg", "\xff\xd8\xff"],
  ["binary", "GIF8"],
  ["binary", "\x1f\x8b"],
  ["binary", "\x7fELF"],
  ["binary", "MZ\x90"],
  ["binary", "7z\xbc\xaf"],
  ["binary", "Rar!"],
];

/** What a file is by its first bytes, whatever its name says; "text" for all that is none of the others. */
export function fileKind(bytes: Uint8Array): FileKind {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const head = file.toString("latin1", 0, 512);
  const kind = SIGNATURES.find(([, signature]) => head.startsWith(signature))?.[0];
  // Office wraps an encrypted .docx into the container of the old .doc.
  const isEncrypted = kind === "ole" && file.includes(Buffer.from("EncryptedPackage", "utf16le"));
  if (isEncrypted) return "encryptedOffice";
  if (kind) return kind;
  return /^(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html[\s>])/i.test(head) ? "webPage" : "text";
}
