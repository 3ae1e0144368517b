export type ZipEntry = {
  name: string;
  method: number;
  packed: number;
  unpacked: number;
  offset: number;
};

/** What a real document never reaches: a small file that unpacks to more would exhaust whoever opens it. */
const MOST = {
  entries: 1_000,
  unpackedBytes: 200 * 1024 * 1024,
  /** How much denser than its content a part may be. */
  ratio: 100,
};

export class ZipRefusal extends Error {
  constructor(readonly why: "damaged" | "bomb" | "encrypted") {
    super(why);
  }
}

/** Small parts of nothing but markup may pack better than the ratio. */
const RATIO_COUNTS_FROM = 1024 * 1024;

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;

/**
 * The directory of a document's zip archive, read without unpacking anything, its sizes held against
 * MOST. @throws ZipRefusal
 */
export function readZipDirectory(file: Buffer): ZipEntry[] {
  try {
    return directoryOf(file);
  } catch (error) {
    // Reading beyond the end of a cut file.
    if (error instanceof RangeError) throw new ZipRefusal("damaged");
    throw error;
  }
}

function directoryOf(file: Buffer): ZipEntry[] {
  const end = endOfDirectory(file);
  const count = file.readUInt16LE(end + 10);
  // 0xffff means ZIP64, which no document of 10 MB needs.
  if (count === 0xffff) throw new ZipRefusal("bomb");
  const entries: ZipEntry[] = [];
  let at = file.readUInt32LE(end + 16);
  while (entries.length < count) {
    if (file.readUInt32LE(at) !== DIRECTORY_ENTRY) throw new ZipRefusal("damaged");
    const isEncrypted = (file.readUInt16LE(at + 8) & 1) === 1;
    if (isEncrypted) throw new ZipRefusal("encrypted");
    const name = file.readUInt16LE(at + 28);
    entries.push({
      name: file.toString("utf8", at + 46, at + 46 + name),
      method: file.readUInt16LE(at + 10),
      packed: file.readUInt32LE(at + 20),
      unpacked: file.readUInt32LE(at + 24),
      offset: file.readUInt32LE(at + 42),
    });
    at += 46 + name + file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32);
  }
  if (isBomb(entries)) throw new ZipRefusal("bomb");
  return entries;
}

/** Whether the file ends as a zip archive does, whatever it begins with. */
export function endsAsZip(file: Buffer): boolean {
  try {
    return endOfDirectory(file) >= 0;
  } catch {
    return false;
  }
}

function isBomb(entries: readonly ZipEntry[]): boolean {
  const sum = (size: "packed" | "unpacked") => entries.reduce((all, one) => all + one[size], 0);
  const isTooDense = ({ packed, unpacked }: Pick<ZipEntry, "packed" | "unpacked">) =>
    unpacked > RATIO_COUNTS_FROM && unpacked > packed * MOST.ratio;
  return (
    entries.length > MOST.entries ||
    sum("unpacked") > MOST.unpackedBytes ||
    isTooDense({ packed: sum("packed"), unpacked: sum("unpacked") }) ||
    entries.some(isTooDense)
  );
}

/** The directory's end stands at the file's end, before a comment of at most 65,535 bytes. */
function endOfDirectory(file: Buffer): number {
  for (let at = file.length - 22; at >= Math.max(0, file.length - 22 - 0xffff); at -= 1) {
    if (file.readUInt32LE(at) === END_OF_DIRECTORY) return at;
  }
  throw new ZipRefusal("damaged");
}
