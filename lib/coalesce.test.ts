import { expect, test } from "vitest";

import { coalesce } from "./coalesce";

const soon = () => new Promise((resolve) => setTimeout(resolve, 1));

test("what arrives while a batch is under way goes together, in order and no more than asked for", async () => {
  const batches: number[][] = [];
  const put = coalesce<number>(async (items) => {
    batches.push(items);
    await soon();
  }, 3);
  await Promise.all([1, 2, 3, 4, 5, 6].map(put));
  expect(batches).toEqual([[1], [2, 3, 4], [5, 6]]);
});

test("one bad item fails alone, and its neighbours are done", async () => {
  const done: number[] = [];
  const put = coalesce<number>(async (items) => {
    await soon();
    if (items.includes(3)) throw new Error("bad");
    done.push(...items);
  }, 10);
  const results = await Promise.allSettled([1, 2, 3, 4].map(put));
  expect(results.map(({ status }) => status)).toEqual([
    "fulfilled",
    "fulfilled",
    "rejected",
    "fulfilled",
  ]);
  expect(done.sort()).toEqual([1, 2, 4]);
  await put(5);
  expect(done).toContain(5);
});
