import { expect, test } from "vitest";

import { openPace } from "./pace";

/** A provider that allows ten requests in a second, and a clock that is moved by hand. */
function setUp() {
  let now = 5000;
  const pace = openPace(() => now);
  const answer = (...lefts: number[]) =>
    pace.hear(
      lefts.map((remaining) => ({
        sentAt: now,
        outcome: {
          rate: { limit: 10, remaining, windowMs: 1000 },
          ...(remaining === 0 && { waitMs: 1000 }),
        },
      })),
    );
  return { pace, answer, pass: (ms: number) => (now += ms) };
}

test("whoever opened the window waits for its end, and not for whole seconds", () => {
  const { pace, answer, pass } = setUp();
  answer(9);
  pass(600);
  answer(0);
  expect(pace.wait()).toBe(402);
});

test("whoever did not open it waits as long as they are told", () => {
  const { pace, answer, pass } = setUp();
  answer(4);
  pass(600);
  answer(0);
  expect(pace.wait()).toBe(1000);
});

test("no more leave at once than the window has left, and after its end as many as before", () => {
  const { pace, answer, pass } = setUp();
  expect(pace.allows(4)).toBe(4);
  // Answers to what left at once come in any order.
  answer(7, 9, 8);
  expect(pace.allows(8)).toBe(7);
  answer(3, 2);
  expect(pace.allows(4)).toBe(2);
  pass(1002);
  expect(pace.allows(4)).toBe(4);
});

test("a refusal that names a time is waited for, and nothing else is", () => {
  const { pace } = setUp();
  pace.hear([{ sentAt: 5000, outcome: { reason: "provider_error" } }]);
  expect([pace.wait(), pace.isSet()]).toEqual([0, false]);
  pace.hear([{ sentAt: 5000, outcome: { reason: "rate_limited", retryAfterMs: 3000 } }]);
  expect([pace.wait(), pace.isSet()]).toEqual([3000, true]);
});
