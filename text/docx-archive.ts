import { inflateRawSync } from "node:zlib";

import { readZipDirectory, type ZipEntry, ZipRefusal } from "@/lib/zip-directory";
import { Invalid } from "@/domain/errors";

/** All the XML that is read: a hundred pages take about 3 MB, and each MB takes 2 s and 130 MB. */
const MOST_READ_BYTES = 8 * 1024 * 1024;
/** What the text, its styles, numbers, notes and links are read from, and what stands beside it. */
const READ =
  /^(?:\[Content_Types\]\.xml|_rels\/\.rels|word\/_rels\/[^/]+\.rels|word\/(?:document|styles|numbering|footnotes|endnotes|header|footer|comments|diagrams\/data|charts\/chart)\d*\.xml)$/;

const REFUSALS = {
  damaged: "policies.errors.import.docxDamaged",
  bomb: "policies.errors.import.docxBomb",
  encrypted: "policies.errors.import.encrypted",
} as const;

const LOCAL_HEADER = 0x04034b50;
const DEFLATED = 8;

/**
 * The XML parts of a Word document by their path, pictures left out. The sizes in the archive's
 * directory are held against caps before anything is unpacked, and each part is unpacked only up to
 * its stated size.
 *
 * @throws Invalid policies.errors.import.{docxDamaged, docxBomb, docxTooLong, encrypted, notWord}
 */
export function readDocxParts(bytes: Uint8Array): Map<string, Buffer> {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    const entries = readZipDirectory(file);
    if (!entries.some(({ name }) => /^word\/document\d*\.xml$/.test(name))) {
      throw new Invalid("policies.errors.import.notWord");
    }
    const parts = entries.filter(({ name }) => READ.test(name));
    if (sumOf(parts, "unpacked") > MOST_READ_BYTES)
      throw new Invalid("policies.errors.import.docxTooLong");
    return new Map(parts.map((entry) => [entry.name, unpack(file, entry)]));
  } catch (error) {
    if (error instanceof ZipRefusal) throw new Invalid(REFUSALS[error.why]);
    // Reading beyond the end of a cut file, and data that does not unpack.
    if (error instanceof RangeError || isZlibError(error)) throw damaged();
    throw error;
  }
}

function sumOf(entries: ZipEntry[], size: "packed" | "unpacked"): number {
  return entries.reduce((sum, entry) => sum + entry[size], 0);
}

function unpack(file: Buffer, { method, packed, unpacked, offset }: ZipEntry): Buffer {
  if (file.readUInt32LE(offset) !== LOCAL_HEADER) throw damaged();
  const start = offset + 30 + file.readUInt16LE(offset + 26) + file.readUInt16LE(offset + 28);
  const data = file.subarray(start, start + packed);
  const content =
    method === DEFLATED ? inflateRawSync(data, { maxOutputLength: Math.max(1, unpacked) }) : data;
  if (content.length !== unpacked || (method !== DEFLATED && method !== 0)) throw damaged();
  return content;
}

function isZlibError(error: unknown): boolean {
  return (
    error instanceof Error &&
    "code" in error &&
    typeof error.code === "string" &&
    error.code.startsWith("Z_")
  );
}

function damaged(): Invalid {
  return new Invalid("policies.errors.import.docxDamaged");
}
