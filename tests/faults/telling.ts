import { setTimeout as sleep } from "node:timers/promises";
import { type SQL, sql } from "drizzle-orm";

import { db } from "@/db/client";
import { wakeJob } from "@/domain/jobs";
import { givenMembers, tellProduct } from "@/tests/support/broadcasts";
import { givenProduct, givenStaff } from "@/tests/support/people";

/** Every fiftieth address bounces. */
const BOUNCING = 50;
const STUCK_MS = 90_000;

/** A crowd, of whom every fiftieth mail comes back, and how it is told. */
export async function givenTelling(recipients: number) {
  const product = await givenProduct();
  await givenMembers(product.id, recipients, "crowd");
  await db.execute(sql`
    update users set email = 'bounce-' || email
    where email like 'crowd%' and substring(email from '\\d+')::int % ${BOUNCING} = 0`);
  const actor = await givenStaff("approver");
  return {
    ...{ actor, productId: product.id },
    tell: async () => (await tellProduct({ actor, now: new Date() }, product.id)).id,
  };
}

/** Nobody is alive who could hold a lease: what half a minute would do to them is done at once. */
export async function leasesRunOut(): Promise<void> {
  await db.execute(sql`
    update mail_batches set lease_until = null, next_attempt_at = clock_timestamp()
    where status = 'frozen'`);
  await db.execute(sql`
    update dispatches set lease_until = clock_timestamp() - interval '1 second'
    where status = 'queued' and lease_until is not null`);
}

/** What waits for a later attempt is due now; what somebody holds is left to them. */
export async function hasten(): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.execute(sql`
      update mail_batches set next_attempt_at = clock_timestamp()
      where id in (
        select id from mail_batches
        where status = 'frozen' and next_attempt_at > clock_timestamp()
          and (lease_until is null or lease_until < clock_timestamp())
        for update skip locked
      )`);
    await tx.execute(sql`
      update dispatches set next_attempt_at = clock_timestamp()
      where id in (
        select id from dispatches
        where status = 'queued' and next_attempt_at > clock_timestamp()
        for update skip locked
      )`);
    await wakeJob(tx, "deliver-mails");
    await wakeJob(tx, "post-dispatches");
  });
}

export async function countOpen(broadcastId: string, status: "queued" | "sent"): Promise<number> {
  // Whoever has no delivery yet is as good as queued.
  const open = await ask(sql`
    select count(*)::int + (
      select coalesce(sum(people), 0)::int from audience_parts where broadcast_id = ${broadcastId}
    ) as value from deliveries
    where broadcast_id = ${broadcastId} and channel = 'email' and status = ${status}`);
  return Number(open ?? 0);
}

/** Waits until the broadcast has ended, or nothing moves any more: then the comparison tells. */
export async function allFinal(broadcastId: string): Promise<void> {
  let [last, since] = ["", Date.now()];
  for (;;) {
    const open = [await countOpen(broadcastId, "queued"), await countOpen(broadcastId, "sent")];
    if ((await statusOf(broadcastId)) === "finished") return;
    if (open.join() !== last) [last, since] = [open.join(), Date.now()];
    if (Date.now() - since > STUCK_MS) return;
    await hasten();
    await sleep(1500);
  }
}

export const statusOf = (broadcastId: string): Promise<unknown> =>
  ask(sql`select status as value from broadcasts where id = ${broadcastId}`);

/** The one value, named so, of a statement with one row. */
export async function ask(text: SQL): Promise<unknown> {
  return (await db.execute<{ value: unknown }>(text)).rows[0]?.value;
}
