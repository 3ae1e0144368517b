import { beforeEach, expect, test } from "vitest";

import { resetDatabase } from "@/tests/support/reset-database";

import { isHonest } from "./compare";
import { runBroadcast } from "./run-broadcast";

beforeEach(resetDatabase);

const SMALL = { seed: 4, recipients: 300, kills: 1, timeouts: false };

test("P18, P41: on a bad day (killed workers, lost answers, doubled and reordered webhooks) each is told exactly once what was approved, and all records agree", async () => {
  const result = await runBroadcast({ ...SMALL, broken: null });
  expect(result.kills).toBeGreaterThan(0);
  expect(result).toMatchObject({ lost: [], doubled: [], unexpected: [], disagreeing: [] });
  expect(result.unreached).toBe(SMALL.recipients / 50);
}, 90_000);

test("the same day without idempotency keys tells some twice, so the first test can fail", async () => {
  const result = await runBroadcast({ ...SMALL, broken: "keyless" });
  expect(result.doubled.length).toBeGreaterThan(0);
  expect(isHonest(result)).toBe(false);
}, 90_000);
