import type { Inline, PolicyBlock, TableBlock } from "./blocks";
import { clausesOf } from "./clauses";
import {
  fieldOf,
  isYes,
  MANIFEST_FIELDS,
  MANIFEST_PARTS,
  type ManifestField,
  type ManifestPart,
  platformsIn,
  roleOfCell,
  roleOfHead,
} from "./manifest-words";
import { inlineText } from "./visible-text";

/** Words as they stand in the list, "" where it says nothing; `role` of a register is one of its roles. */
type RowOf<Part extends ManifestPart> = {
  [Field in ManifestField<Part>]: string;
} & { sensitive: boolean };

export type ManifestRows = { [Part in ManifestPart]: RowOf<Part>[] };

/** A row of whichever list. */
export type ManifestRow = ManifestRows[ManifestPart][number];

/** What a row says in one column; "" where its list has no such column. */
export const cellOf = (row: ManifestRow, field: string): string =>
  String((row as Record<string, string | boolean>)[field] ?? "");

/** `source`: whether the rows are those of the text's own tables, or were entered beside it. */
export type Manifest = ManifestRows & { source: "text" | "entered" };

export const NO_ROWS: ManifestRows = { information: [], permissions: [], register: [] };

export const countRows = (rows: ManifestRows): number =>
  rows.information.length + rows.permissions.length + rows.register.length;

/**
 * The lists that a text holds as tables (P08, P09, P51), known by the heads of their columns
 * (manifest-words.ts). What is set in bold in the column that names a row is sensitive (P05). Columns
 * that group rows and were left blank say what the row above them says, and a table without platforms
 * is of those that the line above it names ("Android 系统权限申请表").
 */
export function manifestOf(blocks: PolicyBlock[]): ManifestRows {
  const found: ManifestRows = { information: [], permissions: [], register: [] };
  let above = "";
  for (const clause of clausesOf(blocks)) {
    if (clause.kind === "table") readTable(clause, above, found);
    else if ("inlines" in clause) above = inlineText(clause.inlines);
  }
  return found;
}

type Table = Pick<TableBlock, "head" | "rows">;
type Columns = { part: ManifestPart; fields: (string | null)[]; role: string };

function readTable({ head, rows }: Table, above: string, found: ManifestRows): void {
  const columns = columnsOf(head.map(inlineText));
  if (!columns) return;
  const { part, fields } = columns;
  const name = fields.indexOf("name");
  const platforms = fields.includes("platforms") ? "" : platformNames(above);
  const read = rows.map((row) => ({
    cells: row.map((cell) => inlineText(cell).trim()),
    isBold: isStrong(row[name] ?? []),
  }));
  // Rows of the same part are of one list, however many tables it is laid out in.
  (found[part] as ManifestRow[]).push(...rowsOf(columns, read, { platforms }));
}

/** What a table is, by its heads: the list that most of them belong to; null where it is none. */
export function columnsOf(heads: readonly string[]): Columns | null {
  const role = heads.map(roleOfHead).find((one) => one !== null) ?? null;
  if (role) {
    const fields = heads.map((head) => (roleOfHead(head) ? "name" : fieldOf("register", head)));
    return isList("register", fields) ? { part: "register", fields, role } : null;
  }
  const known = (fields: readonly (string | null)[]) => fields.filter(Boolean).length;
  const [best] = MANIFEST_PARTS.map((part) => ({
    ...{ part, role: "" },
    fields: heads.map((head): string | null => fieldOf(part, head)),
  }))
    .filter(({ part, fields }) => isList(part, fields))
    .sort((one, other) => known(other.fields) - known(one.fields));
  return best ?? null;
}

/** A list names its rows and says of them what lists say; a table of periods or of modules does not. */
const TELLING: Record<ManifestPart, readonly string[]> = {
  information: ["purpose", "method"],
  permissions: ["purpose", "timing", "stops"],
  register: ["information"],
};

const isList = (part: ManifestPart, fields: readonly (string | null)[]): boolean =>
  fields.includes("name") && TELLING[part].some((field) => fields.includes(field));

type ReadRow = { cells: readonly string[]; isBold: boolean };

/** Columns whose blank cells go on with what stands above them. */
const GROUPING = ["plan", "group", "role"];

/** Rows as they are kept; one without a name belongs to nobody. */
export function rowsOf(
  columns: Columns,
  rows: readonly ReadRow[],
  { platforms = "" } = {},
): ManifestRow[] {
  const last: Record<string, string> = {};
  return rows.flatMap(({ cells, isBold }) => {
    const row = { ...fieldsOf(columns, cells) };
    for (const field of GROUPING.filter((one) => one in row))
      last[field] = row[field] ||= last[field] ?? "";
    if (!row.name) return [];
    const marked = cells[columns.fields.indexOf("sensitive")] ?? "";
    const sensitive = isBold || isYes(marked);
    return [{ ...row, ...fallbacksOf(columns, row, platforms), sensitive } as ManifestRow];
  });
}

/** What the table around a row says of it, where the row itself does not. */
function fallbacksOf(
  { part, role }: Columns,
  row: Readonly<Record<string, string>>,
  platforms: string,
): Record<string, string> {
  if (part === "register") return { role: role || (roleOfCell(row.role ?? "") ?? "recipient") };
  return { platforms: row.platforms || platforms };
}

/** What a row says in each column of its list; of two columns with one meaning the first that says something. */
function fieldsOf({ part, fields }: Columns, cells: readonly string[]): Record<string, string> {
  const row: Record<string, string> = Object.fromEntries(
    MANIFEST_FIELDS[part].map((field) => [field, ""]),
  );
  fields.forEach((field, column) => {
    if (field && field in row) row[field] ||= cells[column]?.trim() ?? "";
  });
  return row;
}

function platformNames(words: string): string {
  const plain = words.slice(0, 60);
  return platformsIn(plain)
    .map((code) => NAMES[code])
    .join("、");
}

const NAMES: Record<ReturnType<typeof platformsIn>[number], string> = {
  android: "Android",
  ios: "iOS",
  harmony: "HarmonyOS",
  web: "Web",
  miniprogram: "Mini Program",
  windows: "Windows",
  macos: "macOS",
  flutter: "Flutter",
  unity: "Unity",
};

const isStrong = (inlines: readonly Inline[]): boolean =>
  inlines.some((inline) =>
    inline.kind === "link"
      ? isStrong(inline.children)
      : inline.kind === "text" && Boolean(inline.strong) && inline.text.trim() !== "",
  );
