import { inArray, sql } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import { auditEntries, auditErasures, auditLeaves } from "@/db/schema";
import { hashOf } from "@/lib/hash";

import { readRows } from "../rows";
import type { RecordedStep } from "../verb";

/**
 * Erases what some entries say, before and after, and the salts by which their leaves could be tried
 * against a guess. That they were written, when, by whom about what, and their place in the tree stays
 * and still verifies; one entry says which lost their contents, under which number and when.
 */
export async function eraseEntries(
  { tx, record }: RecordedStep,
  { number, seqs }: { number: string; seqs: readonly number[] },
): Promise<void> {
  if (seqs.length === 0) return;
  const [erasureId, erased] = [crypto.randomUUID(), seqs.toSorted((a, b) => a - b)];
  await tx.insert(auditErasures).values(erased.map((seq) => ({ seq, erasureId })));
  // SQL's null, not the JSON value of that name.
  const nothing = sql`null`;
  await tx
    .update(auditEntries)
    .set({ before: nothing, after: nothing })
    .where(inArray(auditEntries.seq, erased));
  await tx.update(auditLeaves).set({ whatSalt: null }).where(inArray(auditLeaves.seq, erased));
  await record("record.erased", {
    id: erasureId,
    after: { number, entries: erased.length, hash: hashOf(erased) },
  });
}

const erasureRow = z.object({ seqs: z.array(z.coerce.number()), hash: z.string().nullable() });

/** Entries that were erased, where no entry commits to exactly that list: the first of each. */
export async function wrongErasures(db: Db | Tx): Promise<{ seq: number }[]> {
  const erasures = await readRows(db, erasureRow)`
    select x.seqs, e.after ->> 'hash' as hash
    from (
      select erasure_id, array_agg(seq order by seq) as seqs from audit_erasures group by erasure_id
    ) x
    left join audit_entries e on e.subject_id = x.erasure_id::text and e.action = 'record.erased'`;
  return erasures
    .filter(({ seqs, hash }) => hashOf(seqs) !== hash)
    .map(({ seqs }) => ({ seq: seqs[0] ?? 0 }));
}
