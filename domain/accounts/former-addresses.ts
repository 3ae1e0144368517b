import { eq, inArray } from "drizzle-orm";

import type { Db, Tx } from "@/db/client";
import { formerAddresses, users } from "@/db/schema";
import { shanghaiDay } from "@/lib/shanghai";

/** Whose an address was, and since when (a day of Shanghai) they have another. */
export type FormerOwner = { name: string; email: string; date: string };

/**
 * Of addresses that nobody has now, those that somebody had before: to enter one as a new person would
 * make two of one. By address; the latest change where several had it.
 */
export async function formerOwners(
  db: Db | Tx,
  addresses: readonly string[],
): Promise<ReadonlyMap<string, FormerOwner>> {
  const rows = await db
    .select({
      address: formerAddresses.address,
      changedAt: formerAddresses.changedAt,
      name: users.name,
      email: users.email,
    })
    .from(formerAddresses)
    .innerJoin(users, eq(users.id, formerAddresses.userId))
    .where(inArray(formerAddresses.address, [...new Set(addresses)]))
    .orderBy(formerAddresses.changedAt);
  return new Map(
    rows.map(({ address, changedAt, ...owner }) => [
      address,
      { ...owner, date: shanghaiDay(changedAt) },
    ]),
  );
}
