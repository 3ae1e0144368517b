import { asc, desc, eq, isNull } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import {
  auditChecks,
  auditCheckpoints,
  auditCosignatures,
  auditKeys,
  auditQueue,
  auditTimeStamps,
} from "@/db/schema";
import { verifierLine } from "@/lib/signed-note";

import { NotFound } from "../errors";
import { query } from "../query";

/** The checkpoint of the greatest size; undefined before the first. */
export async function signedLast(db: Db | Tx) {
  const [last] = await db
    .select()
    .from(auditCheckpoints)
    .orderBy(desc(auditCheckpoints.size))
    .limit(1);
  return last;
}

/** What was signed last, as it is published: with the lines of the witnesses that have signed it too. @throws NotFound while nothing has been */
export const readLastCheckpoint = query({
  may: "audit.readCheckpoint",
  input: z.object({}),

  async run({ db }) {
    const last = await signedLast(db);
    if (!last) throw new NotFound("errors.notFound");
    const cosignatures = await db
      .select({ line: auditCosignatures.line })
      .from(auditCosignatures)
      .where(eq(auditCosignatures.size, last.size))
      .orderBy(asc(auditCosignatures.witness));
    return { ...last, note: last.note + cosignatures.map(({ line }) => `${line}\n`).join("") };
  },
});

/** What was signed last, the newest first, for who keeps all of it by a feed. */
export const listCheckpoints = query({
  may: "audit.readCheckpoint",
  input: z.object({}),

  run: async ({ db }) =>
    db
      .select({
        size: auditCheckpoints.size,
        note: auditCheckpoints.note,
        sealedAt: auditCheckpoints.sealedAt,
      })
      .from(auditCheckpoints)
      .orderBy(desc(auditCheckpoints.size))
      .limit(50),
});

/** How far the record is sealed, what waits, how its last check ended, how far a witness has signed it, and an authority put its time to it. */
export const readSealing = query({
  may: "audit.read",
  input: z.object({}),

  async run({ db }) {
    const last = await signedLast(db);
    const [check] = await db
      .select({ checkedAt: auditChecks.checkedAt, isGood: isNull(auditChecks.fault) })
      .from(auditChecks)
      .orderBy(desc(auditChecks.checkedAt))
      .limit(1);
    const waiting = await db.$count(auditQueue);
    const [witness] = await db
      .select({
        name: auditCosignatures.witness,
        size: auditCosignatures.size,
        at: auditCosignatures.at,
      })
      .from(auditCosignatures)
      .orderBy(desc(auditCosignatures.at))
      .limit(1);
    const [stamp] = await db
      .select({
        ...{ authority: auditTimeStamps.authority, size: auditTimeStamps.size },
        ...{ at: auditTimeStamps.at, keptAt: auditTimeStamps.keptAt },
      })
      .from(auditTimeStamps)
      .orderBy(desc(auditTimeStamps.size))
      .limit(1);
    return {
      witness: witness ?? null,
      stamp: stamp ?? null,
      last: last ?? null,
      check: check ? { ...check, isGood: check.isGood === true } : null,
      waiting,
    };
  },
});

/** Every key the record was signed with, the earliest first; one ends where the next begins. */
export const listRecordKeys = query({
  may: "audit.readCheckpoint",
  input: z.object({}),

  async run({ db }) {
    const keys = await db.select().from(auditKeys).orderBy(asc(auditKeys.begunAt));
    return keys.map((key, index) => ({
      ...{ name: key.name, id: key.id, line: verifierLine(key) },
      publicKey: key.publicKey.toString("base64"),
      from: key.begunAt,
      until: keys[index + 1]?.begunAt ?? null,
    }));
  },
});
