import type { MessageValues } from "../errors";
import type { CsvColumn } from "./csv-columns";
import type { Lined, Problem } from "./read-csv";

/** One value that a row sets: `from` is null where there was none before, `to` blank where there is none any more. */
export type FieldChange = {
  field:
    | "name"
    | "tier"
    | "tags"
    | "homeRegion"
    | "role"
    | "product"
    | "region"
    | "apiOnly"
    | "platforms"
    | "closed";
  from: string | null;
  to: string;
};

export type RowState = "added" | "changed" | "unchanged";

/** A row of the file, and what it means for what is there: `id` is null where nothing is. */
export type Planned<Row> = {
  row: Lined<Row>;
  state: RowState;
  id: string | null;
  changes: FieldChange[];
};

export type Field = readonly [field: FieldChange["field"], from: string | null, to: string];

/** Compares a row with what is there, field by field. */
export function compare<Row>(
  row: Lined<Row>,
  id: string | null,
  fields: readonly Field[],
): Planned<Row> {
  const changes = fields.flatMap(([field, from, to]) => (from === to ? [] : [{ field, from, to }]));
  if (id === null) return { row, state: "added", id, changes };
  return { row, state: changes.length > 0 ? "changed" : "unchanged", id, changes };
}

type Fault = { column: CsvColumn; key: string; found: string; values?: MessageValues };

/** A problem that only what is stored can tell. */
export const problemOf = (line: number, { column, key, found, values }: Fault): Problem => ({
  line,
  column,
  messageKey: `accounts.errors.csv.${key}`,
  found,
  ...(values && { values }),
});
