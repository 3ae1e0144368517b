import { eq, sql } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";

import { db } from "@/db/client";
import { mailBatches, users } from "@/db/schema";
import {
  freezeAll,
  givenMembers,
  mailsOf,
  providerReports,
  renderPlainly,
  sendNextBatch,
  statusOf,
  tellProduct,
} from "@/tests/support/broadcasts";
import { givenProduct, givenStaff } from "@/tests/support/people";
import { recordOf } from "@/tests/support/record";
import { resetDatabase } from "@/tests/support/reset-database";

import { asJob, type Context } from "../context";
import { Conflict, Invalid, NotAllowed, NotFound } from "../errors";
import { cancelRemainder } from "./cancel-remainder";
import { claimBatches } from "./claim-batch";
import { finishBroadcasts } from "./finish";
import { freezeNextBatches } from "./freeze-batch";
import { pauseBroadcast } from "./pause";
import { resumeBroadcast } from "./resume";
import { retryFailed } from "./retry-failed";
import { settleBatches } from "./settle-batch";

const now = new Date("2026-03-02T02:00:00Z");
const worker = asJob("deliver-mails", now);
let author: Context;
let broadcastId: string;

/** A broadcast to 250 people who read one language: batches of 100, 100 and 50. */
beforeEach(async () => {
  await resetDatabase();
  const product = await givenProduct();
  await givenMembers(product.id, 250, "crowd");
  await db.update(users).set({ locale: "zh-CN" });
  author = { actor: await givenStaff("author"), now };
  const told = await tellProduct({ actor: await givenStaff("approver"), now }, product.id);
  broadcastId = told.id;
});

const cancel = (typedMails: number, reason = "正文有误") =>
  cancelRemainder(author, { broadcastId, typedMails, reason });

const hurry = () =>
  db.update(mailBatches).set({ nextAttemptAt: sql`clock_timestamp()`, leaseUntil: null });

test("while a broadcast is paused nothing of it is frozen or claimed; resumed it goes on where it stood", async () => {
  await renderPlainly(now);
  await freezeNextBatches(worker, { from: "a@yunqiao.example" });
  await pauseBroadcast(author, { broadcastId });

  expect(await claimBatches(worker, {})).toEqual([]);
  expect(await freezeNextBatches(worker, { from: "a@yunqiao.example" })).toBe(0);
  await finishBroadcasts(worker, {});
  expect(await statusOf(broadcastId)).toMatchObject({ status: "paused", pausedAt: now });

  await resumeBroadcast(author, { broadcastId });
  expect(await sendNextBatch(now)).toHaveLength(100);
  expect(await recordOf(broadcastId)).toEqual([
    "broadcast.started",
    "broadcast.paused",
    "broadcast.resumed",
  ]);
});

test("a pause that meets a batch under way lets it end honestly, and no other begins", async () => {
  await freezeAll(now);
  const [batch] = await claimBatches(worker, {});
  await pauseBroadcast(author, { broadcastId });
  const ids = Array.from({ length: 100 }, (_, index) => `mail-${index}`);
  const outcome = { kind: "accepted" as const, ids, errors: [] };
  expect(
    await settleBatches(worker, { settlings: [{ batchId: batch!.id, attempt: 1, outcome }] }),
  ).toBe(1);
  expect(await mailsOf(broadcastId)).toEqual({ sent: 100, queued: 150 });
  expect(await claimBatches(worker, {})).toEqual([]);
});

test("claims and a pause at the same moment: whatever was claimed began before the pause, nothing after it", async () => {
  await freezeAll(now);
  const claims = Array.from({ length: 4 }, () => claimBatches(worker, {}));
  const [claimed] = await Promise.all([
    Promise.all(claims),
    pauseBroadcast(author, { broadcastId }),
  ]);
  expect(await claimBatches(worker, {})).toEqual([]);
  const tried = claimed.flat().length;
  const attempts = await db.$count(mailBatches, sql`attempts = 1`);
  expect(attempts).toBe(tried);
});

