import type { FileKind } from "./file-kind";

const MOST = 100;
/** Endings that say what a file is, or pretend to. */
const ENDING =
  /\.(pdf|png|jpe?g|jfif|docx?|docm|txt|md|exe|com|scr|bat|cmd|msi|js|vbs|hta|lnk|html?|svg|xml|php|zip|rar|7z|jar|apk|dmg|iso|img|sh)$/i;

/**
 * A name that is safe to show and to save under: no folders, no invisible or direction characters,
 * and one ending, that of what the file truly is ("回单.pdf.exe" which is a PDF is "回单.pdf"). With
 * `keepsData`, text that calls itself a table or a data file stays one: a copy of data to work with.
 */
export function cleanFileName(given: string, kind: FileKind, keepsData = false): string {
  let stem = given
    .toWellFormed()
    .normalize("NFC")
    .replace(/^.*[/\\]/s, "")
    .replace(/[\p{C}\p{Zl}\p{Zp}]/gu, "")
    .replace(/[<>:"|?*]/g, "_")
    .trim();
  const data = keepsData && kind === "txt" ? /\.(csv|json)$/i.exec(stem)?.[1]?.toLowerCase() : null;
  if (data) stem = stem.slice(0, -data.length - 1);
  while (ENDING.test(stem)) stem = stem.replace(ENDING, "").trimEnd();
  const short = [...stem.replace(/^\.+/, "")].slice(0, MOST).join("").trim();
  return `${short || "file"}.${data ?? kind}`;
}
