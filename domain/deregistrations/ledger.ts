import { and, eq, isNull, sql } from "drizzle-orm";
import { z } from "zod";

import type { Tx } from "@/db/client";
import { accounts, contacts, type Deregistration, deregistrations, members } from "@/db/schema";

import { raiseNumber } from "../next-number";
import { query } from "../query";
import { idRow, momentColumn, readRow, readRows } from "../rows";
import { verb } from "../verb";
import { execute } from "./execute";
import { findOpen } from "./lock";

const erasureRow = z.object({
  at: momentColumn,
  number: z.string(),
  accountId: z.string(),
  people: z.array(z.string()),
});

/** The erasures that the database knows of and a ledger does not yet: what it is to add, in their order. */
export const listUnnoted = query({
  may: "deregistration.execute",
  input: z.object({ noted: z.array(z.string()) }),

  async run({ db }, { noted }) {
    const rows = await readRows(db, erasureRow)`
      select r.completed_at as at, r.number, r.account_id as "accountId",
        array(
          select subject_id from audit_entries
          where action = 'person.erased' and after ->> 'accountId' = r.account_id::text
        ) as people
      from deregistrations r
      where r.status = 'completed' and not (r.number = any(${sql.param(noted)}::text[]))
      order by r.completed_at, r.number`;
    return rows.map(({ at, ...row }) => ({ ...row, at: at.toISOString() }));
  },
});

/** The accounts of these that stand open: what a ledger says was erased, and this database does not know. */
export const listRisen = query({
  may: "deregistration.execute",
  input: z.object({ accountIds: z.array(z.uuid()) }),

  async run({ db }, { accountIds }): Promise<string[]> {
    const open = await readRows(db, idRow)`
      select id from accounts
      where id = any(${sql.param(accountIds)}::uuid[]) and closed_at is null`;
    return open.map(({ id }) => id);
  },
});

/**
 * Carries out an erasure again that the database has forgotten, because it was restored to a moment
 * before: the account closes under the number it had, and everybody whom the ledger names is erased,
 * wherever else they stand by now. Nothing is asked any more; that it was carried out is the answer to
 * everything. Again is harmless. @returns whether there was anything to do
 */
export const reapplyErasure = verb({
  may: "deregistration.execute",
  input: z.object({
    at: z.iso.datetime(),
    number: z.string(),
    accountId: z.uuid(),
    people: z.array(z.uuid()),
  }),

  async run(step, { at, number, accountId, people }): Promise<boolean> {
    const { tx, now, record, unchanged } = step;
    const [account] = await tx
      .select()
      .from(accounts)
      .where(eq(accounts.id, accountId))
      .for("update");
    if (!account || account.closedAt) return unchanged(false);
    await endElsewhere(tx, { accountId, people, now });
    const due = await asItStood(tx, { at, number, accountId });
    await record("deregistration.reapplied", {
      id: due.id,
      after: { number, accountId, at: new Date(at) },
    });
    await execute(step, { account, due, executeAfter: due.executeAfter ?? new Date(at) });
    return true;
  },
});

type Erased = { accountId: string; people: readonly string[]; now: Date };

/** Who was erased belonged nowhere else by then. */
async function endElsewhere(tx: Tx, { accountId, people, now }: Erased): Promise<void> {
  const elsewhere = (table: typeof members | typeof contacts) =>
    sql`${table.userId} = any(${sql.param([...people])}::uuid[]) and ${table.accountId} <> ${accountId}`;
  await tx
    .update(members)
    .set({ leftAt: now })
    .where(and(elsewhere(members), isNull(members.leftAt)));
  await tx
    .update(contacts)
    .set({ removedAt: now })
    .where(and(elsewhere(contacts), isNull(contacts.removedAt)));
}

/** The deregistration as it was before it was carried out, made anew where it had not even been asked for. */
async function asItStood(
  tx: Tx,
  { at, number, accountId }: { at: string; number: string; accountId: string },
): Promise<Deregistration> {
  const standing = await findOpen(tx, accountId);
  const given = { status: "cooling_off", executeAfter: new Date(at) } as const;
  if (standing?.number === number) {
    const [due] = await tx
      .update(deregistrations)
      .set({ ...given, executeAfter: standing.executeAfter ?? given.executeAfter })
      .where(eq(deregistrations.id, standing.id))
      .returning();
    return due ?? standing;
  }
  // Another one was asked for since; the one that was carried out takes its place.
  if (standing)
    await tx
      .update(deregistrations)
      .set({ status: "cancelled", cancelledAt: new Date(at), executeAfter: null })
      .where(eq(deregistrations.id, standing.id));
  const owner = await readRow(tx, idRow)`
    select user_id as id from members where account_id = ${accountId}
    order by role <> 'owner', joined_at limit 1`;
  if (!owner) throw new Error("an account that never had a member was deregistered");
  await raiseNumber(tx, "deregistration", number);
  const [made] = await tx
    .insert(deregistrations)
    .values({
      ...{ ...given, accountId, number, requestedBy: owner.id, checks: [] },
      requestedAt: new Date(at),
    })
    .returning();
  if (!made) throw new Error("the deregistration was not written");
  return made;
}
