import { z } from "zod";

import { readTextFile } from "@/lib/csv-lines";
import { COLUMN_FAULTS, type ColumnFaults } from "@/lib/id-column";

import { Invalid, type MessageValues } from "./errors";

const MOST_FILE_BYTES = 10 * 1024 * 1024;

/** A list's file, which goes before what was typed; null where none was chosen. */
export const listFile = z.instanceof(Uint8Array).nullable();

type Given = { field: string; text: string; fileField: string; file: Uint8Array | null };

/**
 * The text of a list that was typed or came as a file, and the field that brought it.
 * @throws Invalid at the file's field for one that is no text
 */
export function textOfList({ field, text, fileField, file }: Given) {
  if (!file) return { field, text };
  return {
    field: fileField,
    text: textOfFile(file, { field: fileField, mostBytes: MOST_FILE_BYTES }).text,
  };
}

type Reading = { field: string; mostBytes: number };

/** A table or list as text. @throws Invalid at the field for a file that is none */
export function textOfFile(bytes: Uint8Array, { field, mostBytes }: Reading) {
  const read = readTextFile(bytes, mostBytes);
  if (!("refusal" in read)) return read;
  throw new Invalid(
    "errors.form",
    { [field]: [`lists.errors.file.${read.refusal}`] },
    { megabytes: mostBytes / 1024 / 1024 },
  );
}

/** A report names this many lines; the rest is counted. */
const LINES_NAMED = 10;

/** "3, 17, 20 … (+4)": the lines a report names. */
export function namedLines(lines: readonly number[]): string {
  const named = lines.slice(0, LINES_NAMED).join(", ");
  return lines.length > LINES_NAMED ? `${named} … (+${lines.length - LINES_NAMED})` : named;
}

/** What is wrong with a list's column, as message keys and the lines they name. */
export function columnRefusals(faults: ColumnFaults): { keys: string[]; values: MessageValues } {
  const found = COLUMN_FAULTS.filter((fault) => faults[fault].length > 0);
  return {
    keys: found.map((fault) => `lists.errors.${fault}`),
    values: Object.fromEntries(found.map((fault) => [`${fault}Lines`, namedLines(faults[fault])])),
  };
}
