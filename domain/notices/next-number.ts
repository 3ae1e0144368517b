import { sql } from "drizzle-orm";

import type { Tx } from "@/db/client";
import { shanghaiDay } from "@/lib/shanghai";

/** "I-2026-000012": the year in Shanghai and a number that never repeats. */
export async function nextNumber(tx: Tx, now: Date): Promise<string> {
  const { rows } = await tx.execute<{ n: string }>(sql`select nextval('incident_numbers') as n`);
  return `I-${shanghaiDay(now).slice(0, 4)}-${String(rows[0]?.n).padStart(6, "0")}`;
}
