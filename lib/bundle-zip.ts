import JSZip from "jszip";

import { firstOther } from "@/public/verify-bundle.mjs";

/** A bundle's files by their path. */
export type BundleFiles = Map<string, Uint8Array>;

/** Every bundle says this, so that the same files are the same bytes whenever they are packed. */
const NO_DAY = new Date(Date.UTC(1980, 0, 1));

/** The files as one zip, stored as they are; the same files give the same bytes. */
export async function packBundle(files: BundleFiles): Promise<Uint8Array> {
  const zip = new JSZip();
  for (const [path, bytes] of files)
    zip.file(path, bytes, { date: NO_DAY, createFolders: false, binary: true });
  return zip.generateAsync({ type: "uint8array", compression: "STORE", platform: "UNIX" });
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
    files.set(path, await entry.async("uint8array"));
  const at = firstOther(bytes, await packBundle(files));
  return { files, byte: at === -1 ? null : at };
}
