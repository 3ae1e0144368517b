import { and, asc, eq, inArray } from "drizzle-orm";
import { z } from "zod";

import { accountSyncLines, accountSyncs } from "@/db/schema";
import { SYNC_STATES } from "@/db/vocabulary/accounts";

import { chore } from "../chore";
import { uuid } from "../input";
import { query } from "../query";
import { keepProblems } from "./receive-sync";
import type { SyncProblem } from "./sync-rows";

const UNFINISHED = ["waiting", "running"] as const;

/** The bulks that wait for the worker, and those that one before it has left. */
export const listDueSyncs = query({
  may: "account.runSync",
  input: z.object({}),

  async run({ db }) {
    return db
      .select({ id: accountSyncs.id })
      .from(accountSyncs)
      .where(inArray(accountSyncs.state, [...UNFINISHED]))
      .orderBy(asc(accountSyncs.createdAt));
  },
});

/** Tells beside the transaction that does the work how far it is. */
export const noteProgress = chore({
  may: "account.runSync",
  input: z.object({ syncId: uuid, linesDone: z.int() }),

  async run({ tx }, { syncId, linesDone }) {
    await tx
      .update(accountSyncs)
      .set({ state: "running", linesDone })
      .where(and(eq(accountSyncs.id, syncId), inArray(accountSyncs.state, [...UNFINISHED])));
  },
});

/** Says what a bulk came to where it changed no account, and forgets its lines. */
export const settleSync = chore({
  may: "account.runSync",
  input: z.object({
    syncId: uuid,
    state: z.enum(SYNC_STATES),
    added: z.int().default(0),
    changed: z.int().default(0),
    unchanged: z.int().default(0),
    problems: z.custom<readonly SyncProblem[]>(Array.isArray).default([]),
  }),

  async run({ tx, now }, { syncId, problems, ...outcome }) {
    const settled = await tx
      .update(accountSyncs)
      .set({ ...outcome, finishedAt: now })
      .where(and(eq(accountSyncs.id, syncId), inArray(accountSyncs.state, [...UNFINISHED])))
      .returning({ id: accountSyncs.id });
    if (settled.length === 0) return;
    await keepProblems(tx, { syncId, problems });
    await tx.delete(accountSyncLines).where(eq(accountSyncLines.syncId, syncId));
  },
});
