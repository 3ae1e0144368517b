import { Invalid } from "@/domain/errors";
import { readLines, readTextFile } from "@/lib/csv-lines";

import { columnsOf, type ManifestRow, rowsOf } from "./manifest";
import type { ManifestPart } from "./manifest-words";

const MOST_BYTES = 1_000_000;
const MOST_ROWS = 2_000;
const MOST_CHARACTERS = 2_000;

/**
 * One list from a CSV file, or from what was typed or pasted from a sheet: its first line names the
 * columns (manifest-words.ts), in any order.
 * @throws Invalid with the line and what is wrong with it, at "file" or "rows"
 */
export function readManifestCsv(source: { bytes: Uint8Array } | { text: string }): {
  part: ManifestPart;
  rows: ManifestRow[];
} {
  const at = "bytes" in source ? "file" : "rows";
  const refuse = (key: string, values = {}): never => {
    throw new Invalid("errors.form", { [at]: [`policies.errors.manifest.${key}`] }, values);
  };
  const { lines, brokenAt } = readLines(textOf(source, refuse), { most: MOST_ROWS + 2 });
  if (brokenAt) return refuse("broken", { line: brokenAt });
  const [head, ...body] = lines;
  const columns = head && columnsOf(head.cells);
  if (!columns) return refuse("columns");
  if (body.length > MOST_ROWS) return refuse("tooMany", { most: MOST_ROWS });

  const name = columns.fields.indexOf("name");
  for (const { line, cells } of body) {
    if (!cells[name]) return refuse("noName", { line });
    const tooLong = cells.findIndex((cell) => cell.length > MOST_CHARACTERS);
    if (tooLong >= 0) return refuse("tooLong", { line, most: MOST_CHARACTERS });
  }
  const rows = rowsOf(
    columns,
    body.map(({ cells }) => ({ cells, isBold: false })),
  );
  return { part: columns.part, rows };
}

function textOf(
  source: { bytes: Uint8Array } | { text: string },
  refuse: (key: string) => never,
): string {
  if ("text" in source) return source.text;
  const read = readTextFile(source.bytes, MOST_BYTES);
  return "refusal" in read ? refuse(`file.${read.refusal}`) : read.text;
}
