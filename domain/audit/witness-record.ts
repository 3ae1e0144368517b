import { desc, eq, max } from "drizzle-orm";
import { z } from "zod";

import { auditCheckpoints, auditCosignatures } from "@/db/schema";

import { chore } from "../chore";
import { query } from "../query";
import { storedTree } from "./tree";

const witness = z.string().max(200);

/**
 * What a witness is to be shown: what was signed last, and the way to it from `old`, the size that the
 * witness knows (what it has signed here, if it does not say). `isShorter`: the witness knows more than
 * there is, so the record has lost something. Null where it has signed the last one, or there is none.
 */
export const readForWitness = query({
  may: "audit.seal",
  input: z.object({ witness, knows: z.number().int().nonnegative().optional() }),

  async run({ db }, { witness: name, knows }) {
    const [last] = await db
      .select()
      .from(auditCheckpoints)
      .orderBy(desc(auditCheckpoints.size))
      .limit(1);
    const [signed] = await db
      .select({ size: max(auditCosignatures.size) })
      .from(auditCosignatures)
      .where(eq(auditCosignatures.witness, name));
    if (!last || signed?.size === last.size) return null;
    const [old, { size, note }] = [knows ?? signed?.size ?? 0, last];
    if (old > size) return { isShorter: true as const, size, old };
    const proof = await storedTree(db).consistency(old, size);
    return { isShorter: false as const, size, old, note, proof };
  },
});

/** Keeps what the witness signed below a checkpoint; once is enough. */
export const keepCosignature = chore({
  may: "audit.seal",
  input: z.object({ witness, size: z.number().int(), line: z.string().max(400), at: z.date() }),
  run: async ({ tx }, cosignature) => {
    await tx.insert(auditCosignatures).values(cosignature).onConflictDoNothing();
  },
});
