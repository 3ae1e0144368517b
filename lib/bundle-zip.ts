import JSZip from "jszip";

import { firstOther } from "@/public/verify-bundle.mjs";

/** A bundle's files by their path. */
export type BundleFiles = Map<string, Uint8Array<ArrayBuffer>>;
export type BundleFile = readonly [path: string, bytes: Uint8Array<ArrayBuffer>];

/** What a zip without the extension for large ones can hold (APPNOTE 4.4.1.4). */
const MOST = { files: 0xfffe, bytes: 0xfffffffe };
/** Every bundle says this, 1 January 1980, so that the same files are the same bytes whenever they are packed. */
const NO_DAY = 0x21;
/** Made on UNIX: -rw-rw-r--. */
const MADE_BY = 0x031e;
const MODE = 0x81b4;

/**
 * The files as one zip, stored as they are, piece by piece: no more than one of them and the list of
 * their names is held. The same files give the same bytes. @throws RangeError where they are too many, or a path is not ASCII
 */
export async function* zipOf(
  files: AsyncIterable<BundleFile> | Iterable<BundleFile>,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const directory: Uint8Array<ArrayBuffer>[] = [];
  let offset = 0;
  for await (const [path, bytes] of files) {
    const name = new TextEncoder().encode(path);
    const about = aboutFile(name, bytes);
    directory.push(
      join(
        numbers([0x02014b50, 4], [MADE_BY, 2]),
        about,
        numbers([0, 2], [0, 2], [0, 2], [MODE * 0x10000, 4], [offset, 4]),
        name,
      ),
    );
    const head = join(numbers([0x04034b50, 4]), about, name);
    offset += head.length + bytes.length;
    if (directory.length > MOST.files || offset > MOST.bytes) throw new RangeError("too large");
    yield head;
    yield bytes;
  }
  const list = join(...directory);
  yield list;
  const count = directory.length;
  yield numbers(
    [0x06054b50, 4],
    [0, 2],
    [0, 2],
    [count, 2],
    [count, 2],
    [list.length, 4],
    [offset, 4],
    [0, 2],
  );
}

/** The files as one zip at once. */
export async function packBundle(files: BundleFiles): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for await (const part of zipOf(files)) parts.push(part);
  return join(...parts);
}

/**
 * The files of such a zip. `byte` is where the zip first differs from what `packBundle` makes of its
 * files, null where it never does. @throws where it is no zip
 */
export async function unpackBundle(
  bytes: Uint8Array,
): Promise<{ files: BundleFiles; byte: number | null }> {
  const zip = await JSZip.loadAsync(bytes);
  const files: BundleFiles = new Map();
  for (const [path, entry] of Object.entries(zip.files))
    files.set(path, new Uint8Array(await entry.async("uint8array")));
  const at = firstOther(bytes, await packBundle(files));
  return { files, byte: at === -1 ? null : at };
}

/** What stands of a file both before it and in the list: version, how packed, day, sum, sizes, name. */
function aboutFile(name: Uint8Array, bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const size = bytes.length;
  // A name beyond ASCII would have to say in which encoding it is; no path of ours has one.
  if (name.some((byte) => byte > 0x7f)) throw new RangeError("a path beyond ASCII");
  return numbers(
    ...([
      [10, 2],
      [0, 2],
      [0, 2],
      [0, 2],
      [NO_DAY, 2],
    ] as const),
    ...([
      [crcOf(bytes), 4],
      [size, 4],
      [size, 4],
      [name.length, 2],
      [0, 2],
    ] as const),
  );
}

/** Numbers one after another, each in so many bytes, the lowest first. */
function numbers(...all: (readonly [value: number, width: 2 | 4])[]): Uint8Array<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(all.reduce((sum, [, width]) => sum + width, 0)));
  let at = 0;
  for (const [value, width] of all) {
    if (width === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
    at += width;
  }
  return new Uint8Array(view.buffer);
}

function join(...parts: readonly ArrayLike<number>[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** CRC-32 as zip has it (polynomial 0xedb88320), by a table of bytes. */
const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let sum = byte;
  for (let bit = 0; bit < 8; bit += 1) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  return sum;
});

function crcOf(bytes: Uint8Array): number {
  let sum = 0xffffffff;
  for (const byte of bytes) sum = (sum >>> 8) ^ (TABLE[(sum ^ byte) & 0xff] ?? 0);
  return (sum ^ 0xffffffff) >>> 0;
}
