import { sql } from "drizzle-orm";

import type { Tx } from "@/db/client";
import { numberSeries } from "@/db/schema";
import { NUMBER_SERIES, type NumberSeries } from "@/db/vocabulary/numbers";
import { shanghaiDay } from "@/lib/shanghai";

import type { Context } from "./context";

/**
 * "R-2026-000123": the year in Shanghai and the next number of the series, which runs on over the
 * years. The series stays locked until the transaction ends, so a refusal gives its number back and
 * the register has no gaps: ask for it after everything that may refuse, beside the insert
 * (docs/decisions/010-numbers-without-gaps.md).
 */
export async function nextNumber(
  { tx, now }: Context & { tx: Tx },
  series: NumberSeries,
): Promise<string> {
  const [row] = await tx
    .insert(numberSeries)
    .values({ series, last: 1 })
    .onConflictDoUpdate({
      target: numberSeries.series,
      set: { last: sql`${numberSeries.last} + 1` },
    })
    .returning({ last: numberSeries.last });
  if (!row) throw new Error("the number was not given");
  const year = shanghaiDay(now).slice(0, 4);
  return `${NUMBER_SERIES[series]}-${year}-${String(row.last).padStart(6, "0")}`;
}

/** Goes on after a number that was given before and is entered again, as after a restore. */
export async function raiseNumber(tx: Tx, series: NumberSeries, given: string): Promise<void> {
  const last = Number(given.split("-").at(-1));
  await tx
    .insert(numberSeries)
    .values({ series, last })
    .onConflictDoUpdate({
      target: numberSeries.series,
      set: { last: sql`greatest(${numberSeries.last}, ${last}::int)` },
    });
}
