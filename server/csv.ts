import "server-only";
import { stringify } from "csv-stringify/sync";

type File = {
  /** Plain ASCII, with its ending. */
  name: string;
  header: readonly string[];
  pages: AsyncIterable<Rows>;
};

type Rows = readonly (readonly (string | null)[])[];

/** Lines of a spreadsheet: a cell that would be taken for a formula is set in quotes, as OWASP's "CSV Injection" advises. */
export const csvLines = (rows: Rows): string =>
  stringify(
    rows.map((row) => [...row]),
    { escape_formulas: true, record_delimiter: "windows" },
  );

/** A whole file of them; a byte order mark names the encoding. */
export const csvText = (rows: Rows): string => `\ufeff${csvLines(rows)}`;

/** The same sent page by page. */
export function csvDownload({ name, header, pages }: File): Response {
  const encoder = new TextEncoder();
  const write = (rows: Rows) => encoder.encode(csvLines(rows));
  const source = pages[Symbol.asyncIterator]();

  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(encoder.encode("\ufeff"));
      controller.enqueue(write([header]));
    },
    async pull(controller) {
      const { done, value } = await source.next();
      if (done) controller.close();
      else controller.enqueue(write(value));
    },
    async cancel() {
      await source.return?.();
    },
  });
  return new Response(body, {
    headers: {
      "Content-Type": "text/csv; charset=utf-8",
      "Content-Disposition": `attachment; filename="${name}"`,
      "Cache-Control": "private, no-store",
    },
  });
}
