import { and, asc, desc, eq, isNotNull, isNull, sql } from "drizzle-orm";
import { z } from "zod";

import type { Tx } from "@/db/client";
import { accounts, apps, disposals, serviceEnds, users } from "@/db/schema";
import { DISPOSAL_ACTIONS, HOLD_REASONS } from "@/db/vocabulary/requests";
import { shanghaiDay } from "@/lib/shanghai";

import { Conflict, NotFound } from "../errors";
import { prose, uuid } from "../input";
import { wakeJob } from "../jobs";
import { query } from "../query";
import { type RecordedStep, verb } from "../verb";
import { backupsUntil } from "./stores";

/** So many are shown of each kind: the open ones whose day is nearest, the settled ones of late. */
const SHOWN = 100;

const dueDate = sql<string>`(
  select min(d.due_date) from disposals d where d.end_id = ${serviceEnds.id} and d.done_at is null)`;

/** Ends of service whose data is still to be disposed of, the nearest day first, or those settled last. */
export const listEnds = query({
  may: "disposal.read",
  input: z.object({ view: z.enum(["open", "settled"]).catch("open") }),

  run: ({ db }, { view }) =>
    db
      .select({
        id: serviceEnds.id,
        cause: serviceEnds.cause,
        accountName: accounts.name,
        uin: accounts.uin,
        appName: apps.name,
        endedAt: serviceEnds.endedAt,
        settledAt: serviceEnds.settledAt,
        dueDate,
        total: sql<number>`(select count(*)::int from disposals d where d.end_id = ${serviceEnds.id})`,
        done: sql<number>`(select count(*)::int from disposals d
          where d.end_id = ${serviceEnds.id} and d.done_at is not null)`,
      })
      .from(serviceEnds)
      .innerJoin(accounts, eq(accounts.id, serviceEnds.accountId))
      .leftJoin(apps, eq(apps.id, serviceEnds.appId))
      .where(view === "open" ? isNull(serviceEnds.settledAt) : isNotNull(serviceEnds.settledAt))
      .orderBy(...(view === "open" ? [asc(dueDate)] : []), desc(serviceEnds.openedAt))
      .limit(SHOWN),
});

export type EndRow = Awaited<ReturnType<typeof listEnds>>[number];

/** One end of service with what becomes of the data, store by store. @throws NotFound */
export const readEnd = query({
  may: "disposal.read",
  input: z.object({ endId: z.string() }),

  async run({ db }, { endId }) {
    const known = z.uuid().safeParse(endId);
    if (!known.success) throw new NotFound("errors.notFound");
    const [end] = await db
      .select({ end: serviceEnds, account: accounts, app: apps })
      .from(serviceEnds)
      .innerJoin(accounts, eq(accounts.id, serviceEnds.accountId))
      .leftJoin(apps, eq(apps.id, serviceEnds.appId))
      .where(eq(serviceEnds.id, endId));
    if (!end) throw new NotFound("errors.notFound");
    const rows = await db
      .select({ disposal: disposals, doneByName: users.name })
      .from(disposals)
      .leftJoin(users, eq(users.id, disposals.doneBy))
      .where(eq(disposals.endId, endId))
      .orderBy(asc(disposals.dueDate), asc(disposals.store));
    return {
      ...end.end,
      account: { id: end.account.id, name: end.account.name, uin: end.account.uin },
      app: end.app && { name: end.app.name, sdkAppId: end.app.sdkAppId },
      disposals: rows.map(({ disposal, doneByName }) => ({ ...disposal, doneByName })),
    };
  },
});

export type ServiceEnd = Awaited<ReturnType<typeof readEnd>>;

const doneInput = z
  .object({
    disposalId: uuid,
    action: z.enum(DISPOSAL_ACTIONS, { error: "errors.field.required" }),
    /** How it was done and what proves it: counts, the number of a job or of a log. */
    result: prose(500)
      .transform((text) => text.trim())
      .refine((text) => text !== "", "errors.field.required"),
    holdReason: z.enum(HOLD_REASONS).nullable().catch(null),
  })
  .refine(({ action, holdReason }) => action !== "hold" || holdReason, {
    error: "requests.errors.holdReason",
    path: ["holdReason"],
  });

/**
 * Says that one store of an ended service has been dealt with, how and with what proof (P10); held is
 * only what one of the four reasons holds (P14). The last one settles the end, and lets a leaving
 * account go. @throws NotFound; Conflict where somebody has said so already
 */
export const completeEndDisposal = verb({
  may: "disposal.complete",
  input: doneInput,

  async run(step, { disposalId, action, result, holdReason }) {
    const { tx, actor, now, record } = step;
    const { store, end } = await lockDisposal(tx, disposalId);
    const isHeld = action === "hold";
    const [done] = await tx
      .update(disposals)
      .set({
        ...{ action, result, doneAt: now, doneBy: actor.id },
        holdReason: isHeld ? holdReason : null,
        holdText: isHeld ? result : null,
        backupsUntil: isHeld ? null : await backupsUntil(tx, store, shanghaiDay(now)),
      })
      .where(and(eq(disposals.id, disposalId), isNull(disposals.doneAt)))
      .returning();
    if (!done) throw new Conflict("disposals.errors.done");
    await record("service_end.disposal_done", {
      id: end.id,
      after: { store, action, holdReason: done.holdReason, dueDate: done.dueDate },
    });
    return { isSettled: await settle(step, end) };
  },
});

/** The disposal's store and its end, locked until the transaction ends. @throws NotFound */
async function lockDisposal(tx: Tx, disposalId: string) {
  const [found] = await tx.select().from(disposals).where(eq(disposals.id, disposalId));
  if (!found?.endId) throw new NotFound("errors.notFound");
  const [end] = await tx
    .select()
    .from(serviceEnds)
    .where(eq(serviceEnds.id, found.endId))
    .for("update");
  if (!end) throw new Error("a disposal of no end");
  return { store: found.store, end };
}

/** Settles an end of which nothing is left to be done. @returns whether it was */
async function settle(
  { tx, now, record }: RecordedStep,
  { id, deregistrationId }: typeof serviceEnds.$inferSelect,
): Promise<boolean> {
  const left = await tx.$count(disposals, and(eq(disposals.endId, id), isNull(disposals.doneAt)));
  if (left > 0) return false;
  await tx.update(serviceEnds).set({ settledAt: now }).where(eq(serviceEnds.id, id));
  await record("service_end.settled", { id });
  if (deregistrationId) await wakeJob(tx, "execute-deregistrations");
  return true;
}