test("50 parallel resumes are one; 50 parallel pauses are one", async () => {
  const fifty = <T>(act: () => Promise<T>) => Promise.allSettled(Array.from({ length: 50 }, act));
  const done = (results: PromiseSettledResult<unknown>[]) =>
    results.filter(({ status }) => status === "fulfilled").length;

  expect(done(await fifty(() => pauseBroadcast(author, { broadcastId })))).toBe(1);
  const resumed = await fifty(() => resumeBroadcast(author, { broadcastId }));
  expect(done(resumed)).toBe(1);
  for (const result of resumed)
    if (result.status === "rejected") expect(result.reason).toBeInstanceOf(Conflict);
  expect(await recordOf(broadcastId)).toEqual([
    "broadcast.started",
    "broadcast.paused",
    "broadcast.resumed",
  ]);
});

test("cancelling takes back every mail nobody tried, by the exact number and with a reason", async () => {
  await freezeAll(now);
  await sendNextBatch(now);
  await expect(cancel(150)).rejects.toThrow(Conflict);
  await pauseBroadcast(author, { broadcastId });
  await expect(cancel(149)).rejects.toMatchObject({ values: { count: 150 } });
  await expect(cancel(150, " \n")).rejects.toThrow(Invalid);
  expect(await mailsOf(broadcastId)).toEqual({ sent: 100, queued: 150 });

  expect(await cancel(150)).toBe(150);
  expect(await mailsOf(broadcastId)).toEqual({ sent: 100, cancelled: 150 });
  expect(await claimBatches(worker, {})).toEqual([]);
  expect(await freezeAll(now)).toBe(0);
  expect(await statusOf(broadcastId)).toMatchObject({
    status: "sending",
    cancelledAt: now,
    cancelReason: "正文有误",
  });
  await expect(cancel(0)).rejects.toThrow(Conflict);
  await expect(pauseBroadcast(author, { broadcastId })).rejects.toThrow(Conflict);
});

test("many batches are frozen, claimed and settled at once, each mail as its own answer says", async () => {
  await renderPlainly(now);
  expect(await freezeNextBatches(worker, { from: "a@yunqiao.example" })).toBe(250);
  const batches = await claimBatches(worker, { most: 4 });
  expect(batches.map(({ size }) => size).sort()).toEqual([100, 100, 50].sort());
  const settlings = batches.map(({ id: batchId, attempts: attempt, size }) => ({
    ...{ batchId, attempt },
    outcome:
      size === 50
        ? { kind: "retry" as const, reason: "rate_limited", detail: "" }
        : {
            kind: "accepted" as const,
            ids: Array.from({ length: size }, (_, n) => (n < 2 ? null : `${batchId}-${n}`)),
            errors: [{ index: 0, message: "Invalid `to` field" }],
          },
  }));
  const late = settlings.map((one) => ({ ...one, attempt: 0 }));
  expect(await settleBatches(worker, { settlings: late })).toBe(0);
  expect(await settleBatches(worker, { settlings })).toBe(3);
  expect(await mailsOf(broadcastId)).toEqual({ sent: 196, failed: 2, unknown: 2, queued: 50 });
});

test("a batch under way when the rest is cancelled is followed to its end, and only then it ends", async () => {
  await freezeAll(now);
  const [batch] = await claimBatches(worker, {});
  await pauseBroadcast(author, { broadcastId });
  expect(await cancel(150)).toBe(150);
  expect(await mailsOf(broadcastId)).toEqual({ queued: 100, cancelled: 150 });

  const retry = { kind: "retry" as const, reason: "timeout", detail: "15 s" };
  await settleBatches(worker, { settlings: [{ batchId: batch!.id, attempt: 1, outcome: retry }] });
  await finishBroadcasts(worker, {});
  expect((await statusOf(broadcastId)).status).toBe("sending");

  await hurry();
  expect(await sendNextBatch(now)).toHaveLength(100);
  expect(await sendNextBatch(now)).toEqual([]);
  expect(await mailsOf(broadcastId)).toEqual({ sent: 100, cancelled: 150 });
});

