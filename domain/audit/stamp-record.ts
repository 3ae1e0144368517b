import { desc, eq, inArray } from "drizzle-orm";
import { z } from "zod";

import { auditCheckpoints, auditTimeStamps } from "@/db/schema";

import { chore } from "../chore";
import { query } from "../query";
import { signedLast } from "./checkpoint";
import { hashColumn } from "./tree";

/**
 * What the time-stamping authority is to be asked to put its time to: what was signed last. Null while
 * that has a stamp, or the last stamp came less than so many minutes ago.
 */
export const readToStamp = query({
  may: "audit.seal",
  input: z.object({ minutes: z.number().int().positive() }),

  async run({ db, now }, { minutes }) {
    const last = await signedLast(db);
    const [stamp] = await db
      .select({ size: auditTimeStamps.size, keptAt: auditTimeStamps.keptAt })
      .from(auditTimeStamps)
      .orderBy(desc(auditTimeStamps.size))
      .limit(1);
    if (!last || last.size === stamp?.size) return null;
    const isEarly = stamp && now.getTime() - stamp.keptAt.getTime() < minutes * 60_000;
    return isEarly ? null : { size: last.size, note: last.note };
  },
});

/** Keeps what the authority signed for a checkpoint; the first is enough. */
export const keepTimeStamp = chore({
  may: "audit.seal",
  input: z.object({
    ...{ size: z.number().int(), authority: z.string().max(300), token: hashColumn, at: z.date() },
  }),
  run: async ({ tx, now }, stamp) => {
    await tx
      .insert(auditTimeStamps)
      .values({ ...stamp, keptAt: now })
      .onConflictDoNothing();
  },
});

/** The time stamps of checkpoints, by their sizes, each with the note that it is of, byte for byte. */
export const readTimeStamps = query({
  may: "audit.readCheckpoint",
  input: z.object({ sizes: z.array(z.number().int()) }),

  run: ({ db }, { sizes }) =>
    db
      .select({
        ...{ size: auditTimeStamps.size, token: auditTimeStamps.token, at: auditTimeStamps.at },
        ...{ authority: auditTimeStamps.authority, note: auditCheckpoints.note },
      })
      .from(auditTimeStamps)
      .innerJoin(auditCheckpoints, eq(auditCheckpoints.size, auditTimeStamps.size))
      .where(inArray(auditTimeStamps.size, sizes))
      .orderBy(auditTimeStamps.size),
});
