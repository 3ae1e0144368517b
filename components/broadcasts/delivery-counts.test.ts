import { expect, test } from "vitest";

import { DELIVERY_STATUSES } from "@/db/vocabulary/broadcasts";

import { countOf, outcomesOf } from "./delivery-counts";

test("what became of the mails sums to all of them, whatever became of each", () => {
  const counts = DELIVERY_STATUSES.map((status, index) => ({ status, count: 2 ** index }));
  const sum = Object.values(outcomesOf(counts)).reduce((total, count) => total + count, 0);
  expect(sum).toBe(countOf(counts));
  expect(sum).toBe(2 ** DELIVERY_STATUSES.length - 1);
});

test("a mail that was cancelled or is not confirmed never counts as arrived", () => {
  const outcomes = outcomesOf([
    { status: "delivered", count: 2400 },
    { status: "cancelled", count: 608 },
    { status: "unconfirmed", count: 1 },
  ]);
  expect(outcomes).toMatchObject({ arrived: 2400, cancelled: 608, unconfirmed: 1, missed: 0 });
});
