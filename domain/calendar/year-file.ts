import { plainHeader, readLines } from "@/lib/csv-lines";

import { Invalid } from "../errors";
import { textOfFile } from "../list-text";
import { calendarYearInput, type CalendarYear } from "./input";

const MOST_BYTES = 1024 * 1024;
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
      day: isoDay(cells.day),
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
  const { text } = textOfFile(bytes, { field: "file", mostBytes: MOST_BYTES });
  const { lines, brokenAt } = readLines(text);
  if (brokenAt)
    throw new Invalid("errors.form", { file: ["lists.errors.broken"] }, { brokenLines: brokenAt });
  const [head, ...rows] = lines;
  const columns = head?.cells.map(plainHeader) ?? [];
  if (!COLUMNS.every((name) => columns.includes(name)))
    throw new Invalid("errors.form", { file: ["calendar.errors.header"] });
  return rows.map(({ line, cells }) => ({
    line,
    cells: Object.fromEntries(columns.map((name, at) => [name, cells[at]])),
  }));
}

/** 2027/1/1 is what a spreadsheet makes of 2027-01-01. */
function isoDay(cell = ""): string {
  const [, year, month = "", day = ""] =
    /^(\d{4})[/.年-](\d{1,2})[/.月-](\d{1,2})日?$/.exec(cell.normalize("NFKC").trim()) ?? [];
  return year ? `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}` : cell.trim();
}
