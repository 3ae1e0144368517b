import { eq, sql } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import { disposals, serviceEnds } from "@/db/schema";
import { addDays, shanghaiDay } from "@/lib/shanghai";

import { momentColumn, readRows } from "../rows";
import { type RecordedStep, verb } from "../verb";
import { readStores } from "./stores";

type Ended = {
  accountId: string;
  endedAt: Date;
} & (
  | { cause: "app_closed"; appId: string }
  | { cause: "deregistration"; deregistrationId: string }
);

/**
 * Opens the record of what an ended service leaves (P10): a disposal with its day for every store that
 * the vendor wrote down. @returns its id; null where nobody wrote down any store
 */
export async function openEnd(step: RecordedStep, ended: Ended): Promise<string | null> {
  const { tx, now, record } = step;
  const stores = await readStores(tx);
  if (stores.length === 0) return null;
  const [end] = await tx
    .insert(serviceEnds)
    .values({ ...ended, openedAt: now })
    .returning({ id: serviceEnds.id });
  if (!end) throw new Error("the end was not written");
  await tx.insert(disposals).values(
    stores.map(({ store, executor, methodZh, dueDays }) => ({
      ...{ endId: end.id, store, action: "delete" as const, executor, method: methodZh },
      dueDate: addDays(shanghaiDay(now), dueDays),
      createdAt: now,
    })),
  );
  const { cause, accountId } = ended;
  const appId = ended.cause === "app_closed" ? ended.appId : null;
  await record("service_end.opened", {
    id: end.id,
    after: { cause, accountId, appId, stores: stores.map(({ store }) => store) },
  });
  return end.id;
}

const closedRow = z.object({ appId: z.string(), accountId: z.string(), endedAt: momentColumn });

/**
 * Opens what closed apps leave, a hundred at a time, however they were closed: by their owner, at the
 * desk, by a bulk of the vendor's console. What closed before any store was written down is not known of,
 * and an account that goes has one record for all of its apps.
 * @returns how many were opened
 */
export const openEndsOfApps = verb({
  may: "disposal.open",
  input: z.object({}),

  async run(step): Promise<number> {
    const closed = await readRows(step.tx, closedRow)`
      select p.id as "appId", p.account_id as "accountId", p.closed_at as "endedAt"
      from apps p
      where p.closed_at >= (select min(created_at) from data_stores)
        and not exists (
          select from service_ends e
          where e.app_id = p.id and e.ended_at >= date_trunc('milliseconds', p.closed_at)
        )
        and not exists (
          select from service_ends e
          where e.account_id = p.account_id and e.app_id is null
        )
      order by p.closed_at, p.id limit 100`;
    if (closed.length === 0) return step.unchanged(0);
    for (const ended of closed) await openEnd(step, { ...ended, cause: "app_closed" });
    return closed.length;
  },
});

/** How the disposal of a leaving account's service stands; null before it was opened. */
export async function endOfDeregistration(db: Db | Tx, deregistrationId: string) {
  const [end] = await db
    .select()
    .from(serviceEnds)
    .where(eq(serviceEnds.deregistrationId, deregistrationId));
  if (!end) return null;
  const done = await db
    .select()
    .from(disposals)
    .where(eq(disposals.endId, end.id))
    .orderBy(sql`${disposals.createdAt}, ${disposals.store}`);
  return { ...end, disposals: done };
}
