import { createHash } from "node:crypto";
import { and, asc, eq, sql } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import { apps, dataStores, disposals, requests, userDeletions, userResults } from "@/db/schema";
import {
  DELETION_OUTCOMES,
  DELETION_RUNS,
  type DeletionOutcome,
  type DeletionRun,
} from "@/db/vocabulary/disposals";
import { unsealText } from "@/lib/seal";

import { Invalid } from "../errors";
import { query } from "../query";
import { countColumn, readRows } from "../rows";
import { requestNumber } from "./input";
import { findStaffRequest } from "./staff-requests";

/** The interface takes so many at a call (its documentation: account_delete, account_check). */
export const MOST_USERS_A_CALL = 100;

/**
 * What stands for a user on a receipt: SHA-256 over the disposal's id and the identifier, a line end
 * between them. The id is random and on that receipt alone, so that hashes of two receipts never meet, and
 * whoever holds one checks an identifier without giving it to anybody.
 */
export const userHash = (disposalId: string, user: string): Buffer =>
  createHash("sha256").update(`${disposalId}\n${user}`, "utf8").digest();

/** The users of a request, in the order they were listed. */
export const usersOf = ({ subjects }: { subjects: Buffer | null }): string[] =>
  subjects ? unsealText(subjects, "request.subjects").split("\n") : [];

/** Receipt and record name no identifier, so the words they are made of must not either. @throws Invalid at the field */
export function assertNoSubject(
  request: { subjects: Buffer | null },
  words: Record<string, string>,
): void {
  const named = usersOf(request);
  for (const [field, text] of Object.entries(words))
    if (named.some((subject) => subject.length > 2 && text.includes(subject)))
      throw new Invalid("errors.form", { [field]: ["requests.errors.resultNamesSubject"] });
}

/** The app that the interface is asked about: the developer's own, or the one the end user named. */
export async function sdkAppIdOf(
  db: Db | Tx,
  { appId, namedSdkAppId }: { appId: string | null; namedSdkAppId: string | null },
): Promise<string | null> {
  if (!appId) return namedSdkAppId;
  const [app] = await db.select().from(apps).where(eq(apps.id, appId));
  return app?.sdkAppId ?? null;
}

/** Which users a run has still to ask about. */
export const openOf = (kind: DeletionRun) => {
  switch (kind) {
    case "check":
      return sql`${userResults.isKnown} is null`;
    case "delete":
      return sql`${userResults.outcome} is null`;
    case "proof":
      return sql`${userResults.isGone} is null and ${userResults.outcome} in ('deleted', 'absent', 'by_hand')`;
  }
};

const countsRow = z.object({
  disposalId: z.string(),
  total: countColumn,
  known: countColumn,
  unknown: countColumn,
  deleted: countColumn,
  absent: countColumn,
  refused: countColumn,
  byHand: countColumn,
  gone: countColumn,
  remaining: countColumn,
});
export type UserCounts = Omit<z.output<typeof countsRow>, "disposalId">;

/** What the interface said of the users of some disposals, counted; of one never asked about there is no row. */
export async function countUsers(db: Db | Tx, disposalIds: readonly string[]) {
  const rows = await readRows(db, countsRow)`
    select disposal_id as "disposalId", count(*)::int as total,
      count(*) filter (where is_known)::int as known,
      count(*) filter (where not is_known)::int as unknown,
      count(*) filter (where outcome = 'deleted')::int as deleted,
      count(*) filter (where outcome = 'absent')::int as absent,
      count(*) filter (where outcome = 'refused')::int as refused,
      count(*) filter (where outcome = 'by_hand')::int as "byHand",
      count(*) filter (where is_gone)::int as gone,
      count(*) filter (where not is_gone)::int as remaining
    from user_results
    where disposal_id = any(${sql.param([...disposalIds])}::uuid[])
    group by disposal_id`;
  return new Map(rows.map(({ disposalId, ...counts }) => [disposalId, counts]));
}

/**
 * How the interface is asked about the users of a case, disposal by disposal, for those whose store it
 * empties. @throws NotFound
 */
