import { and, eq, isNull, lt, sql } from "drizzle-orm";
import { z } from "zod";

import type { Tx } from "@/db/client";
import { accountSyncLines, accountSyncProblems, accountSyncs } from "@/db/schema";

import { chore } from "../chore";
import { Conflict, NotFound } from "../errors";
import { uuid } from "../input";
import { wakeJob } from "../jobs";
import { query } from "../query";
import { readOneRow, changeRows, countColumn } from "../rows";
import { sentenceValues } from "./find-sync-run";
import type { SyncRow } from "./sync-input";
import type { SyncProblem } from "./sync-rows";

/** Problems that are kept of one bulk; all are counted. */
export const MOST_PROBLEMS = 1000;
const HOUR_MS = 3_600_000;
export const KEPT_DAYS = 30;

/**
 * Begins to take a bulk. Under a key that was used before it is the bulk of that time.
 * @throws Conflict while the first one under the key is still coming in
 */
export const openSync = chore({
  may: "account.sync",
  input: z.object({ isDryRun: z.boolean(), idempotencyKey: z.string().max(255).nullable() }),

  async run({ tx, actor, now }, { isDryRun, idempotencyKey }) {
    await forget(tx, now);
    const [opened] = await tx
      .insert(accountSyncs)
      .values({ createdBy: actor.id, createdAt: now, state: "receiving", isDryRun, idempotencyKey })
      .onConflictDoNothing()
      .returning();
    if (opened) return { id: opened.id, isRepeat: false as const };
    const [first] = await tx
      .select()
      .from(accountSyncs)
      .where(
        and(
          eq(accountSyncs.createdBy, actor.id),
          eq(accountSyncs.idempotencyKey, idempotencyKey ?? ""),
        ),
      );
    if (!first?.bodyHash) throw new Conflict("accounts.errors.sync.receiving");
    const { id, bodyHash } = first;
    return { id, isRepeat: true as const, bodyHash, wasDryRun: first.isDryRun };
  },
});

/** What broke off an hour ago is over, and what is a month old is nobody's any more. */
async function forget(tx: Tx, now: Date): Promise<void> {
  const ago = (ms: number) => new Date(now.getTime() - ms);
  await tx.delete(accountSyncs).where(lt(accountSyncs.createdAt, ago(KEPT_DAYS * 24 * HOUR_MS)));
  const stale = await tx
    .update(accountSyncs)
    .set({ state: "broken", finishedAt: now, idempotencyKey: null })
    .where(and(eq(accountSyncs.state, "receiving"), lt(accountSyncs.createdAt, ago(HOUR_MS))))
    .returning({ id: accountSyncs.id });
  for (const { id } of stale)
    await tx.delete(accountSyncLines).where(eq(accountSyncLines.syncId, id));
}

export type ReadLine = { line: number; row: SyncRow };

/** Keeps lines as they came in, and what is wrong with those that are none. */
export const keepLines = chore({
  may: "account.sync",
  input: z.object({
    syncId: uuid,
    lines: z.custom<readonly ReadLine[]>(Array.isArray),
    problems: z.custom<readonly SyncProblem[]>(Array.isArray),
  }),

  async run({ tx }, { syncId, lines, problems }) {
    const rows = lines.map(({ line, row }) => ({ line, uin: row.uin, body: row }));
    await changeRows(tx)`
      insert into account_sync_lines (sync_id, line, uin, body)
      select ${syncId}::uuid, line, uin, body
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(line int, uin text, body jsonb)`;
    await keepProblems(tx, { syncId, problems });
    await tx
      .update(accountSyncs)
      .set({ lines: sql`${accountSyncs.lines} + ${lines.length + linesOf(problems)}` })
      .where(eq(accountSyncs.id, syncId));
  },
});

const linesOf = (problems: readonly SyncProblem[]) =>
  new Set(problems.map(({ line }) => line)).size;

/** Counts them all and keeps the first thousand. */
export async function keepProblems(
  tx: Tx,
  { syncId, problems }: { syncId: string; problems: readonly SyncProblem[] },
): Promise<void> {
  if (problems.length === 0) return;
  const { kept } = await readOneRow(tx, z.object({ kept: countColumn }))`
    select count(*)::int as kept from account_sync_problems where sync_id = ${syncId}`;
  const room = problems.slice(0, Math.max(0, MOST_PROBLEMS - kept));
  if (room.length > 0)
    await tx
      .insert(accountSyncProblems)
      .values(room.map(({ values = {}, ...one }) => ({ ...one, values, syncId })));
  await tx
    .update(accountSyncs)
    .set({ problemCount: sql`${accountSyncs.problemCount} + ${problems.length}` })
    .where(eq(accountSyncs.id, syncId));
}

/** The body has ended, and the worker may begin. */
export const closeSync = chore({
  may: "account.sync",
  input: z.object({ syncId: uuid, bodyHash: z.string() }),

  async run({ tx }, { syncId, bodyHash }) {
    await tx
      .update(accountSyncs)
      .set({ state: "waiting", bodyHash })
      .where(and(eq(accountSyncs.id, syncId), eq(accountSyncs.state, "receiving")));
    await wakeJob(tx, "sync-accounts");
  },
});

/** The body broke off or is no bulk: nothing of it is kept, and its key is free again. */
export const dropSync = chore({
  may: "account.sync",
  input: z.object({ syncId: uuid }),

  async run({ tx }, { syncId }) {
    const isOpen = and(eq(accountSyncs.id, syncId), isNull(accountSyncs.bodyHash));
    await tx.delete(accountSyncs).where(isOpen);
  },
});

/** How far a bulk is, and what is wrong in it. @throws NotFound */
export const findSync = query({
  may: "account.readSynced",
  input: z.object({ syncId: z.string().max(100) }),

  async run({ db }, { syncId }) {
    if (!uuid.safeParse(syncId).success) throw new NotFound("errors.notFound");
    const [sync] = await db.select().from(accountSyncs).where(eq(accountSyncs.id, syncId));
    if (!sync) throw new NotFound("errors.notFound");
    const problems = await db
      .select()
      .from(accountSyncProblems)
      .where(eq(accountSyncProblems.syncId, syncId))
      .orderBy(accountSyncProblems.line, accountSyncProblems.pointer)
      .limit(MOST_PROBLEMS);
    const { id, state, isDryRun, lines, linesDone, added, changed, unchanged } = sync;
    return {
      ...{ id, state, isDryRun, lines, linesDone, added, changed, unchanged },
      ...{
        problemCount: sync.problemCount,
        createdAt: sync.createdAt,
        finishedAt: sync.finishedAt,
      },
      problems: problems.map(({ line, uin, pointer, messageKey, values }) => ({
        ...{ line, uin, pointer, messageKey, values: sentenceValues.parse(values) },
      })),
    };
  },
});
