import { asc, sql } from "drizzle-orm";

import { db } from "@/db/client";
import { mailBatches } from "@/db/schema";
import { bodyOf } from "@/domain/broadcasts/claim-batch";

/** The bytes and keys of the first batches that were frozen, as they left. */
export async function batchBodies(most: number): Promise<{ body: string; key: string }[]> {
  const batches = await db
    .select()
    .from(mailBatches)
    .where(sql`body_hash is not null`)
    .orderBy(asc(mailBatches.frozenAt))
    .limit(most);
  return db.transaction(async (tx) => {
    const bodies: { body: string; key: string }[] = [];
    for (const batch of batches)
      bodies.push({ body: (await bodyOf(tx, batch)) ?? "", key: batch.idempotencyKey });
    return bodies;
  });
}
