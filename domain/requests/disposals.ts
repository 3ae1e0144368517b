import { and, asc, eq, isNull } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import { disposals, type Request } from "@/db/schema";
import { DATA_STORES, DISPOSAL_ACTIONS, HOLD_REASONS } from "@/db/vocabulary/requests";
import { shanghaiDay } from "@/lib/shanghai";

import { backupsUntil, carriedOutBy, storesToEmpty } from "../disposals/stores";
import { Conflict, Invalid } from "../errors";
import { calendarDate, prose, uuid } from "../input";
import { type RecordedStep, verb } from "../verb";
import { answer, approvedDecision } from "./answer";
import { seen, words } from "./input";
import { writeRequest } from "./move";
import { lockHandledRequest } from "./handled-request";
import { isDeleting } from "./order-deletion";
import { allowsDisposals } from "./rules";
import { assertNoSubject } from "./user-deletions";

const wanted = z
  .object({
    ...seen,
    store: z.enum(DATA_STORES, { error: "errors.field.required" }),
    action: z.enum(DISPOSAL_ACTIONS, { error: "errors.field.required" }),
    holdReason: z.enum(HOLD_REASONS).nullable().catch(null),
    holdText: prose(1000)
      .transform((text) => text.trim())
      .nullable(),
    dueDate: calendarDate(),
  })
  .superRefine(({ action, holdReason, holdText }, ctx) => {
    if (action !== "hold") return;
    if (!holdReason)
      ctx.addIssue({ code: "custom", path: ["holdReason"], message: "requests.errors.holdReason" });
    if (!holdText)
      ctx.addIssue({ code: "custom", path: ["holdText"], message: "errors.field.required" });
  });

/**
 * Plans what becomes of the data in one store (P10, P32), where the request calls for it; a store
 * planned again is planned anew.
 * Data is held only for one of the four reasons of the guide (P14).
 * @throws NotFound; Conflict once a second person has approved the plan; Invalid
 */
export const planDisposal = verb({
  may: "request.handle",
  input: wanted,

  async run(step, { number, revision, store, action, holdReason, holdText, dueDate }) {
    const request = await lockHandledRequest(step, { number, revision });
    if (!allowsDisposals(request.type)) throw new Conflict("requests.errors.noDisposal");
    assertPlanOpen(request);
    if (dueDate < shanghaiDay(step.now))
      throw new Invalid("errors.form", { dueDate: ["requests.errors.dayPassed"] });
    const isHold = action === "hold";
    if (isHold) assertNoSubject(request, { holdText: holdText ?? "" });
    const values = {
      action,
      dueDate,
      holdReason: isHold ? holdReason : null,
      holdText: isHold ? holdText : null,
      ...(await carriedOutBy(step.tx, store)),
    };
    const planned = await step.tx
      .insert(disposals)
      .values({ requestId: request.id, store, createdAt: step.now, ...values })
      .onConflictDoUpdate({
        target: [disposals.requestId, disposals.store],
        set: values,
        setWhere: isNull(disposals.doneAt),
      })
      .returning({ id: disposals.id });
    if (planned.length === 0) throw new Conflict("requests.errors.storeDone");
    await writeRequest(step.tx, request, {});
    await step.record("request.disposal_planned", {
      id: request.id,
      after: { store, action, holdReason: values.holdReason, dueDate },
    });
  },
});

/** Plans to delete from every store there is that is not planned yet, by the day the answer is due (P55). */
export async function openDisposals(step: RecordedStep, request: Request): Promise<void> {
  const today = shanghaiDay(step.now);
  const dueDate = request.dueDate < today ? today : request.dueDate;
  const stores = await storesToEmpty(step.tx);
  const planned = await step.tx
    .insert(disposals)
    .values(
      stores.map(({ store, executor, method }) => ({
        ...{ requestId: request.id, store, action: "delete" as const, dueDate },
        ...{ executor, method, createdAt: step.now },
      })),
    )
    .onConflictDoNothing({ target: [disposals.requestId, disposals.store] })
    .returning({ store: disposals.store });
  for (const { store } of planned)
    await step.record("request.disposal_planned", {
      id: request.id,
      after: { store, action: "delete", holdReason: null, dueDate },
    });
}

/** Takes a store out of the plan. @throws NotFound; Conflict once the plan is approved */
export const dropDisposal = verb({
  may: "request.handle",
  input: z.object({ ...seen, disposalId: uuid }),

  async run(step, { disposalId, ...of }) {
    const request = await lockHandledRequest(step, of);
    assertPlanOpen(request);
    const [dropped] = await step.tx
      .delete(disposals)
      .where(
        and(
          eq(disposals.id, disposalId),
          eq(disposals.requestId, request.id),
          isNull(disposals.doneAt),
        ),
      )
      .returning();
    if (!dropped) return step.unchanged();
    await writeRequest(step.tx, request, {});
    await step.record("request.disposal_dropped", {
      id: request.id,
      before: { store: dropped.store, action: dropped.action },
    });
  },
});

/**
 * Says that one store has been dealt with, and how. The last one answers the request and issues the
 * deletion receipt.
 * @returns whether the requester has the answer now
 * @throws NotFound; Conflict before a second person has approved; Invalid when the result names a subject
 */
export const completeDisposal = verb({
  may: "request.handle",
  input: z.object({ ...seen, disposalId: uuid, result: words(500) }),

  async run(step, { disposalId, result, ...of }) {
    const request = await lockHandledRequest(step, of);
    if (!allowsDisposals(request.type)) throw new Conflict("requests.errors.noDisposal");
    const decision = await approvedDecision(step.tx, request);
    if (request.status !== "in_progress" || !decision)
      throw new Conflict("requests.errors.notApproved");
    assertNoSubject(request, { result });
    if (await isDeleting(step.tx, disposalId)) throw new Conflict("disposals.errors.deleting");
    const until = await backupsOf(step, disposalId);
    const [done] = await step.tx
      .update(disposals)
      .set({ doneAt: step.now, doneBy: step.actor.id, result, backupsUntil: until })
      .where(
        and(
          eq(disposals.id, disposalId),
          eq(disposals.requestId, request.id),
          isNull(disposals.doneAt),
        ),
      )
      .returning();
    if (!done) throw new Conflict("requests.errors.movedOn");
    await step.record("request.disposal_done", {
      id: request.id,
      after: { store: done.store, action: done.action },
    });
    const written = await writeRequest(step.tx, request, {});
    return { isAnswered: await answer(step, { request: written, decision }) };
  },
});

/** When the last copy in a backup expires of what is removed today. */
async function backupsOf({ tx, now }: RecordedStep, disposalId: string): Promise<string | null> {
  const [disposal] = await tx.select().from(disposals).where(eq(disposals.id, disposalId));
  return disposal ? backupsUntil(tx, disposal.store, shanghaiDay(now)) : null;
}

export const disposalsOf = (db: Db | Tx, requestId: string) =>
  db
    .select()
    .from(disposals)
    .where(eq(disposals.requestId, requestId))
    .orderBy(asc(disposals.createdAt), asc(disposals.store));

function assertPlanOpen({ status, decisionId }: Request): void {
  if (decisionId) throw new Conflict("requests.errors.planApproved");
  if (status !== "in_progress" && status !== "verifying")
    throw new Conflict("requests.errors.movedOn");
}
