import { and, desc, eq, lt } from "drizzle-orm";
import { z } from "zod";

import { auditEntries, auditLeaves } from "@/db/schema";

import { auditFilter } from "../audit/input";
import { wantedEntries } from "../audit/list";
import { proofsOf } from "../audit/proof";
import { query } from "../query";
import { verb } from "../verb";

/** Entries that are read together; their proofs share what is read of the tree. */
const PAGE = 200;

/** Puts on the record that somebody began to take the list of entries, of which account and days if of some alone. */
export const openList = verb({
  may: "audit.read",
  input: z.object({ filter: auditFilter }),

  async run({ record }, { filter: { accountId = null, from = null, to = null } }) {
    await record("evidence.opened", {
      ...{ id: "list", subject: "record" },
      after: { accountId, from, to },
    });
  },
});

/** A part of the list: what the filter asks for, before the entry of that number, the newest first. */
const part = z.object({ filter: auditFilter, before: z.number().nullable() });

/** The entries by their ids, with their places in the sealed record; names stay where they are. */
export const readListed = query({
  may: "audit.read",
  input: part,

  async run({ db }, { filter, before }) {
    const { seq, at, action, actorKind, actorId, subjectType, subjectId } = auditEntries;
    const rows = await db
      .select({
        ...{ seq, at, action, actorKind, actorId, subjectType, subjectId },
        place: auditLeaves.place,
      })
      .from(auditEntries)
      .leftJoin(auditLeaves, eq(auditLeaves.seq, auditEntries.seq))
      .where(and(await wantedEntries(db, filter), before === null ? undefined : lt(seq, before)))
      .orderBy(desc(seq))
      .limit(PAGE);
    return { rows, next: rows.length === PAGE ? (rows.at(-1)?.seq ?? null) : null };
  },
});

/** The same as proofs, each of which holds by itself; what is not sealed yet is left out. */
export const readListedProofs = query({
  may: "audit.read",
  input: part,

  async run(ctx, asked) {
    const { rows, next } = await readListed(ctx, asked);
    const proofs = await proofsOf(
      ctx.db,
      rows.map(({ seq }) => seq),
    );
    return { proofs: proofs.map(({ file }) => file).toReversed(), next };
  },
});
