import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { and, eq, sql } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";

import { db } from "@/db/client";
import { broadcasts, deliveries, dispatchAttempts, endpoints, providerEvents } from "@/db/schema";
import { childEnvironment } from "@/lib/env";
import { freezeAll, givenMembers, sendNextBatch, tellProduct } from "@/tests/support/broadcasts";
import { acting, beijing } from "@/tests/support/context";
import { dispatchesTo, givenEndpoint } from "@/tests/support/endpoints";
import { givenApp } from "@/tests/support/notices";
import { givenAccount, givenMember, givenProduct, givenStaff } from "@/tests/support/people";

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

/** One post of a broadcast to an account's webhook, taken at the first attempt. */
async function givenPost() {
  const product = await givenProduct();
  const account = await givenAccount();
  const owner = acting(await givenMember(account.id, "owner"), NOW);
  await givenApp({ accountId: account.id, productId: product.id });
  const endpointId = await givenEndpoint(owner, { accountId: account.id });
  ({ id } = await tellProduct(ctx, product.id));
  const [post] = await dispatchesTo(endpointId);
  await db.execute(sql`
    update dispatches set status = 'delivered', attempts = 1, settled_at = now() where id = ${post!.id}`);
  await db.insert(dispatchAttempts).values({
    ...{ dispatchId: post!.id, number: 1, startedAt: ctx.now },
    ...{ endedAt: ctx.now, outcome: "delivered", answer: 200 },
  });
  return { endpointId, dispatchId: post!.id };
}

test("P41: what was posted agrees with whom the broadcast tells and with its log; a post to somebody else, or without its attempt, is found", async () => {
  const { endpointId, dispatchId } = await givenPost();
  expect(await wrong()).toEqual([]);
  await db
    .update(endpoints)
    .set({ accountId: (await givenAccount()).id })
    .where(eq(endpoints.id, endpointId));
  expect(await wrong()).toEqual(["posts"]);
  await db.delete(dispatchAttempts).where(eq(dispatchAttempts.dispatchId, dispatchId));
  expect(await wrong()).toEqual(["posts", "postAttempts", "postsTaken"]);
});

test("the command says it in a line each, and ends with 1 where one does not agree", async () => {
  const spoilt = id;
  await db.update(broadcasts).set({ people: 6 }).where(eq(broadcasts.id, id));
  await givenPost();
  const run = promisify(execFile)(process.execPath, ["--import", "tsx", "scripts/reconcile.ts"], {
    env: childEnvironment({}) as NodeJS.ProcessEnv,
  });
  const { code, stdout } = await run.then(
    (said) => ({ code: 0, ...said }),
    (error: { code: number; stdout: string }) => error,
  );
  expect(code).toBe(1);
  expect(stdout).toContain(`${spoilt} 不一致 · DISAGREES`);
  expect(stdout).toMatch(new RegExp(`${id} 一致 · agrees.*13/13`));
}, 60_000);

test("a handler reconciles nothing, and what is no broadcast is not found", async () => {
  const handler = acting(await givenStaff("handler"), NOW);
  await expect(reconcile(handler, { id })).rejects.toMatchObject({ code: "not_allowed" });
  await expect(reconcile(ctx, { id: crypto.randomUUID() })).rejects.toMatchObject({
    code: "not_found",
  });
});
