import { asc, sql } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";

import { db } from "@/db/client";
import { mailBatches, users } from "@/db/schema";
import { givenMembers, renderPlainly, tellPerson, tellProduct } from "@/tests/support/broadcasts";
import { givenPerson, givenProduct, givenStaff } from "@/tests/support/people";
import { resetDatabase } from "@/tests/support/reset-database";

import { asJob, type Context } from "../context";
import { claimBatches } from "./claim-batch";
import { freezeNextBatches } from "./freeze-batch";

const now = new Date("2026-03-02T02:00:00Z");
const worker = asJob("deliver-mails", now);
let approver: Context;

beforeEach(async () => {
  await resetDatabase();
  approver = { actor: await givenStaff("approver"), now };
});

async function tell(people: number, prefix: string): Promise<string> {
  const product = await givenProduct();
  await givenMembers(product.id, people, prefix);
  await db.update(users).set({ locale: "zh-CN" });
  const { id } = await tellProduct(approver, product.id);
  await renderPlainly(now);
  return id;
}

const freeze = (most = 1) => freezeNextBatches(worker, { from: "a@yunqiao.example", most });

async function frozen(): Promise<string[]> {
  const batches = await db.select().from(mailBatches).orderBy(asc(mailBatches.frozenAt));
  return batches.map(({ broadcastId }) => broadcastId);
}

async function claim(most: number): Promise<string[]> {
  const claimed = await claimBatches(worker, { most });
  const batches = await db.select().from(mailBatches);
  return claimed.map(
    ({ id }) => batches.find((batch) => batch.id === id)?.broadcastId ?? "no batch",
  );
}

test("P41: what is told beside something large is frozen next, and then both in turns", async () => {
  const large = await tell(450, "large");
  await freeze(2);
  const other = await tell(150, "other");
  for (let turn = 0; turn < 4; turn += 1) await freeze();
  expect(await frozen()).toEqual([large, large, other, large, other, large]);
});

test("P41: of what is frozen each broadcast's first leaves before another's second", async () => {
  const large = await tell(450, "large");
  await freeze(4);
  const other = await tell(2, "other");
  await freeze();
  expect(new Set(await claim(2))).toEqual(new Set([large, other]));
  expect(await claim(2)).toEqual([large, large]);
});

test("what answers one person leaves before what tells many, also where that was frozen before", async () => {
  const large = await tell(250, "large");
  await freeze(3);
  const { id } = await tellPerson(approver, (await givenPerson("终端用户")).id);
  await renderPlainly(now);
  await freeze();
  expect(await claim(1)).toEqual([id]);
  expect(await claim(4)).toEqual([large, large, large]);
});

test("a batch that waits for another attempt keeps nobody else's turn", async () => {
  const large = await tell(150, "large");
  await freeze(2);
  await db.execute(sql`
    update mail_batches set next_attempt_at = clock_timestamp() + interval '1 hour'
    where id = (select id from mail_batches order by frozen_at, id limit 1)`);
  expect(await claim(4)).toEqual([large]);
});
