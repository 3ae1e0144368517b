import { eq } from "drizzle-orm";

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
