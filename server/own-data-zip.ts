import "server-only";

import type { Locale } from "@/db/vocabulary/languages";
import {
  columnsOf,
  type Export,
  noteOwnData,
  openOwnData,
  pagesOf,
  partNames,
  readOwnFile,
  type Row,
} from "@/domain/access/own-data";
import type { Context } from "@/domain/context";
import { type BundleFile, zipOf } from "@/lib/bundle-zip";
import { shanghaiDay } from "@/lib/shanghai";

import { csvText } from "./csv";
import { indexPage, partPage, pathOf, plainCell } from "./own-data-page";

type Asked = Parameters<typeof openOwnData>[1] & { locale: Locale };

/**
 * All that is held about the reader, or about an account to its owner, as one zip that comes piece by
 * piece (docs/decisions/060): a page of rows as JSON, as CSV and to be read, and each file as it was
 * brought. However much it is, one page and a line for each file are held. @throws NotFound; NotAllowed
 */
export async function exportOwnData(ctx: Context, { locale, ...asked }: Asked) {
  const taking = await openOwnData(ctx, asked);
  const name = `gaozhi-${taking.whose.of}-${shanghaiDay(taking.openedAt)}.zip`;
  return { name, pieces: zipOf(filesOf(ctx, { taking, locale })) };
}

type Making = { taking: Export; locale: Locale };
type Told = { name: string; rows: number; pages: number };

/** The files in turn, the ones that list them last. */
async function* filesOf(ctx: Context, making: Making): AsyncGenerator<BundleFile> {
  const { taking } = making;
  const told: Told[] = [];
  let files = 0;
  for (const name of partNames(taking)) {
    const part: Told = { name, rows: 0, pages: 0 };
    told.push(part);
    for await (const [path, bytes] of pagesIn(ctx, { ...making, part })) {
      files += path.startsWith("files/") ? 1 : 0;
      yield [path, bytes];
    }
  }
  const rows = told.reduce((sum, part) => sum + part.rows, 0);
  await noteOwnData(ctx, { whose: taking.whose, rows, files });
  const { whose, name, openedAt } = taking;
  const about = { of: whose.of, id: whose.id, name };
  const counts = Object.fromEntries(told.map((part) => [part.name, part.rows]));
  yield [
    "about.json",
    json({ format: "gaozhi-own-data/1", takenAt: openedAt, about, counts, files }),
  ];
  yield ["index.html", bytesOf(indexPage({ ...making, told, files }))];
}

async function* pagesIn(
  ctx: Context,
  { taking, locale, part }: Making & { part: Told },
): AsyncGenerator<BundleFile> {
  const columns = columnsOf(taking, part.name);
  const asked = { whose: taking.whose, part: part.name };
  for await (const { rows, hasMore } of pagesOf(ctx, asked)) {
    part.rows += rows.length;
    part.pages += 1;
    const path = pathOf(part.name, part.pages);
    const cells = rows.map((row) => columns.map((column) => plainCell(row[column])));
    yield [`${path}.json`, json(rows)];
    yield [`${path}.csv`, bytesOf(csvText([columns, ...cells]))];
    const shown = { locale, name: part.name, columns, rows, page: part.pages, hasMore };
    yield [`${path}.html`, bytesOf(partPage(shown))];
    if (part.name === "requestFiles") yield* broughtFiles(ctx, { taking, rows });
  }
}

async function* broughtFiles(
  ctx: Context,
  { taking: { whose }, rows }: { taking: Export; rows: readonly Row[] },
): AsyncGenerator<BundleFile> {
  for (const row of rows) {
    const [fileId, fileName] = [String(row["fileId"]), String(row["fileName"])];
    const content = await readOwnFile(ctx, { whose, fileId });
    // One that has gone meanwhile breaks off nothing.
    if (content) yield [`files/${fileId}${endingOf(fileName)}`, Uint8Array.from(content)];
  }
}

/** Programs read a path beyond ASCII differently: a file goes by its id, which its row names. */
const endingOf = (fileName: string): string =>
  (/\.[A-Za-z0-9]{1,8}$/.exec(fileName)?.[0] ?? "").toLowerCase();

const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
const json = (value: unknown) => bytesOf(`${JSON.stringify(value, null, 1)}\n`);
