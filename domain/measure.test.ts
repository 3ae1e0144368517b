import { sql } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";

import { db } from "@/db/client";
import { givenMembers, tellProduct } from "@/tests/support/broadcasts";
import { givenProduct, givenStaff } from "@/tests/support/people";
import { resetDatabase } from "@/tests/support/reset-database";

import { asJob } from "./context";
import { wakeJob } from "./jobs";
import { measureWork } from "./measure";

beforeEach(resetDatabase);

const NOW = new Date("2026-03-02T09:00:00+08:00");
const later = (seconds: number) => asJob("metrics", new Date(NOW.getTime() + seconds * 1_000));

test("where nothing waits, nothing does, and nothing is old", async () => {
  const { clockAhead, ...measured } = await measureWork(later(0), {});
  expect(new Set(Object.values(measured))).toEqual(new Set([0]));
  expect(clockAhead).toBeLessThan(0);
});

test("what waits is counted, and how long it has", async () => {
  const product = await givenProduct();
  await givenMembers(product.id, 3, "crowd");
  await db.execute(sql`delete from graphile_worker._private_jobs`);
  await tellProduct({ actor: await givenStaff("approver"), now: NOW }, product.id);
  await db.transaction(async (tx) => {
    await wakeJob(tx, "deliver-mails", { payload: { one: "1" }, runAt: NOW });
  });
  expect(await measureWork(later(90), {})).toMatchObject({
    mailsWaiting: 3,
    oldestMail: 90,
    jobsWaiting: expect.any(Number),
    oldestJob: 90,
  });
  await db.execute(sql`update graphile_worker._private_jobs set attempts = max_attempts`);
  const after = await measureWork(later(90), {});
  expect([after.jobsWaiting, after.oldestJob]).toEqual([0, 0]);
  expect(after.jobsGivenUp).toBeGreaterThan(0);
});

test("a clock that goes ahead of the database's, or behind it, is told by how much", async () => {
  const at = async (ms: number) =>
    (await measureWork(asJob("metrics", new Date(Date.now() + ms)), {})).clockAhead;
  const [now, hourAhead, hourBehind] = [await at(0), await at(3_600_000), await at(-3_600_000)];
  expect(hourAhead - now).toBeGreaterThan(3_500);
  expect(now - hourBehind).toBeGreaterThan(3_500);
});
