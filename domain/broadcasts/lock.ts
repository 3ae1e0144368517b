import { and, eq, isNull, ne, or } from "drizzle-orm";

import type { Tx } from "@/db/client";
import { type Broadcast, broadcasts } from "@/db/schema";

import { NotFound } from "../errors";

/**
 * A broadcast, locked until the transaction ends: no batch of it is frozen meanwhile, and whoever
 * else steers it waits. @throws NotFound
 */
export async function lockBroadcast(tx: Tx, id: string): Promise<Broadcast> {
  const [broadcast] = await tx
    .select()
    .from(broadcasts)
    .where(eq(broadcasts.id, id))
    .for("no key update");
  if (!broadcast) throw new NotFound("errors.notFound");
  return broadcast;
}

/**
 * A broadcast with its bulletins that have not ended, which are held and stopped with it: locked in the
 * order of their ids, as whoever follows them up locks them (finish.ts). @throws NotFound
 */
export async function lockWithBulletins(tx: Tx, id: string) {
  const own = and(
    eq(broadcasts.kind, "bulletin"),
    eq(broadcasts.subjectId, id),
    ne(broadcasts.status, "finished"),
    isNull(broadcasts.cancelledAt),
  );
  const rows = await tx
    .select()
    .from(broadcasts)
    .where(or(eq(broadcasts.id, id), own))
    .orderBy(broadcasts.id)
    .for("no key update");
  const broadcast = rows.find((one) => one.id === id);
  if (!broadcast) throw new NotFound("errors.notFound");
  const bulletinIds = rows.flatMap((one) => (one.id === id ? [] : [one.id]));
  return { broadcast, bulletinIds };
}
