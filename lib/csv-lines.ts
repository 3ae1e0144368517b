import { CsvError, parse } from "csv-parse/sync";

import { decodeText, type TextEncoding } from "./decode-text";
import { fileKind } from "./file-kind";

/** Why an uploaded file cannot be read as a text of lines. */
export type TextFileRefusal = "empty" | "tooLarge" | "workbook" | "binary" | "encoding";
export type TextFile = { text: string; encoding: TextEncoding };

export function readTextFile(
  bytes: Uint8Array,
  mostBytes: number,
): TextFile | { refusal: TextFileRefusal } {
  if (bytes.length === 0) return { refusal: "empty" };
  if (bytes.length > mostBytes) return { refusal: "tooLarge" };
  const kind = fileKind(bytes);
  // A page with a table in it is what many programs save as .xls.
  if (["zip", "ole", "encryptedOffice", "webPage"].includes(kind)) return { refusal: "workbook" };
  if (kind !== "text") return { refusal: "binary" };
  const read = decodeText(bytes);
  if (!read) return { refusal: "encoding" };
  return read.text.trim() === "" ? { refusal: "empty" } : read;
}

/** `line` is where the row begins, counted from 1 in the file as it is. */
export type Line = { line: number; cells: string[] };

type Reading = {
  /** Lines read at most; all where it is left out. */
  most?: number;
  /** What parts the cells, where it is known; else the first line tells. */
  delimiter?: string;
};

/**
 * The lines of a CSV text that hold anything. A stray quote ends the reading;
 * `brokenAt` is the line after the last whole row.
 */
export function readLines(
  text: string,
  { most, delimiter }: Reading = {},
): { lines: Line[]; brokenAt?: number } {
  const { body, separator, skipped } = withoutSeparator(text);
  const lines: Line[] = [];
  let end = skipped;
  try {
    parse(body, {
      delimiter: delimiter ?? separator ?? delimiterOf(body),
      record_delimiter: ["\r\n", "\n", "\r"],
      trim: true,
      relax_column_count: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      ...(most !== undefined && { to: most }),
      on_record(cells: string[], info) {
        const height = cells.join("").split(/\r\n|\n|\r/).length;
        end = info.lines + skipped;
        lines.push({ line: end - height + 1, cells });
        return null;
      },
    });
    return { lines };
  } catch (error) {
    if (error instanceof CsvError) return { lines, brokenAt: end + 1 };
    throw error;
  }
}

/**
 * Excel's own first line, "sep=;", names what parts the cells and is no row.
 * `skipped`: how many lines it takes.
 */
export function withoutSeparator(text: string): {
  body: string;
  separator?: string;
  skipped: number;
} {
  const plain = text.replace(/^\ufeff/, "");
  const [line, separator] = /^"?sep=([^\r\n"])"?(?:\r\n|\n|\r|$)/i.exec(plain) ?? [];
  if (line === undefined || separator === undefined) return { body: plain, skipped: 0 };
  return { body: plain.slice(line.length), separator, skipped: 1 };
}

/** What parts the headers: no header has a comma, a semicolon or a tab in its name. */
function delimiterOf(text: string): string {
  const head = /^[^\r\n]*/.exec(text)?.[0] ?? "";
  return ["\t", ";"].find((one) => head.includes(one) && !head.includes(",")) ?? ",";
}

/** "SDKAppID(必填)", "sdk_app_id" and "SDKAppID" are one header. */
export function plainHeader(cell: string): string {
  return cell
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll(/\([^)]*\)|[\s_\-.*:"']/g, "");
}

const SHOWN = 60;

/** What stands in a cell, fit to be shown: one short line, invisible characters by their number. */
export function shownCell(cell: string): string {
  return `${reveal(cell.slice(0, SHOWN))}${cell.length > SHOWN ? "…" : ""}`;
}

/** Control, format (zero-width, direction), private and unassigned characters: nobody can check them by eye. */
export const INVISIBLE = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\u2028\u2029]/u;
const UNSEEN = new RegExp(`${INVISIBLE.source}|\u00a0|[\u2000-\u200a\u202f\u205f]`, "gu");

/** The text with every character that cannot be seen named: "a[U+200B]b". */
export const reveal = (text: string): string =>
  text
    .toWellFormed()
    .replaceAll(
      UNSEEN,
      (sign) => `[U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}]`,
    );

/** The characters of a text that cannot be seen, each once: "U+200B". */
export const unseenIn = (text: string): string[] => [
  ...new Set([...reveal(text).matchAll(/\[(U\+[0-9A-F]+)\]/g)].map(([, name]) => name ?? "")),
];
