import { sql } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { z } from "zod";

import { db } from "@/db/client";
import { acting } from "@/tests/support/context";
import { givenStaff } from "@/tests/support/people";

import type { Context } from "./context";
import { query } from "./query";
import { verb } from "./verb";

let reads: number[];
let ctx: Context;

const readNumber = query({
  may: "staff.home",
  input: z.object({ number: z.number().default(1) }),
  async run({ db: own }, { number }) {
    reads.push(number);
    await own.execute(sql`select 1`);
    if (number < 0) throw new Error("no such number");
    return { number };
  },
});

const write = verb({
  may: "staff.home",
  input: z.object({}),
  run(step) {
    step.unchanged();
    return readNumber(step, {});
  },
});

beforeEach(async () => {
  reads = [];
  ctx = { ...acting(await givenStaff("author"), "2026-11-20 12:00"), visit: { writes: 0 } };
});

test("what a visit asks twice is read once, by whatever part of the page", async () => {
  await Promise.all([readNumber(ctx, {}), readNumber({ ...ctx }, { number: 1 })]);
  await readNumber(ctx, { number: 2 });
  expect(reads).toEqual([1, 2]);
});

test("another visit, another reader, and nobody's visit read anew", async () => {
  await readNumber(ctx, {});
  await readNumber({ ...ctx, visit: { writes: 0 } }, {});
  await readNumber({ ...ctx, actor: await givenStaff("author") }, {});
  const { actor, now } = ctx;
  await readNumber({ actor, now }, {});
  await readNumber({ actor, now }, {});
  expect(reads).toHaveLength(5);
});

test("after a write, and within one, it is read anew", async () => {
  await readNumber(ctx, {});
  await write(ctx, {});
  await readNumber(ctx, {});
  await db.transaction((tx) => readNumber({ ...ctx, tx }, {}));
  expect(reads).toHaveLength(4);
});

test("a refusal is the same refusal for all who ask", async () => {
  const both = [readNumber(ctx, { number: -1 }), readNumber(ctx, { number: -1 })];
  await Promise.allSettled(both);
  for (const one of both) await expect(one).rejects.toThrow("no such number");
  expect(reads).toEqual([-1]);
});