export const readUserDeletions = query({
  may: "request.readAsStaff",
  input: z.object({ number: requestNumber }),

  async run({ db, actor }, { number }) {
    const request = await findStaffRequest(db, { actor, number });
    const carried = await db
      .select({ id: disposals.id, store: disposals.store, action: disposals.action })
      .from(disposals)
      .innerJoin(dataStores, eq(dataStores.store, disposals.store))
      .where(and(eq(disposals.requestId, request.id), eq(dataStores.carrier, "account_deletion")));
    const ids = carried.map(({ id }) => id);
    const runs = await db
      .select()
      .from(userDeletions)
      .innerJoin(disposals, eq(disposals.id, userDeletions.disposalId))
      .where(eq(disposals.requestId, request.id))
      .orderBy(asc(userDeletions.orderedAt));
    const counts = await countUsers(db, ids);
    return {
      sdkAppId: await sdkAppIdOf(db, request),
      disposals: carried
        .filter(({ action }) => action === "delete")
        .map(({ id, store }) => ({
          ...{ id, store, users: request.subjectCount },
          counts: counts.get(id) ?? null,
          runs: runs.flatMap(({ user_deletions: run }) => (run.disposalId === id ? [run] : [])),
        })),
    };
  },
});

export type UserDeletionsOf = Awaited<ReturnType<typeof readUserDeletions>>;

/** A call to make: a run, the app, and the users with their places in the request's list. */
export type UserBatch = {
  disposalId: string;
  kind: DeletionRun;
  sdkAppId: string;
  users: { position: number; user: string }[];
};

const runRow = z.object({
  disposalId: z.string(),
  kind: z.enum(DELETION_RUNS),
  requestId: z.string(),
});

/** The next call of the run that was ordered first and is not put off; null where there is nothing to ask. */
export const nextUserBatch = query({
  may: "disposal.deleteUsers",
  input: z.object({}),

  async run({ db, now }): Promise<UserBatch | null> {
    const [run] = await readRows(db, runRow)`
      select r.disposal_id as "disposalId", r.kind, d.request_id as "requestId"
      from user_deletions r join disposals d on d.id = r.disposal_id
      where r.state = 'waiting' and (r.retry_at is null or r.retry_at <= ${now.toISOString()}::timestamptz)
      order by r.ordered_at, r.disposal_id, r.kind limit 1`;
    if (!run) return null;
    const [request] = await db.select().from(requests).where(eq(requests.id, run.requestId));
    if (!request) throw new Error("a deletion of no request");
    const all = usersOf(request);
    const rows = await db
      .select({ position: userResults.position })
      .from(userResults)
      .where(and(eq(userResults.disposalId, run.disposalId), openOf(run.kind)))
      .orderBy(asc(userResults.position))
      .limit(MOST_USERS_A_CALL);
    const { disposalId, kind } = run;
    return {
      ...{ disposalId, kind, sdkAppId: (await sdkAppIdOf(db, request)) ?? "" },
      users: rows.map(({ position }) => ({ position, user: all[position] ?? "" })),
    };
  },
});

const nextRow = z.object({ at: z.string().nullable() });

/** When the next run that was put off may go on; null where none is. */
export const nextUserRetryAt = query({
  may: "disposal.deleteUsers",
  input: z.object({}),

  async run({ db }): Promise<Date | null> {
    const [next] = await readRows(db, nextRow)`
      select to_char(min(retry_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at
      from user_deletions where state = 'waiting'`;
    return next?.at ? new Date(next.at) : null;
  },
});

const listedRow = z.object({
  hash: z.string(),
  outcome: z.enum(DELETION_OUTCOMES),
  code: z.number().nullable(),
  isGone: z.boolean().nullable(),
});
export type ListedUser = z.output<typeof listedRow>;

/** What became of each user, by hash alone, in the order of the hashes, which is nobody's order. */
export const listUsers = (db: Db | Tx, disposalId: string): Promise<ListedUser[]> =>
  readRows(db, listedRow)`
    select encode(hash, 'hex') as hash, outcome, code, is_gone as "isGone"
    from user_results where disposal_id = ${disposalId} and outcome is not null order by hash`;

export type Settled = { position: number; code: number } & (
  | { isKnown: boolean }
  | { outcome: DeletionOutcome }
);
