/** A cell's place in its line: with the blanks around it, and its words alone. */
export type Cell = { start: number; end: number; from: number; to: number };

/** The cells of a row as GFM has them: a bar with a backslash before it is a letter. */
export function cellsOf(line: string): Cell[] {
  const bars: number[] = [];
  for (let at = 0; at < line.length; at += 1) {
    if (line[at] === "\\") at += 1;
    else if (line[at] === "|") bars.push(at);
  }
  const [first] = bars;
  const starts = first !== undefined && line.slice(0, first).trim() === "" ? [] : [-1];
  const last = bars.at(-1);
  const isClosed = last !== undefined && line.slice(last + 1).trim() === "";
  const edges = [...starts, ...bars, ...(isClosed ? [] : [line.length])];
  return edges.slice(1).map((end, index) => {
    const start = (edges[index] ?? -1) + 1;
    const words = line.slice(start, end);
    const from = start + (words.trim() ? words.length - words.trimStart().length : 0);
    return { start, end, from, to: from + words.trim().length };
  });
}

/** A cell as it is typed: its bars are bars and its breaks are lines. */
export const shownCell = (source: string): string =>
  source.replaceAll("\\|", "|").replaceAll(/<br *\/?>/gi, "\n");

/** The same as its line holds it. */
export const cellSource = (shown: string): string =>
  shown.trim().replaceAll(/\\?\|/g, "\\|").replaceAll(/\r?\n/g, "<br>");

/** A line of so many empty cells, or of rules below a head. */
export const emptyRow = (columns: number): string => `|${"  |".repeat(columns)}`;

/** The line with what a cell says in the place of what it said. */
export function withCell(line: string, column: number, source: string): string {
  const cells = cellsOf(line);
  const cell = cells[Math.min(column, cells.length - 1)];
  if (!cell) return line;
  if (column < cells.length) {
    const isBlank = cell.from === cell.to;
    const before = line.slice(0, isBlank ? cell.start : cell.from);
    return `${before}${isBlank ? ` ${source} ` : source}${line.slice(isBlank ? cell.end : cell.to)}`;
  }
  // A row may have fewer cells than its head.
  const missing = " |".repeat(column - cells.length);
  return `${line.slice(0, cell.end)}|${missing} ${source} |`;
}

/** The line with a cell more, behind the `column`th. */
export function withNewCell(line: string, column: number, source: string): string {
  const cells = cellsOf(line);
  const end = cells[Math.min(column, cells.length - 1)]?.end ?? line.length;
  return `${line.slice(0, end)}| ${source} ${line.slice(end) || "|"}`;
}

/** The line without one of its cells. */
export function withoutCell(line: string, column: number): string {
  const cell = cellsOf(line)[column];
  if (!cell) return line;
  return cell.start > 0
    ? line.slice(0, cell.start - 1) + line.slice(cell.end)
    : line.slice(cell.end + 1).trimStart();
}
