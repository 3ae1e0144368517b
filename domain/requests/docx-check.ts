import { readZipDirectory, type ZipEntry, ZipRefusal } from "@/lib/zip-directory";

/** What a real document never reaches: a small file that unpacks to more would exhaust whoever opens it. */
const CAPS = { entries: 1_000, unpackedBytes: 200 * 1024 * 1024, ratio: 100 };

const REFUSALS = {
  damaged: "filing.errors.file.damaged",
  bomb: "filing.errors.file.bomb",
  encrypted: "filing.errors.file.encrypted",
} as const;

/**
 * Why an archive is not taken as a Word document; null for one that is. It is judged by its
 * directory alone: nothing is unpacked here, now or later.
 */
export function docxRefusal(file: Buffer): string | null {
  try {
    const entries = readZipDirectory(file, CAPS);
    if (entries.some(({ name }) => leavesArchive(name))) return "filing.errors.file.paths";
    if (entries.some(runsSomething)) return "filing.errors.file.macros";
    const names = new Set(entries.map(({ name }) => name));
    const isWord = names.has("[Content_Types].xml") && names.has("word/document.xml");
    return isWord ? null : "filing.errors.file.kind";
  } catch (error) {
    if (error instanceof ZipRefusal) return REFUSALS[error.why];
    // Reading beyond the end of a cut file.
    if (error instanceof RangeError) return REFUSALS.damaged;
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
