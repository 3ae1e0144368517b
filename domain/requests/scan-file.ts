import { scanBytes, ScannerAway } from "@/lib/clamd";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import { metrics } from "@/lib/metrics";

import { recogniseFile } from "./file-kind";

export type GivenFile = { fileName: string; bytes: Uint8Array };

/** Nothing found, something found, no answer; or nobody looked, because no scanner is set. */
export type Scan = "clean" | "found" | "away" | "none";
export type ScannedFile = GivenFile & { scan: Scan };

/**
 * Shows a file to the scanner of malware that CLAMD names, before anything is held: docs/decisions/041.
 * What is no proof by its kind is refused without asking it.
 */
export async function scanFile(file: GivenFile): Promise<ScannedFile> {
  const { CLAMD } = env();
  if (!CLAMD || "refusal" in recogniseFile(file.bytes)) return { ...file, scan: "none" };
  const scan = await askScanner(CLAMD, file.bytes);
  metrics.scans.inc({ result: scan });
  return { ...file, scan };
}

/** Those of a form, one after the other: a scanner is shared with everybody. */
export async function scanFiles(files: readonly GivenFile[]): Promise<ScannedFile[]> {
  const scanned: ScannedFile[] = [];
  for (const file of files) scanned.push(await scanFile(file));
  return scanned;
}

async function askScanner(at: string, bytes: Uint8Array): Promise<Exclude<Scan, "none">> {
  try {
    const found = await scanBytes(at, bytes);
    // A signature's name tells nothing of the person or the file.
    if (found !== null) log.warn({ signature: found }, "a scanner found malware in a file");
    return found === null ? "clean" : "found";
  } catch (error) {
    if (!(error instanceof ScannerAway)) throw error;
    log.error({ why: error.why }, "the scanner of malware did not look at a file");
    return "away";
  }
}
