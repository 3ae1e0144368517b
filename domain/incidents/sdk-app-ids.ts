import { sql } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import { COLUMN_FAULTS, type ColumnFaults, type Heads, readColumn } from "@/lib/id-column";

import { Invalid, type MessageValues } from "../errors";
import { columnRefusals, namedLines } from "../list-text";
import { readRows } from "../rows";

export const MOST_IDS = 100_000;

const FAULTS = ["wrong", "unknown", "otherProduct", "closed"] as const;
type Fault = (typeof FAULTS)[number];
const faultRow = z.object({ id: z.string(), fault: z.enum(FAULTS) });
/** What makes a list unusable as a whole: which column or where a line ends is anybody's guess. */
const FATAL = ["broken", "repeated"] as const satisfies readonly (keyof ColumnFaults)[];

export type IdList = {
  ids: string[];
  /** Where each of them stands first. */
  lineOf: ReadonlyMap<string, number>;
  /** Line numbers from 1, in the text as it was given. */
  faults: Record<Fault | "duplicate", number[]>;
  column: ColumnFaults;
};

const HEADS: Heads = [
  ["sdkappid", "sdkappids", "应用sdkappid"],
  ["appid", "应用id", "应用"],
];

/**
 * Reads SDKAppIDs, one a line or from the column with their name. Blank lines are passed over;
 * full-width digits are digits.
 * @throws Invalid at `field` for more than a hundred thousand
 */
export function readIds(text: string, field: string): IdList {
  const { cells, faults: column } = readColumn(text, HEADS);
  if (cells.length > MOST_IDS)
    throw new Invalid("errors.form", { [field]: ["notices.errors.ids.tooMany"] });
  const faults: IdList["faults"] = {
    ...{ wrong: [], unknown: [], otherProduct: [], closed: [], duplicate: [] },
  };
  const lineOf = new Map<string, number>();
  for (const { line, value } of cells) {
    const id = value.slice(0, 200).normalize("NFKC").trim();
    if (!/^[1-9]\d{9}$/.test(id)) faults.wrong.push(line);
    else if (lineOf.has(id)) faults.duplicate.push(line);
    else lineOf.set(id, line);
  }
  return { ids: [...lineOf.keys()], lineOf, faults, column };
}

type Checking = { list: IdList; productId: string };

/** Looks the ids up and moves those of no open app of the product to the faults, by line. */
export async function checkIds(db: Db | Tx, { list, productId }: Checking): Promise<IdList> {
  const rows = await readRows(db, faultRow)`
    select given.id,
      case when p.id is null then 'unknown'
        when p.product_id <> ${productId} then 'otherProduct'
        else 'closed' end as fault
    from unnest(${sql.param(list.ids)}::text[]) with ordinality as given(id, at)
    left join apps p on p.sdk_app_id = given.id
    left join accounts a on a.id = p.account_id
    where p.id is null or p.product_id <> ${productId}
      or p.closed_at is not null or a.closed_at is not null
    order by given.at`;
  if (rows.length === 0) return list;

  const faults = structuredClone(list.faults);
  for (const { id, fault } of rows) {
    const line = list.lineOf.get(id);
    if (line !== undefined) faults[fault].push(line);
  }
  const bad = new Set(rows.map(({ id }) => id));
  return { ...list, ids: list.ids.filter((id) => !bad.has(id)), faults };
}

type Refusal = { keys: string[]; values: MessageValues };

/** What is wrong with a list, as a refusal of its field; null when every line can be used. */
export function faultsOf({ faults, column }: IdList): Refusal | null {
  const found = FAULTS.filter((fault) => faults[fault].length > 0);
  const structure = columnRefusals(column);
  if (found.length === 0 && structure.keys.length === 0) return null;
  return {
    keys: [...structure.keys, ...found.map((fault) => `notices.errors.ids.${fault}`)],
    values: {
      column: "SDKAppID",
      ...structure.values,
      ...Object.fromEntries(found.map((fault) => [`${fault}Lines`, namedLines(faults[fault])])),
    },
  };
}

/** Whether lines can be left out at all, and the rest of the list still be what was meant. */
export const isUsable = ({ column }: IdList): boolean =>
  FATAL.every((fault) => column[fault].length === 0);

export const leftOut = ({ faults, column }: IdList): number =>
  FAULTS.reduce((sum, fault) => sum + faults[fault].length, 0) +
  COLUMN_FAULTS.reduce((sum, fault) => sum + column[fault].length, 0);
