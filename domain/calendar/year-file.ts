import { CsvError, parse } from "csv-parse/sync";

import { decodeText } from "@/lib/decode-text";

import { Invalid } from "../errors";
import { calendarYearInput, type CalendarYear } from "./input";

const MOST_BYTES = 1024 * 1024;
const MOST_LINES = 1000;
const COLUMNS = ["day", "kind", "note"];

export type LineProblem = { line: number; problem: string };
export type YearFile = { days: CalendarYear["days"]; problems: LineProblem[] };

/**
 * Reads the days of a year from a CSV file with the columns day, kind and note. What is wrong is
 * named by line; nothing of a file with problems is used.
 * @throws Invalid at "file" when it is no such file at all
 */
export function readYearFile(bytes: Uint8Array, year: number): YearFile {
  const rows = readRows(bytes);
  const seenDays = new Set<string>();
  const days: CalendarYear["days"] = [];
  const problems: LineProblem[] = [];
  for (const { line, cells } of rows) {
    const day = calendarYearInput.shape.days.element.safeParse({
      day: cells.day?.trim(),
      kind: cells.kind?.trim().toLowerCase(),
      note: cells.note?.trim() || null,
    });
    const problem = day.success
      ? problemOf(day.data.day, { year, seenDays })
      : PROBLEMS[String(day.error.issues[0]?.path[0])];
    if (problem) problems.push({ line, problem });
    else if (day.success) days.push(day.data);
  }
  return { days, problems };
}

const PROBLEMS: Record<string, string> = {
  day: "calendar.errors.day",
  kind: "calendar.errors.kind",
  note: "calendar.errors.note",
};

function problemOf(day: string, { year, seenDays }: { year: number; seenDays: Set<string> }) {
  if (Number(day.slice(0, 4)) !== year) return "calendar.errors.notThisYear";
  if (seenDays.has(day)) return "calendar.errors.repeatedDay";
  seenDays.add(day);
  return null;
}

type Row = { line: number; cells: Partial<Record<string, string>> };

function readRows(bytes: Uint8Array): Row[] {
  const text = readText(bytes);
  try {
    const [head, ...rows] = parse(text, {
      bom: true,
      trim: true,
      relax_column_count: true,
      skip_empty_lines: true,
      info: true,
      to: MOST_LINES,
    }) as unknown as { record: string[]; info: { lines: number } }[];
    const columns = head?.record.map((name) => name.toLowerCase()) ?? [];
    if (!COLUMNS.every((name) => columns.includes(name))) throw refused("calendar.errors.header");
    return rows.map(({ record, info }) => ({
      line: info.lines,
      cells: Object.fromEntries(columns.map((name, at) => [name, record[at]])),
    }));
  } catch (error) {
    if (error instanceof CsvError) throw refused("calendar.errors.file");
    throw error;
  }
}

function readText(bytes: Uint8Array): string {
  const text = bytes.length <= MOST_BYTES ? decodeText(bytes)?.text : undefined;
  if (!text?.trim() || text.includes("\u0000")) throw refused("calendar.errors.file");
  return text;
}

const refused = (key: string) => new Invalid("errors.form", { file: [key] });
