import { createHash } from "node:crypto";
import type { z } from "zod";

import { readLines, shownCell, type Line } from "@/lib/csv-lines";
import type { TextEncoding } from "@/lib/decode-text";
import { isShortened, roundedLines } from "@/lib/id-column";

import { Invalid, type MessageValues } from "../errors";
import { textOfFile } from "../list-text";
import { CSV_COLUMNS, type CsvColumn, type CsvKind, type Header, readHeader } from "./csv-columns";
import { type AccountRow, type AppRow, type MemberRow, ROW_SCHEMAS } from "./csv-rows";

const MOST_BYTES = 10 * 1024 * 1024;
const MOST_LINES = 100_000;

/** What is wrong in which line of the file; the first line, the header, is line 1. */
export type Problem = {
  line: number;
  column: CsvColumn | null;
  messageKey: string;
  values?: MessageValues;
  found?: string;
};

export type Lined<Row> = Row & { line: number };

export type CsvRows =
  | { kind: "accounts"; rows: Lined<AccountRow>[] }
  | { kind: "apps"; rows: Lined<AppRow>[] }
  | { kind: "members"; rows: Lined<MemberRow>[] };

export type CsvFile = CsvRows & {
  hash: string;
  encoding: TextEncoding;
  ignored: readonly string[];
  problems: Problem[];
};

/**
 * Reads an uploaded file: which of the three it is, its rows, and everything that is wrong with it
 * by line. Nothing of a file with problems may be stored.
 * @throws Invalid at "file" when it is no such file at all: empty, too large, no text, no header
 */
export function readCsv(bytes: Uint8Array): CsvFile {
  const { text, encoding } = textOfFile(bytes, { field: "file", mostBytes: MOST_BYTES });
  const { lines, brokenAt } = readLines(text, { most: MOST_LINES + 2 });
  const [head, ...body] = lines;
  const header = head && readHeader(head.cells);
  if (!header) throw refused(brokenAt ? "csv.quotes" : "fileHeader");
  if (body.length > MOST_LINES) throw refused("fileTooLong");
  if (body.length === 0 && !brokenAt) throw refused("fileNoRows");

  const problems = headerProblems(header);
  if (brokenAt) problems.push(problemAt(brokenAt, null, "accounts.errors.csv.quotes"));
  const about = { hash: createHash("sha256").update(bytes).digest("hex"), encoding };
  const rows = header.missing.length > 0 ? noRows(header.kind) : readRows(header, body, problems);
  return {
    ...rows,
    ...about,
    ignored: header.ignored,
    problems: problems.sort((one, other) => one.line - other.line),
  };
}

const refused = (key: string) => new Invalid("errors.form", { file: [`accounts.errors.${key}`] });

function headerProblems({ missing, repeated }: Header): Problem[] {
  return [
    ...missing.map((column) => problemAt(1, column, "accounts.errors.csv.missingColumn")),
    ...repeated.map((column) => problemAt(1, column, "accounts.errors.csv.repeatedColumn")),
  ];
}

const problemAt = (line: number, column: CsvColumn | null, messageKey: string): Problem => ({
  line,
  column,
  messageKey,
});

const noRows = (kind: CsvKind): CsvRows => ({ kind, rows: [] });

/** Reads every row, so that all that is wrong is told at once. */
function readRows(header: Header, body: Line[], problems: Problem[]): CsvRows {
  const { kind } = header;
  const read = <Row extends object>(schema: z.ZodType<Row>) =>
    body.flatMap((one) => readRow({ header, schema, problems }, one));
  switch (kind) {
    case "accounts":
      return {
        kind,
        rows: refuseRepeats(
          unrounded(read(ROW_SCHEMAS.accounts), problems),
          problems,
          ({ uin }) => uin,
        ),
      };
    case "apps":
      return { kind, rows: refuseRepeats(read(ROW_SCHEMAS.apps), problems, (row) => row.sdkAppId) };
    case "members": {
      const rows = refuseRepeats(
        read(ROW_SCHEMAS.members),
        problems,
        (row) => `${row.uin} ${row.email}`,
      );
      return { kind, rows: oneNameEach(rows, problems) };
    }
  }
}

type Reading<Row> = { header: Header; schema: z.ZodType<Row>; problems: Problem[] };

function readRow<Row extends object>(
  { header, schema, problems }: Reading<Row>,
  { line, cells }: Line,
): Lined<Row>[] {
  if (cells.slice(header.width).some((cell) => cell !== "")) {
    problems.push(problemAt(line, null, "accounts.errors.csv.tooManyCells"));
    return [];
  }
  const cellOf = (column: CsvColumn) => cells[header.places.get(column) ?? -1] ?? "";
  const columns: readonly CsvColumn[] = CSV_COLUMNS[header.kind];
  const result = schema.safeParse(Object.fromEntries(columns.map((one) => [one, cellOf(one)])));
  if (result.success) return [{ ...result.data, line }];

  const seen = new Set<CsvColumn>();
  for (const issue of result.error.issues) {
    const column = columns.find((one) => one === issue.path[0]);
    if (!column || seen.has(column)) continue;
    seen.add(column);
    problems.push(cellProblem({ line, column, message: issue.message, cell: cellOf(column) }));
  }
  return [];
}

type Cell = { line: number; column: CsvColumn; message: string; cell: string };

/** A spreadsheet that took a number for a quantity has lost digits: the cell cannot be mended here. */
function cellProblem({ line, column, message, cell }: Cell): Problem {
  const isNumber = column === "uin" || column === "sdkAppId";
  const isLost = isNumber && (isShortened(cell) || /^\d+e\d+$/i.test(cell));
  return {
    ...problemAt(line, column, isLost ? "accounts.errors.csv.scientific" : message),
    ...(cell !== "" && { found: shownCell(cell) }),
  };
}

/** So many zeros are no chance any more: one list in ten thousand. */
const TELLING_ZEROS = 4;

/** Long numbers that all end in zeros were cut by a spreadsheet, each of them. */
function unrounded<Row extends Lined<{ uin: string }>>(rows: Row[], problems: Problem[]): Row[] {
  const uins = rows.map(({ uin, ...row }) => ({ line: row.line, value: uin }));
  for (const line of roundedLines(uins, TELLING_ZEROS))
    problems.push(problemAt(line, "uin", "accounts.errors.csv.scientific"));
  return rows;
}

/** Names the later of two rows about the same thing. */
function refuseRepeats<Row extends { line: number }>(
  rows: Row[],
  problems: Problem[],
  keyOf: (row: Row) => string,
): Row[] {
  const first = new Map<string, number>();
  for (const row of rows) {
    const key = keyOf(row);
    const line = first.get(key);
    if (line === undefined) first.set(key, row.line);
    else
      problems.push({
        ...problemAt(row.line, null, "accounts.errors.csv.repeatedRow"),
        values: { line },
        found: key,
      });
  }
  return rows;
}

/** A person has one name, in however many accounts. */
function oneNameEach(rows: Lined<MemberRow>[], problems: Problem[]): Lined<MemberRow>[] {
  const first = new Map<string, Lined<MemberRow>>();
  for (const row of rows) {
    const known = first.get(row.email);
    if (!known) first.set(row.email, row);
    else if (known.name !== row.name)
      problems.push({
        ...problemAt(row.line, "name", "accounts.errors.csv.twoNames"),
        values: { line: known.line, name: known.name },
        found: row.name,
      });
  }
  return rows;
}
