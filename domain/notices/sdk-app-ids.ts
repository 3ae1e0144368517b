import { sql } from "drizzle-orm";

import type { Db, Tx } from "@/db/client";

import { Invalid, type MessageValues } from "../errors";

/** SDKAppIDs in one list at most. */
export const MOST_IDS = 100_000;
/** A report names this many lines; the rest is counted. */
const LINES_NAMED = 10;

const FAULTS = ["wrong", "unknown", "otherProduct", "closed"] as const;
type Fault = (typeof FAULTS)[number];

export type IdList = {
  ids: string[];
  /** Line numbers from 1, in the text as it was given. */
  faults: Record<Fault | "duplicate", number[]>;
};

const HEADING = /^(sdk[_ ]?app[_ ]?id|appid|应用id|应用)$/i;

/**
 * Reads SDKAppIDs, one a line, from what was pasted or from the first column of a CSV file. Blank
 * lines and a heading are passed over; full-width digits are digits.
 * @throws Invalid at `field` for more than a hundred thousand
 */
export function readIds(text: string, field: string): IdList {
  const list: IdList = {
    ids: [],
    faults: { wrong: [], unknown: [], otherProduct: [], closed: [], duplicate: [] },
  };
  const lineOf = new Set<string>();
  let count = 0;
  const lines = text.replace(/^\ufeff/, "").split("\n");
  for (const [index, line] of lines.entries()) {
    const id = idIn(line);
    if (id === "" || (count === 0 && HEADING.test(id))) continue;
    count += 1;
    if (count > MOST_IDS)
      throw new Invalid("errors.form", { [field]: ["notices.errors.ids.tooMany"] });
    if (!/^[1-9]\d{9}$/.test(id)) list.faults.wrong.push(index + 1);
    else if (lineOf.has(id)) list.faults.duplicate.push(index + 1);
    else {
      lineOf.add(id);
      list.ids.push(id);
    }
  }
  return list;
}

/** The first cell of a line: quotes and what follows a separator fall away. */
const idIn = (line: string): string =>
  (line.slice(0, 200).split(/[,;\t，；]/)[0] ?? "").normalize("NFKC").replaceAll('"', "").trim();

type Checking = { text: string; list: IdList; productId: string };

/** Looks the ids up and moves those of no open app of the product to the faults, by line. */
export async function checkIds(db: Db | Tx, { text, list, productId }: Checking): Promise<IdList> {
  const { rows } = await db.execute<{ id: string; fault: Fault | null }>(sql`
    select given.id,
      case when p.id is null then 'unknown'
        when p.product_id <> ${productId} then 'otherProduct'
        when p.closed_at is not null or a.closed_at is not null then 'closed' end as fault
    from unnest(${sql.param(list.ids)}::text[]) as given(id)
    left join apps p on p.sdk_app_id = given.id
    left join accounts a on a.id = p.account_id`);
  const bad = new Map(rows.flatMap(({ id, fault }) => (fault ? [[id, fault] as const] : [])));
  if (bad.size === 0) return list;

  const faults = structuredClone(list.faults);
  const seen = new Set<string>();
  for (const [index, line] of text
    .replace(/^\ufeff/, "")
    .split("\n")
    .entries()) {
    const id = idIn(line);
    const fault = bad.get(id);
    if (!fault || seen.has(id)) continue;
    seen.add(id);
    faults[fault].push(index + 1);
  }
  return { ids: list.ids.filter((id) => !bad.has(id)), faults };
}

/** What is wrong with a list, as a refusal of its field; null when every line can be used. */
export function faultsOf({ faults }: IdList): { keys: string[]; values: MessageValues } | null {
  const found = FAULTS.filter((fault) => faults[fault].length > 0);
  if (found.length === 0) return null;
  return {
    keys: found.map((fault) => `notices.errors.ids.${fault}`),
    values: Object.fromEntries(found.map((fault) => [`${fault}Lines`, namedLines(faults[fault])])),
  };
}

/** "3, 17, 20 … (+4)": the lines a report names. */
export function namedLines(lines: readonly number[]): string {
  const named = lines.slice(0, LINES_NAMED).join(", ");
  return lines.length > LINES_NAMED ? `${named} … (+${lines.length - LINES_NAMED})` : named;
}
