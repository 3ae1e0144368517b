import { db } from "@/db/client";

import type { Context } from "../context";
import { findYear, saveCalendarYear } from "./save-year";
import { year2025 } from "./years/2025";
import { year2026 } from "./years/2026";

/** The years this version ships with. */
const KNOWN_YEARS = [year2025, year2026];

/** Enters the years that come with the product, on the record; a year somebody has entered stays as it is. */
export async function enterKnownYears(ctx: Context): Promise<void> {
  for (const year of KNOWN_YEARS) {
    if (!(await findYear(ctx.tx ?? db, year.year))) await saveCalendarYear(ctx, year);
  }
}
