import { and, eq, sql } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";

import { db } from "@/db/client";
import { broadcasts, deliveries, providerEvents } from "@/db/schema";
import { freezeAll, givenMembers, sendNextBatch, tellProduct } from "@/tests/support/broadcasts";
import { acting, beijing } from "@/tests/support/context";
import { givenProduct, givenStaff } from "@/tests/support/people";

import type { Context } from "../context";
import { listToReconcile, type Reconciled, reconcile } from "./reconcile";

const NOW = "2026-03-02 09:30";
let ctx: Context;
let id: string;

/** A broadcast of which every mail was handed over. */
beforeEach(async () => {
  ctx = acting(await givenStaff("approver"), NOW);
  const product = await givenProduct();
  await givenMembers(product.id, 5, `reconcile-${crypto.randomUUID()}`);
  ({ id } = await tellProduct(ctx, product.id));
  await freezeAll(beijing(NOW));
  while ((await sendNextBatch(beijing(NOW))).length > 0);
});

const wrong = async () =>
  (await reconcile(ctx, { id })).checks
    .filter(({ expected, found }) => expected !== found)
    .map(({ what }) => what);

test("P41: snapshot, provider, deliveries and record of a broadcast agree", async () => {
  expect(await reconcile(ctx, { id })).toMatchObject({ agrees: true, people: 5, mails: 5 });
  expect(await listToReconcile(ctx, { limit: 1000 })).toContainEqual({ id });
});

const mailsOfIt = () => and(eq(deliveries.broadcastId, id), eq(deliveries.channel, "email"));
const oneMail = () => sql`${deliveries.id} = (
  select min(d.id::text)::uuid from deliveries d where d.broadcast_id = ${id} and d.channel = 'email')`;

/** Each as somebody's hand or a fault would leave it. */
const FAULTS: [string, () => Promise<unknown>, Reconciled[]][] = [
  [
    "a person lost",
    async () => {
      const [one] = await db.select().from(deliveries).where(oneMail());
      await db
        .delete(deliveries)
        .where(and(eq(deliveries.broadcastId, id), eq(deliveries.userId, one!.userId)));
    },
    ["people", "batches"],
  ],
  [
    "a mail taken out of its batch",
    () => db.update(deliveries).set({ batchId: null, batchIndex: null }).where(oneMail()),
    ["batches"],
  ],
  [
    "a mail that nobody accepted",
    () => db.update(deliveries).set({ providerId: null }).where(oneMail()),
    ["accepted"],
  ],
  [
    "two mails of one id",
    () => db.update(deliveries).set({ providerId: "same" }).where(mailsOfIt()),
    ["ids"],
  ],
  [
    "a report left out",
    async () => {
      const [one] = await db.select().from(deliveries).where(oneMail());
      await db.insert(providerEvents).values({
        ...{ id: crypto.randomUUID(), type: "email.bounced", providerId: one!.providerId },
        ...{ occurredAt: ctx.now, receivedAt: ctx.now },
      });
    },
    ["reports"],
  ],
  [
    "a number changed",
    () => db.update(broadcasts).set({ people: 6 }).where(eq(broadcasts.id, id)),
    ["people", "recordPeople"],
  ],
  [
    "a message lost",
    async () => {
      const [one] = await db.select().from(deliveries).where(oneMail());
      const itsMessage = and(
        ...[eq(deliveries.broadcastId, id), eq(deliveries.userId, one!.userId)],
        eq(deliveries.channel, "inbox"),
      );
      await db.delete(deliveries).where(itsMessage);
    },
    ["messages"],
  ],
];

test.each(FAULTS)("P41: %s is found", async (_, spoil, what) => {
  await spoil();
  expect(await wrong()).toEqual(what);
  expect((await reconcile(ctx, { id })).agrees).toBe(false);
});

test("a handler reconciles nothing, and what is no broadcast is not found", async () => {
  const handler = acting(await givenStaff("handler"), NOW);
  await expect(reconcile(handler, { id })).rejects.toMatchObject({ code: "not_allowed" });
  await expect(reconcile(ctx, { id: crypto.randomUUID() })).rejects.toMatchObject({
    code: "not_found",
  });
});
