import JSZip from "jszip";
import { expect, test } from "vitest";

import { type BundleFiles, packBundle, unpackBundle, zipOf } from "./bundle-zip";

const NO_DAY = new Date(Date.UTC(1980, 0, 1));
const bytesOf = (text: string) => new TextEncoder().encode(text);

const FILES: BundleFiles = new Map([
  ["README.md", bytesOf("说明\n")],
  ["proofs/000001-version.approved.json", bytesOf("{}\n")],
  ["empty.txt", bytesOf("")],
  ["all.bin", Uint8Array.from({ length: 70_000 }, (_, at) => at % 251)],
]);

/** The same by the library that others read it with. */
async function byTheLibrary(files: BundleFiles): Promise<Uint8Array> {
  const zip = new JSZip();
  for (const [path, bytes] of files)
    zip.file(path, bytes, { date: NO_DAY, createFolders: false, binary: true });
  return zip.generateAsync({ type: "uint8array", compression: "STORE", platform: "UNIX" });
}

test("what is packed piece by piece is byte for byte what the library packs at once", async () => {
  expect(Buffer.from(await packBundle(FILES)).equals(await byTheLibrary(FILES))).toBe(true);
  expect(Buffer.from(await packBundle(new Map())).equals(await byTheLibrary(new Map()))).toBe(true);
});

test("a path beyond ASCII is refused: programs would read it differently", async () => {
  await expect(packBundle(new Map([["空.txt", bytesOf("")]]))).rejects.toThrow(RangeError);
});

test("it is unpacked to the same files, and the first byte that is another is named", async () => {
  const zip = await packBundle(FILES);
  const { files, byte } = await unpackBundle(zip);
  expect(byte).toBeNull();
  expect([...files.keys()]).toEqual([...FILES.keys()]);
  // The day of the first file, which no content depends on.
  const changed = Uint8Array.from(zip);
  changed[12] = 0x22;
  expect((await unpackBundle(changed)).byte).toBe(12);
});

test("no file is asked for before the one before it has been taken", async () => {
  const asked: string[] = [];
  async function* files() {
    for (const file of FILES) {
      asked.push(file[0]);
      yield await Promise.resolve(file);
    }
  }
  const zip = zipOf(files());
  await zip.next();
  await zip.next();
  expect(asked).toEqual(["README.md"]);
  await zip.return(undefined);
});
