import { and, eq, inArray, sql } from "drizzle-orm";
import { z } from "zod";

import type { Tx } from "@/db/client";
import { dataStores, disposals, type Request, userDeletions, userResults } from "@/db/schema";
import { DELETION_RUNS, type DeletionRun, INTERFACE_OUTCOMES } from "@/db/vocabulary/disposals";

import { Conflict, NotFound } from "../errors";
import { uuid } from "../input";
import { wakeJob } from "../jobs";
import { readRows } from "../rows";
import { verb } from "../verb";
import { lockHandledRequest } from "./handled-request";
import { seen, words } from "./input";
import { assertNoSubject, openOf, sdkAppIdOf, userHash, usersOf } from "./user-deletions";

/** After so many calls in vain one after the other a person has to look; the way there takes some hours. */
const MOST_FAILURES = 12;
const LONGEST_WAIT_MS = 30 * 60_000;

/**
 * Has the vendor's interface asked about the users of a disposal: whether it knows them (a dry run, at any
 * time), to delete them (once a second person has approved), and afterwards whether they are gone. Ordered
 * again after it failed, it goes on where it stood; while it runs or once it is done, that changes nothing.
 * @throws NotFound; Conflict where the interface does not empty that store, nobody is listed, the app is
 * not known, or it is not the time for it
 */
export const orderDeletion = verb({
  may: "request.handle",
  input: z.object({ ...seen, disposalId: uuid, kind: z.enum(DELETION_RUNS) }),

  async run(step, { disposalId, kind, ...of }) {
    const { tx, now, actor, record, unchanged } = step;
    const request = await lockHandledRequest(step, of);
    await assertTime(tx, { request, disposalId, kind });
    const users = usersOf(request);
    if (users.length === 0) throw new Conflict("disposals.errors.noUsers");
    if (!(await sdkAppIdOf(tx, request))) throw new Conflict("disposals.errors.noApp");
    await tx
      .insert(userResults)
      .values(
        users.map((user, position) => ({
          ...{ disposalId, position, hash: userHash(disposalId, user) },
        })),
      )
      .onConflictDoNothing();
    const ordered = { state: "waiting" as const, orderedBy: actor.id, orderedAt: now };
    const begun = await tx
      .insert(userDeletions)
      .values({ disposalId, kind, ...ordered })
      .onConflictDoUpdate({
        target: [userDeletions.disposalId, userDeletions.kind],
        set: { ...ordered, failures: 0, retryAt: null },
        setWhere: eq(userDeletions.state, "failed"),
      })
      .returning({ kind: userDeletions.kind });
    if (begun.length === 0) return unchanged();
    await record("request.deletion_ordered", {
      id: request.id,
      after: { kind, users: users.length },
    });
    await wakeJob(tx, "delete-users");
  },
});

/**
 * Finishes by hand a deletion that the interface gave up on: whoever has no outcome yet was dealt with by
 * somebody, for a reason that goes on the record, and is not sent to the interface any more. A call that
 * was still under way changes nothing of it.
 * @throws NotFound; Conflict where the deletion has not failed, or the case is not being carried out;
 * Invalid when the reason names a subject
 */
export const finishByHand = verb({
  may: "request.handle",
  input: z.object({ ...seen, disposalId: uuid, reason: words(500) }),

  async run(step, { disposalId, reason, ...of }) {
    const { tx, now, record } = step;
    const request = await lockHandledRequest(step, of);
    await assertTime(tx, { request, disposalId, kind: "delete" });
    assertNoSubject(request, { reason });
    const run = and(eq(userDeletions.disposalId, disposalId), eq(userDeletions.kind, "delete"));
    const ended = await tx
      .update(userDeletions)
      .set({ state: "done", endedAt: now, retryAt: null })
      .where(and(run, eq(userDeletions.state, "failed")))
      .returning({ kind: userDeletions.kind });
    if (ended.length === 0) throw new Conflict("disposals.errors.notFailed");
    const left = await tx
      .update(userResults)
      .set({ outcome: "by_hand", outcomeAt: now })
      .where(and(eq(userResults.disposalId, disposalId), openOf("delete")))
      .returning({ position: userResults.position });
    await record("request.deletion_by_hand", {
      id: request.id,
      after: { kind: "delete", users: left.length, reason },
    });
  },
});

/** What was withdrawn keeps the decision it had. */
const isApproved = ({ status, decisionId }: Request): boolean =>
  status === "in_progress" && decisionId !== null;

type Wish = { request: Request; disposalId: string; kind: DeletionRun };

/** @throws NotFound, Conflict */
async function assertTime(tx: Tx, { request, disposalId, kind }: Wish): Promise<void> {
  const [found] = await tx
    .select({ disposal: disposals, carrier: dataStores.carrier })
    .from(disposals)
    .leftJoin(dataStores, eq(dataStores.store, disposals.store))
    .where(and(eq(disposals.id, disposalId), eq(disposals.requestId, request.id)));
  if (!found) throw new NotFound("errors.notFound");
  if (found.carrier !== "account_deletion" || found.disposal.action !== "delete")
    throw new Conflict("disposals.errors.byHand");
  if (kind === "delete" && (!isApproved(request) || found.disposal.doneAt))
    throw new Conflict("requests.errors.notApproved");
  if (kind !== "proof") return;
  const [run] = await tx
    .select()
    .from(userDeletions)
    .where(and(eq(userDeletions.disposalId, disposalId), eq(userDeletions.kind, "delete")));
  if (run?.state !== "done") throw new Conflict("disposals.errors.notDeleted");
}

