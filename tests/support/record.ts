import { asc, eq } from "drizzle-orm";

import { db } from "@/db/client";
import { auditEntries } from "@/db/schema";

/** What is on record about one thing, in order. */
export async function recordOf(subjectId: string): Promise<string[]> {
  const entries = await db
    .select({ action: auditEntries.action })
    .from(auditEntries)
    .where(eq(auditEntries.subjectId, subjectId))
    .orderBy(asc(auditEntries.seq));
  return entries.map(({ action }) => action);
}

/** Everything on record, for "nothing was recorded". */
export async function recordLength(): Promise<number> {
  return db.$count(auditEntries);
}