test("freezing, claiming and cancelling at the same moment leave no mail that is both cancelled and sent, and none forgotten", async () => {
  await renderPlainly(now);
  const busy = async () => {
    for (let turn = 0; turn < 6; turn += 1) {
      await freezeNextBatches(worker, { from: "a@yunqiao.example" });
      await sendNextBatch(now);
    }
  };
  const stop = async () => {
    await pauseBroadcast(author, { broadcastId });
    for (let guess = 250; guess >= 0;) {
      try {
        return await cancel(guess);
      } catch (error) {
        if (error instanceof Conflict) return 0;
        guess = (error as Invalid).values.count as number;
      }
    }
    return 0;
  };
  const [, , cancelled] = await Promise.all([busy(), busy(), stop()]);
  const counts = await mailsOf(broadcastId);
  expect(counts.cancelled ?? 0).toBe(cancelled);
  expect((counts.sent ?? 0) + cancelled).toBe(250);
  expect(await db.$count(mailBatches, sql`status = 'frozen'`)).toBe(0);
});

test("only failed mails that were never accepted leave again, in a new batch under a new key", async () => {
  await freezeAll(now);
  await sendNextBatch(now);
  const [refused] = await claimBatches(worker, {});
  const outcome = { kind: "refused" as const, reason: "The domain is not verified" };
  await settleBatches(worker, { settlings: [{ batchId: refused!.id, attempt: 1, outcome }] });
  const length = refused!.size;
  const [first = ""] = await acceptedAddresses();
  await sendNextBatch(now);
  await providerReports(first, "email.bounced", now);
  const before = await mailsOf(broadcastId);
  expect(before).toMatchObject({ failed: length, bounced: 1 });

  expect(await retryFailed(author, { broadcastId })).toBe(length);
  await expect(retryFailed(author, { broadcastId })).rejects.toThrow(Conflict);
  expect(await freezeAll(now)).toBe(length);
  expect(await sendNextBatch(now)).toHaveLength(length);
  expect(await mailsOf(broadcastId)).toEqual({ sent: 249, bounced: 1 });

  const batches = await db.select().from(mailBatches);
  expect(new Set(batches.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(batches.length);
  const told = await acceptedAddresses();
  expect(told).toHaveLength(250);
  expect(new Set(told).size).toBe(250);
});

test("a refused address and an unknown outcome are never tried again", async () => {
  await freezeAll(now);
  const [batch] = await claimBatches(worker, {});
  const ids = Array.from({ length: 100 }, (_, index) => (index === 0 ? null : `mail-${index}`));
  const errors = [{ index: 0, message: "Invalid `to` field" }];
  const outcome = { kind: "accepted" as const, ids, errors };
  await settleBatches(worker, { settlings: [{ batchId: batch!.id, attempt: 1, outcome }] });
  await claimBatches(worker, {});
  await db.execute(sql`
    update mail_batches set first_attempt_at = clock_timestamp() - interval '24 hours', lease_until = null
    where status = 'frozen' and attempts = 1`);
  await claimBatches(worker, {});
  expect(await mailsOf(broadcastId)).toMatchObject({ failed: 1, sent: 99 });
  expect((await mailsOf(broadcastId)).unknown).toBeGreaterThan(0);
  await expect(retryFailed(author, { broadcastId })).rejects.toThrow(Conflict);
});

test("steering is for authors and approvers; what is not there is not found; bad input is named", async () => {
  const support = { actor: await givenStaff("support"), now };
  for (const act of [pauseBroadcast, resumeBroadcast, retryFailed])
    await expect(act(support, { broadcastId })).rejects.toThrow(NotAllowed);
  await expect(pauseBroadcast(author, { broadcastId: crypto.randomUUID() })).rejects.toThrow(
    NotFound,
  );
  await expect(pauseBroadcast(author, { broadcastId: "1'; --" })).rejects.toThrow(Invalid);
  await pauseBroadcast(author, { broadcastId });
  for (const typed of ["", "二百五", "1.5", "250\u0000"])
    await expect(
      cancelRemainder(author, { broadcastId, typedMails: typed, reason: "x" }),
    ).rejects.toThrow(Invalid);
  await expect(cancel(250, "a\u0000b")).rejects.toThrow(Invalid);
});

/** To whom mails have been accepted so far. */
async function acceptedAddresses(): Promise<string[]> {
  const batches = await db.select().from(mailBatches).where(eq(mailBatches.status, "sent"));
  return batches.flatMap(({ addresses }) => addresses ?? []);
}
