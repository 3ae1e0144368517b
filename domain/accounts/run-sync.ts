import { and, asc, eq, gt, sql } from "drizzle-orm";
import { z } from "zod";

import type { Tx } from "@/db/client";
import { type AccountSync, accountSyncLines, accountSyncs } from "@/db/schema";
import type { SyncState } from "@/db/vocabulary/accounts";

import { uuid } from "../input";
import { readOneRow, readRows } from "../rows";
import { type RecordedStep, verb } from "../verb";
import { noteProgress } from "./settle-sync";
import { type SyncRow, syncedLine } from "./sync-input";
import { type SyncOutcome, type SyncProblem, syncRows } from "./sync-rows";
import { tellMembers } from "./tell-members";

/** Accounts that are written by one set of statements. */
const BATCH = 500;

type Outcome = SyncOutcome & { state: SyncState };

/** Nothing of the bulk may stand: something in it is wrong, or it is a dry run. */
export class Undone extends Error {
  constructor(readonly outcome: Outcome) {
    super(outcome.state);
  }
}

/**
 * Carries out a bulk in one transaction: all of it or nothing. It tells every problem of every line,
 * and in a dry run what it would have done.
 * @throws Undone with what it found, where nothing was changed
 */
export const runSync = verb({
  may: "account.runSync",
  input: z.object({ syncId: uuid }),

  async run(step, { syncId }): Promise<Outcome | "busy" | "over"> {
    const { tx, now, record, unchanged } = step;
    const { taken } = await readOneRow(tx, z.object({ taken: z.boolean() }))`
      select pg_try_advisory_xact_lock(hashtext('accounts.import')) as taken`;
    if (!taken) return unchanged("busy");
    const [sync] = await tx.select().from(accountSyncs).where(eq(accountSyncs.id, syncId));
    if (!sync || sync.finishedAt) return unchanged("over");

    const outcome = await syncLines(step, sync);
    if (sync.problemCount + outcome.problems.length > 0)
      throw new Undone({ ...outcome, state: "refused" });
    if (sync.isDryRun) throw new Undone({ ...outcome, state: "checked" });
    const { added, changed, moves } = outcome;
    if (added + changed === 0) return unchanged({ ...outcome, state: "done" as const });
    const counts = { added, changed, unchanged: outcome.unchanged };
    await tx
      .update(accountSyncs)
      .set({ ...counts, state: "done", finishedAt: now, linesDone: sync.lines })
      .where(eq(accountSyncs.id, syncId));
    await tx.delete(accountSyncLines).where(eq(accountSyncLines.syncId, syncId));
    await tellMembers(step, { moves, runId: syncId });
    const fileHash = sync.bodyHash ?? "";
    await record("account.imported", {
      id: syncId,
      after: { kind: "sync", added, changed, fileHash },
    });
    return "over";
  },
});

async function syncLines(step: RecordedStep, { id: syncId }: AccountSync): Promise<SyncOutcome> {
  const { tx, actor, now } = step;
  const problems = await contradictions(tx, syncId);
  const moves: SyncOutcome["moves"] = [];
  const wrong = new Set(problems.map(({ line }) => line));
  const sum = { added: 0, changed: 0, unchanged: 0 };
  let after = 0;
  let done = 0;
  for (;;) {
    const rows = await linesAfter(tx, { syncId, after });
    if (rows.length === 0) break;
    const right = rows.filter(({ line }) => !wrong.has(line));
    const outcome = await syncRows(step, right, syncId);
    sum.added += outcome.added;
    sum.changed += outcome.changed;
    sum.unchanged += outcome.unchanged;
    problems.push(...outcome.problems);
    for (const move of outcome.moves) moves.push(move);
    done += rows.length;
    after = rows.at(-1)?.line ?? after;
    if (COUNT_ANEW.includes(done)) await countAnew(tx);
    await noteProgress({ actor, now }, { syncId, linesDone: done });
  }
  return { ...sum, problems, moves };
}

/** Lines after which the tables are no longer what PostgreSQL plans by. */
const COUNT_ANEW: readonly number[] = [2_000, 20_000];

/** Nobody else sees what this transaction has written, so nobody else can count it. */
async function countAnew(tx: Tx): Promise<void> {
  await tx.execute(sql`analyze accounts, apps, app_platforms, members, users`);
}

type Place = { syncId: string; after: number };

async function linesAfter(
  tx: Tx,
  { syncId, after }: Place,
): Promise<(SyncRow & { line: number })[]> {
  const rows = await tx
    .select({ line: accountSyncLines.line, body: accountSyncLines.body })
    .from(accountSyncLines)
    .where(and(eq(accountSyncLines.syncId, syncId), gt(accountSyncLines.line, after)))
    .orderBy(asc(accountSyncLines.line))
    .limit(BATCH);
  return rows.map(({ line, body }) => ({ ...syncedLine.parse(body), line }));
}

const contradiction = z.object({
  line: z.number(),
  uin: z.string(),
  pointer: z.string(),
  messageKey: z.string(),
  first: z.number(),
  name: z.string(),
});

/** What only several lines together have wrong: the later one is told. */
async function contradictions(tx: Tx, syncId: string): Promise<SyncProblem[]> {
  const rows = await readRows(tx, contradiction)`
    with l as (select line, uin, body from account_sync_lines where sync_id = ${syncId}),
    twice as (
      select line, uin, '/uin' as pointer, 'accounts.errors.csv.repeatedRow' as "messageKey",
        first_value(line) over w as first, '' as name
      from l window w as (partition by uin order by line)
    ), apps as (
      select l.line, l.uin, '/apps/' || (a.n - 1) || '/sdkAppId', 'accounts.errors.csv.repeatedRow',
        first_value(l.line) over w, ''
      from l cross join jsonb_array_elements(l.body -> 'apps') with ordinality as a(app, n)
      window w as (partition by a.app ->> 'sdkAppId' order by l.line)
    ), people as (
      select l.line, l.uin, '/members/' || (m.n - 1) || '/name' as pointer,
        'accounts.errors.csv.twoNames' as "messageKey",
        first_value(l.line) over w as first, first_value(m.one ->> 'name') over w as name,
        m.one ->> 'name' as own
      from l cross join jsonb_array_elements(l.body -> 'members') with ordinality as m(one, n)
      window w as (partition by m.one ->> 'email' order by l.line)
    )
    select * from (select * from twice union all select * from apps) one where line <> first
    union all
    select line, uin, pointer, "messageKey", first, name from people where own <> name
    order by line`;
  return rows.map(({ first, name, ...problem }) => ({ ...problem, values: { line: first, name } }));
}
