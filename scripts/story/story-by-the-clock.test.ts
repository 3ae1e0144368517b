import { beforeAll, expect, test } from "vitest";

import { ORDINARY, storyAt } from "@/tests/support/story";

/** Ordinary days, make-up days, the ends of months and years, and years whose calendar is not known. */
const DAYS = [
  "2026-11-28",
  "2026-02-28",
  "2026-10-10",
  "2026-12-31",
  "2027-01-01",
  "2027-02-28",
  "2028-02-29",
  "2028-01-02",
];

/** A telling takes one or two seconds, on a busy machine ten times that. */
const LONG = 120_000;

let ordinary: Awaited<ReturnType<typeof storyAt>>;
beforeAll(async () => {
  ordinary = await storyAt(ORDINARY);
}, LONG);

/** Every half hour of the day; days and hours pass each other, so each day meets six of them. */
const HALF_HOURS = Array.from({ length: 48 }, (_, half) => {
  const hour = String(Math.floor(half / 2)).padStart(2, "0");
  return `${DAYS[half % DAYS.length]} ${hour}:${half % 2 ? "30" : "00"}`;
});

test.each(HALF_HOURS)(
  "told at %s it is the same story",
  async (moment) => {
    expect(await storyAt(moment)).toEqual(ordinary);
  },
  LONG,
);
