import { inflateRawSync } from "node:zlib";

import { Invalid } from "../errors";

/** What a real document never reaches: a small file that unpacks to more would exhaust the server. */
const MOST = {
  entries: 1_000,
  unpackedBytes: 200 * 1024 * 1024,
  ratio: 100,
  /** All the XML that is read: a hundred pages take about 3 MB, and each MB takes 2 s and 130 MB. */
  readBytes: 8 * 1024 * 1024,
};
/** What the text, its styles, numbers, notes and links are read from. */
const READ =
  /^(?:\[Content_Types\]\.xml|_rels\/\.rels|word\/_rels\/[^/]+\.rels|word\/(?:document|styles|numbering|footnotes|endnotes)\d*\.xml)$/;

/** Small parts of nothing but markup may pack better than the ratio. */
const RATIO_COUNTS_FROM = 1024 * 1024;

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const LOCAL_HEADER = 0x04034b50;
const DEFLATED = 8;

type Entry = { name: string; method: number; packed: number; unpacked: number; offset: number };

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
    const entries = readDirectory(file);
    refuseBomb(entries);
    if (!entries.some(({ name }) => /^word\/document\d*\.xml$/.test(name))) {
      throw new Invalid("policies.errors.import.notWord");
    }
    const parts = entries.filter(({ name }) => READ.test(name));
    if (sumOf(parts, "unpacked") > MOST.readBytes)
      throw new Invalid("policies.errors.import.docxTooLong");
    return new Map(parts.map((entry) => [entry.name, unpack(file, entry)]));
  } catch (error) {
    // Reading beyond the end of a cut file, and data that does not unpack.
    if (error instanceof RangeError || isZlibError(error)) throw damaged();
    throw error;
  }
}

function refuseBomb(entries: Entry[]): void {
  const [packed, unpacked] = [sumOf(entries, "packed"), sumOf(entries, "unpacked")];
  const isBomb =
    entries.length > MOST.entries ||
    unpacked > MOST.unpackedBytes ||
    isTooDense({ packed, unpacked }) ||
    entries.some(isTooDense);
  if (isBomb) throw new Invalid("policies.errors.import.docxBomb");
}

function sumOf(entries: Entry[], size: "packed" | "unpacked"): number {
  return entries.reduce((sum, entry) => sum + entry[size], 0);
}

function isTooDense({ packed, unpacked }: Pick<Entry, "packed" | "unpacked">): boolean {
  return unpacked > RATIO_COUNTS_FROM && unpacked > packed * MOST.ratio;
}

function readDirectory(file: Buffer): Entry[] {
  const end = endOfDirectory(file);
  const count = file.readUInt16LE(end + 10);
  // 0xffff means ZIP64, which no Word document of 10 MB needs.
  if (count === 0xffff) throw new Invalid("policies.errors.import.docxBomb");
  const entries: Entry[] = [];
  let at = file.readUInt32LE(end + 16);
  while (entries.length < count) {
    if (file.readUInt32LE(at) !== DIRECTORY_ENTRY) throw damaged();
    const isEncrypted = (file.readUInt16LE(at + 8) & 1) === 1;
    if (isEncrypted) throw new Invalid("policies.errors.import.encrypted");
    const [name, extra, comment] = [28, 30, 32].map((field) => file.readUInt16LE(at + field));
    if (name === undefined || extra === undefined || comment === undefined) throw damaged();
    entries.push({
      name: file.toString("utf8", at + 46, at + 46 + name),
      method: file.readUInt16LE(at + 10),
      packed: file.readUInt32LE(at + 20),
      unpacked: file.readUInt32LE(at + 24),
      offset: file.readUInt32LE(at + 42),
    });
    at += 46 + name + extra + comment;
  }
  return entries;
}

/** The directory's end stands at the file's end, before a comment of at most 65,535 bytes. */
function endOfDirectory(file: Buffer): number {
  for (let at = file.length - 22; at >= Math.max(0, file.length - 22 - 0xffff); at -= 1) {
    if (file.readUInt32LE(at) === END_OF_DIRECTORY) return at;
  }
  throw damaged();
}

function unpack(file: Buffer, { method, packed, unpacked, offset }: Entry): Buffer {
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
