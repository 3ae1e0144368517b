import { beforeEach, expect, test } from "vitest";

import { db } from "@/db/client";
import { unreachedAccounts } from "@/db/schema";
import {
  freezeAll,
  givenMembers,
  providerReports,
  sendNextBatch,
  tellProduct,
} from "@/tests/support/broadcasts";
import { givenProduct, givenStaff } from "@/tests/support/people";
import { recordOf } from "@/tests/support/record";
import { resetDatabase } from "@/tests/support/reset-database";

import { asJob, type Context } from "../context";
import { Conflict, Invalid, NotAllowed, NotFound } from "../errors";
import { finishBroadcasts } from "./finish";
import { readRecipient } from "./read-recipient";
import { settleUnreached } from "./settle-unreached";
import { countUnreached, findUnreachedAccount, listUnreached } from "./unreached";

const now = new Date("2026-11-20T02:00:00Z");
const NOTE = "11 月 20 日 10:20 电话告知，对方确认。";
let support: Context;
let broadcastId: string;

/** 32 accounts whose only mail bounced, found one after the other. */
beforeEach(async () => {
  await resetDatabase();
  const product = await givenProduct();
  await givenMembers(product.id, 32, "gone");
  support = { actor: await givenStaff("support"), now };
  const told = await tellProduct({ actor: await givenStaff("approver"), now }, product.id);
  broadcastId = told.id;
  await freezeAll(now);
  while ((await sendNextBatch(now)).length > 0);
  for (let n = 1; n <= 32; n += 1) {
    const at = new Date(now.getTime() + n * 1000);
    await providerReports(`gone${n}@crowd.example`, "email.bounced", at);
    if (n === 1 || n === 32) await finishBroadcasts(asJob("deliver-mails", at), {});
  }
});

const first = async () => (await listUnreached(support, {})).rows[0]!;

test("P18: each unreached account stands in the list with the addresses that were tried, why they failed and when", async () => {
  const { rows, next } = await listUnreached(support, {});
  expect(rows).toHaveLength(30);
  expect(rows[0]).toMatchObject({
    accountName: "账号 gone1@crowd.example",
    broadcastId,
    told: { kind: "policy_change" },
    foundAt: new Date(now.getTime() + 1000),
    settledAt: null,
    tried: [
      {
        address: "gone1@crowd.example",
        status: "bounced",
        reason: "550 5.1.1 user unknown",
        at: new Date(now.getTime() + 1000),
        isFallback: false,
      },
    ],
  });
  const rest = await listUnreached(support, { page: next! });
  expect(rest.rows).toHaveLength(2);
  expect(rest.next).toBeNull();
  const all = [...rows, ...rest.rows].map(({ accountId }) => accountId);
  expect(new Set(all).size).toBe(32);
  expect(await countUnreached(support, {})).toBe(32);
});

test("a cursor that is none shows the first page", async () => {
  expect((await listUnreached(support, { page: "'; drop table users --" })).rows).toHaveLength(30);
});

test("P18: settled with a note it leaves the list, stays on record, and cannot be settled twice", async () => {
  const { accountId } = await first();
  const task = { broadcastId, accountId };
  await expect(settleUnreached(support, { ...task, note: " \n" })).rejects.toThrow(Invalid);
  await expect(settleUnreached(support, { ...task, note: "a\u0000" })).rejects.toThrow(Invalid);
  const settled = await Promise.allSettled(
    Array.from({ length: 50 }, () => settleUnreached(support, { ...task, note: NOTE })),
  );
  expect(settled.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  await expect(settleUnreached(support, { ...task, note: NOTE })).rejects.toThrow(Conflict);
  expect(await countUnreached(support, {})).toBe(31);
  expect((await listUnreached(support, { shelf: "settled" })).rows).toMatchObject([
    { accountId, note: NOTE, settledAt: now },
  ]);
  expect(await findUnreachedAccount(support, task)).toMatchObject({ note: NOTE });
  expect(await recordOf(accountId)).toEqual(["unreached.found", "unreached.settled"]);
});

test("a mail that arrives after all settles the task by itself, without a name", async () => {
  await db.update(unreachedAccounts).set({ foundAt: now });
  await providerReports("gone3@crowd.example", "email.complained", now);
  await finishBroadcasts(asJob("deliver-mails", now), {});
  const { rows } = await listUnreached(support, { shelf: "settled" });
  expect(rows).toMatchObject([
    { accountName: "账号 gone3@crowd.example", settledBy: null, note: null, settledAt: now },
  ]);
  expect(await recordOf(rows[0]?.accountId ?? "")).toEqual([
    "unreached.found",
    "unreached.settled",
  ]);
});

test("settling is for authors and support; what is no task is not found", async () => {
  const { accountId } = await first();
  const auditor = { actor: await givenStaff("auditor"), now };
  await expect(settleUnreached(auditor, { broadcastId, accountId, note: NOTE })).rejects.toThrow(
    NotAllowed,
  );
  await expect(
    settleUnreached(support, { broadcastId, accountId: crypto.randomUUID(), note: NOTE }),
  ).rejects.toThrow(NotFound);
});

test("P18: a recipient's way is told step by step: queued, frozen, attempted, sent, bounced, and what followed", async () => {
  const { tried } = await first();
  const { events, mail, accounts } = await readRecipient(support, {
    broadcastId,
    userId: tried.flatMap((one) => (one.channel === "email" ? one.userId : []))[0]!,
  });
  expect(mail).toEqual({ status: "bounced", address: "gone1@crowd.example" });
  expect(accounts).toHaveLength(1);
  expect(events.map(({ kind }) => kind).sort()).toEqual([
    "attempt.accepted",
    "frozen",
    "placed",
    "queued",
    "reported.bounced",
    "unreached",
  ]);
  expect(events.find(({ kind }) => kind === "attempt.accepted")).toMatchObject({ count: 1 });
  expect(events.find(({ kind }) => kind === "reported.bounced")).toMatchObject({
    detail: "550 5.1.1 user unknown",
  });
  await expect(
    readRecipient(support, { broadcastId, userId: crypto.randomUUID() }),
  ).rejects.toThrow(NotFound);
});
