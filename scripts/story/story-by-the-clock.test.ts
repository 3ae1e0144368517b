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

/** Every hour of the day, at its beginning or in its middle; each day meets three of them. */
const HOURS = Array.from({ length: 24 }, (_, hour) => {
  const minute = Math.floor(hour / DAYS.length) % 2 ? "30" : "00";
  return `${DAYS[hour % DAYS.length]} ${String(hour).padStart(2, "0")}:${minute}`;
});

test.each(HOURS)(
  "told at %s it is the same story",
  async (moment) => {
    expect(await storyAt(moment)).toEqual(ordinary);
  },
  LONG,
);
