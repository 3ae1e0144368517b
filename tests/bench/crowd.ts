import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";

import { db } from "@/db/client";
import type { Context } from "@/domain/context";
import { FACTS, membersOf, prepareAll, tellProduct } from "@/tests/support/broadcasts";
import { givenProduct, givenStaff } from "@/tests/support/people";

import { timed } from "./measure";

const ALL = [1000, 10_000, 100_000, 1_000_000];

/** How many developers there are, one after the other; `BENCH_SIZES` names others. */
export const SIZES = process.env.BENCH_SIZES?.split(",").map(Number) ?? ALL;

/** A product with so many developers. No trigger looks at each row and no limit ends it: filling is not what is measured. */
export async function fillCrowd(size: number): Promise<string> {
  const { id } = await givenProduct();
  await db.transaction(async (tx) => {
    await tx.execute(sql`
      select set_config('session_replication_role', 'replica', true), set_config('statement_timeout', '0', true),
        set_config('work_mem', '256MB', true)`);
    await tx.execute(membersOf(id, size, `crowd-${size}-${id.slice(0, 8)}-`));
  });
  await db.execute(sql`analyze users, accounts, members, apps`);
  return id;
}

/** `approval` and `writing` in seconds: of the verb, and of what the worker then does for it. */
export type Told = {
  id: string;
  size: number;
  productId: string;
  approval: number;
  writing: number;
};

/** A crowd of its own, told of a change of its product's policy. */
export async function tellCrowd(actor: Context["actor"], size: number): Promise<Told> {
  const productId = await fillCrowd(size);
  let id = "";
  const approval = await timed(async () => (id = await tellAgain(actor, productId)));
  const writing = await timed(() => prepareAll(new Date()));
  return { id, size, productId, approval: approval / 1000, writing: writing / 1000 };
}

/** Approves a telling of a crowd that is there; its deliveries are the worker's to write. @returns its id */
export async function tellAgain(actor: Context["actor"], productId: string): Promise<string> {
  const facts = { ...FACTS, versionId: randomUUID() };
  return (await tellProduct({ actor, now: new Date() }, productId, facts)).id;
}

/** What the workloads that begin with told crowds find: one of each size, its mails gone out. */
export async function tellCrowds(): Promise<void> {
  const actor = await givenStaff("approver");
  for (const size of SIZES) {
    const { id } = await tellCrowd(actor, size);
    await db.execute(
      sql`update broadcasts set status = 'finished', finished_at = now() where id = ${id}`,
    );
  }
  await db.execute(sql`vacuum analyze`);
}

/** The told crowds, the smallest first. */
export async function toldCrowds(): Promise<{ id: string; size: number; productId: string }[]> {
  const { rows } = await db.execute<{ id: string; size: number; product_id: string }>(sql`
    select b.id, b.people as size, (
      select a.product_id from deliveries d join apps a on a.account_id = d.account_ids[1]
      where d.broadcast_id = b.id limit 1) as product_id
    from broadcasts b where b.people > 0 order by b.people`);
  return rows.map(({ id, size, product_id: productId }) => ({ id, size, productId }));
}

/** Mails of a telling that wait, those of people whose deliveries are still to be written not counted. */
export async function countQueued(broadcastId: string): Promise<number> {
  const { rows } = await db.execute<{ n: number }>(sql`
    select count(*)::int as n from deliveries
    where broadcast_id = ${broadcastId} and channel = 'email' and status = 'queued'`);
  return rows[0]?.n ?? 0;
}
