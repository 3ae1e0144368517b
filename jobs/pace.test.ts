import { expect, test } from "vitest";

import { openPace } from "./pace";

const TRIP_MS = 20;

/** A provider that allows ten requests in a second, 20 ms away, and a clock that is moved by hand. */
function setUp() {
  let now = 5000;
  const pace = openPace(() => now);
  const rate = (remaining: number) => ({ limit: 10, remaining, windowMs: 1000 });
  const hear = (outcome: object, tripMs: number) => {
    const sentAt = now;
    now += tripMs;
    pace.hear([{ sentAt, heardAt: now, outcome }]);
  };
  return {
    pace,
    answer: (remaining: number, tripMs = TRIP_MS) =>
      hear({ rate: rate(remaining), ...(remaining === 0 && { waitMs: 1000 }) }, tripMs),
    refuse: (remaining?: number) =>
      hear(
        {
          ...{ reason: "rate_limited", retryAfterMs: 1000 },
          ...(remaining !== undefined && { rate: rate(remaining) }),
        },
        TRIP_MS,
      ),
    lose: () => hear({ reason: "no_answer" }, TRIP_MS),
    pass: (ms: number) => (now += ms),
  };
}

test("whoever opened the window waits for its end, and not for whole seconds", () => {
  const { pace, answer, pass } = setUp();
  answer(9);
  pass(600);
  answer(0);
  expect(pace.wait()).toBe(1004 - TRIP_MS - 600 - TRIP_MS);
});

test("whoever did not open it waits as long as they are told", () => {
  const { pace, answer, pass } = setUp();
  answer(4);
  pass(600);
  answer(0);
  expect(pace.wait()).toBe(1000);
});

test("the next window is opened by one alone; who came too early goes again when the old one has ended for certain, and later from then on", () => {
  const { pace, answer, refuse, pass } = setUp();
  answer(9);
  answer(0);
  pass(pace.wait());
  expect(pace.allows(4)).toBe(1);
  refuse(0);
  // Told to wait for a second, which is the rounding: the window began at most 20 ms after it was asked for.
  expect(pace.wait()).toBe(0);
  expect(pace.allows(4)).toBe(1);
  answer(9);
  answer(0);
  expect(pace.wait()).toBe(1008 - 2 * TRIP_MS);
});

test("a second refusal is no rounding: it is waited for as long as it says", () => {
  const { pace, answer, refuse, pass } = setUp();
  answer(9);
  answer(0);
  pass(pace.wait());
  refuse(0);
  refuse(0);
  expect(pace.wait()).toBe(1000);
});

test("within a window no more leave at once than are left, and than it takes to use them in half of it", () => {
  const { pace, answer, lose, pass } = setUp();
  expect(pace.allows(4)).toBe(4);
  answer(9, 120);
  // 9 rounds of 120 ms in half of 884 ms take three at once, though two would do in the whole.
  expect(pace.allows(4)).toBe(3);
  answer(2, 580);
  expect(pace.allows(4)).toBe(2);
  // What was lost may have been counted.
  lose();
  expect(pace.allows(4)).toBe(1);
  pass(1004);
  expect(pace.allows(4)).toBe(4);
});

test("a provider that answers at once is sent one after the other", () => {
  const { pace, answer } = setUp();
  pace.allows(1);
  answer(9);
  expect(pace.allows(4)).toBe(1);
});

test("a refusal that names a time is waited for, and nothing else is", () => {
  const { pace, answer, refuse, lose } = setUp();
  lose();
  expect([pace.wait(), pace.isSet()]).toEqual([0, false]);
  answer(9);
  // Others are still allowed in this window: it is no word about that.
  refuse(5);
  expect([pace.wait(), pace.isSet()]).toEqual([1000, true]);
});
