import { and, asc, eq, isNull, sql } from "drizzle-orm";

import type { Tx } from "@/db/client";
import { accounts, members } from "@/db/schema";

import { Conflict, NotFound } from "../errors";

/**
 * An account, locked until the transaction ends: whoever changes its members or apps takes this
 * lock first, so that two people cannot each remove the other's owner.
 * @throws NotFound, Conflict when it is closed
 */
export async function lockAccount(tx: Tx, id: string) {
  const [account] = await tx.select().from(accounts).where(eq(accounts.id, id)).for("update");
  if (!account) throw new NotFound("errors.notFound");
  if (account.closedAt) throw new Conflict("accounts.errors.accountClosed");
  return account;
}

/** Like `lockAccount` for many, in one order for everybody, so that two imports do not deadlock. */
export async function lockAccounts(tx: Tx, uins: readonly string[]): Promise<void> {
  await tx
    .select({ id: accounts.id })
    .from(accounts)
    .where(sql`${accounts.uin} = any(${sql.param([...uins])}::text[])`)
    .orderBy(asc(accounts.id))
    .for("update");
}

export async function ownersOf(tx: Tx, accountId: string): Promise<string[]> {
  const rows = await tx
    .select({ id: members.id })
    .from(members)
    .where(
      and(eq(members.accountId, accountId), eq(members.role, "owner"), isNull(members.leftAt)),
    );
  return rows.map(({ id }) => id);
}
