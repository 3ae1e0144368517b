import { and, eq, inArray, isNull } from "drizzle-orm";

import type { Tx } from "@/db/client";
import { accounts, type Deregistration, deregistrations, members } from "@/db/schema";
import { OPEN_DEREGISTRATION_STATUSES } from "@/db/vocabulary/deregistrations";

import { Conflict, NotFound } from "../errors";

/**
 * An account, locked until the transaction ends, before anything that decides about its going:
 * the order in which everybody locks is account, then deregistration.
 * @throws NotFound, Conflict when it is closed
 */
export async function lockAccount(tx: Tx, id: string) {
  const [account] = await tx.select().from(accounts).where(eq(accounts.id, id)).for("update");
  if (!account) throw new NotFound("errors.notFound");
  if (account.closedAt) throw new Conflict("deregistrations.errors.closed");
  return account;
}

export async function findOpen(tx: Tx, accountId: string): Promise<Deregistration | undefined> {
  const [open] = await tx
    .select()
    .from(deregistrations)
    .where(
      and(
        eq(deregistrations.accountId, accountId),
        inArray(deregistrations.status, [...OPEN_DEREGISTRATION_STATUSES]),
      ),
    );
  return open;
}

/** A deregistration as it is, without a lock. @throws NotFound */
export async function findById(tx: Tx, id: string): Promise<Deregistration> {
  const [found] = await tx.select().from(deregistrations).where(eq(deregistrations.id, id));
  if (!found) throw new NotFound("errors.notFound");
  return found;
}

export async function ownersOf(tx: Tx, accountId: string): Promise<string[]> {
  const rows = await tx
    .select({ id: members.userId })
    .from(members)
    .where(
      and(eq(members.accountId, accountId), eq(members.role, "owner"), isNull(members.leftAt)),
    );
  return rows.map(({ id }) => id);
}
