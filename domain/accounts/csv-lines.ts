import { CsvError, parse } from "csv-parse/sync";

import { decodeText } from "@/lib/decode-text";

import { Invalid } from "../errors";

const MOST_BYTES = 10 * 1024 * 1024;
export const MOST_LINES = 100_000;

export type Line = { line: number; cells: string[] };

export const refused = (key: string) =>
  new Invalid("errors.form", { file: [`accounts.errors.${key}`] });

/** The text of an uploaded file. @throws Invalid at "file" when it is empty, too large or no text */
export function readText(bytes: Uint8Array) {
  if (bytes.length === 0) throw refused("fileEmpty");
  if (bytes.length > MOST_BYTES) throw refused("fileTooLarge");
  if (isWorkbook(bytes)) throw refused("fileWorkbook");
  const read = decodeText(bytes);
  if (!read) throw refused("fileEncoding");
  if (read.text.trim() === "") throw refused("fileEmpty");
  return read;
}

/** The first bytes of a zip (.xlsx) and of an OLE file (.xls). */
const isWorkbook = (bytes: Uint8Array): boolean =>
  [
    [0x50, 0x4b, 0x03, 0x04],
    [0xd0, 0xcf, 0x11, 0xe0],
  ].some((head) => head.every((byte, index) => bytes[index] === byte));

/**
 * The lines that hold anything, up to one more than are allowed. A stray quote ends the reading;
 * `brokenAt` is the line after the last whole row.
 */
export function readLines(text: string): { lines: Line[]; brokenAt?: number } {
  const lines: Line[] = [];
  let end = 0;
  try {
    parse(text, {
      delimiter: delimiterOf(text),
      record_delimiter: ["\r\n", "\n", "\r"],
      trim: true,
      relax_column_count: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      to: MOST_LINES + 2,
      on_record(cells: string[], info) {
        const height = cells.join("").split(/\r\n|\n|\r/).length;
        end = info.lines;
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

const firstLine = (text: string) => /^[^\r\n]*/.exec(text)?.[0] ?? "";

/** What separates the headers: no header has a comma, a semicolon or a tab in its name. */
function delimiterOf(text: string): string {
  const head = firstLine(text);
  return ["\t", ";"].find((one) => head.includes(one) && !head.includes(",")) ?? ",";
}