/** Whether users of a disposal are still to be deleted by the interface. */
export async function isDeleting(tx: Tx, disposalId: string): Promise<boolean> {
  const running = await tx.$count(
    userDeletions,
    and(
      eq(userDeletions.disposalId, disposalId),
      eq(userDeletions.kind, "delete"),
      inArray(userDeletions.state, ["waiting", "failed"]),
    ),
  );
  return running > 0;
}

/** Has the interface asked no more about the users of a request that goes no further. */
export async function stopDeletions(tx: Tx, requestId: string): Promise<void> {
  const own = tx
    .select({ id: disposals.id })
    .from(disposals)
    .where(eq(disposals.requestId, requestId));
  await tx
    .update(userDeletions)
    .set({ state: "failed", retryAt: null })
    .where(and(inArray(userDeletions.disposalId, own), eq(userDeletions.state, "waiting")));
}

/** Whether the interface is deleting users of a request, or has deleted one: nobody decides otherwise then. */
export async function hasBegunDeleting(tx: Tx, requestId: string): Promise<boolean> {
  const [begun] = await readRows(tx, z.object({ id: z.string() }))`
    select d.id from disposals d where d.request_id = ${requestId} and (
      exists (select from user_deletions r
        where r.disposal_id = d.id and r.kind = 'delete' and r.state = 'waiting')
      or exists (select from user_results u where u.disposal_id = d.id and u.outcome in ('deleted', 'by_hand'))
    ) limit 1`;
  return begun !== undefined;
}

const answerInput = z.object({
  disposalId: uuid,
  kind: z.enum(DELETION_RUNS),
  /** What the interface said of each; who is left out is asked about again. */
  answers: z.array(
    z.object({
      position: z.int(),
      code: z.int32(),
      isKnown: z.boolean().nullable(),
      outcome: z.enum(INTERFACE_OUTCOMES).nullable(),
    }),
  ),
});

/**
 * Writes down what one call brought. A user who has an outcome keeps it, whoever asks again: a worker that
 * was killed between the call and this leaves them without one, and the next call, which deletes nobody
 * twice, brings it. The run ends when nobody is left. @returns how many were new
 */
export const keepAnswers = verb({
  may: "disposal.deleteUsers",
  input: answerInput,

  async run({ tx, now, record, unchanged }, { disposalId, kind, answers }): Promise<number> {
    const [run] = await tx
      .select({ run: userDeletions, requestId: disposals.requestId })
      .from(userDeletions)
      .innerJoin(disposals, eq(disposals.id, userDeletions.disposalId))
      .where(and(eq(userDeletions.disposalId, disposalId), eq(userDeletions.kind, kind)))
      .for("update", { of: userDeletions });
    // What was stopped while the interface was asked is still written down: it has happened.
    if (!run || run.run.state === "done") return unchanged(0);
    const said = JSON.stringify(answers);
    const kept = await readRows(tx, positionRow)`
      update user_results r set ${setOf(kind, now)}
      from jsonb_to_recordset(${said}::jsonb)
        as a(position int, code int, "isKnown" boolean, outcome text)
      where r.disposal_id = ${disposalId} and r.position = a.position and ${openAs(kind)}
      returning r.position`;
    const left = await tx.$count(
      userResults,
      and(eq(userResults.disposalId, disposalId), openOf(kind)),
    );
    await tx
      .update(userDeletions)
      .set({
        ...{ failures: 0, retryAt: null },
        ...(left === 0 && { state: "done" as const, endedAt: now }),
      })
      .where(and(eq(userDeletions.disposalId, disposalId), eq(userDeletions.kind, kind)));
    await record("request.users_answered", {
      id: run.requestId ?? disposalId,
      after: { kind, users: kept.length, left },
    });
    return kept.length;
  },
});

const positionRow = z.object({ position: z.int() });

const setOf = (kind: DeletionRun, now: Date) => {
  const at = sql`${now.toISOString()}::timestamptz`;
  switch (kind) {
    case "check":
      return sql`is_known = a."isKnown"`;
    case "delete":
      return sql`outcome = a.outcome, code = a.code, outcome_at = ${at}`;
    case "proof":
      return sql`is_gone = not a."isKnown", gone_at = ${at}`;
  }
};

/** What has no answer of this kind yet. */
const openAs = (kind: DeletionRun) => {
  switch (kind) {
    case "check":
      return sql`r.is_known is null`;
    case "delete":
      return sql`r.outcome is null`;
    case "proof":
      return sql`r.is_gone is null and r.outcome in ('deleted', 'absent', 'by_hand')`;
  }
};

/** A call in vain: the run waits twice as long as before, and after too many for a person to look. */
export const putOffDeletion = verb({
  may: "disposal.deleteUsers",
  input: z.object({ disposalId: uuid, kind: z.enum(DELETION_RUNS), waitMs: z.int().nullable() }),

  async run({ tx, now, record, unchanged }, { disposalId, kind, waitMs }) {
    const [run] = await tx
      .select({ run: userDeletions, requestId: disposals.requestId })
      .from(userDeletions)
      .innerJoin(disposals, eq(disposals.id, userDeletions.disposalId))
      .where(and(eq(userDeletions.disposalId, disposalId), eq(userDeletions.kind, kind)))
      .for("update", { of: userDeletions });
    if (run?.run.state !== "waiting") return unchanged();
    const failures = run.run.failures + 1;
    const isOver = failures >= MOST_FAILURES;
    const wait = waitMs ?? Math.min(1000 * 2 ** failures, LONGEST_WAIT_MS);
    await tx
      .update(userDeletions)
      .set({
        failures,
        retryAt: new Date(now.getTime() + wait),
        ...(isOver && { state: "failed" as const }),
      })
      .where(and(eq(userDeletions.disposalId, disposalId), eq(userDeletions.kind, kind)));
    await record("request.deletion_put_off", {
      id: run.requestId ?? disposalId,
      after: { kind, failures, isOver },
    });
  },
});
