import { beforeAll, expect, test } from "vitest";

import { ORDINARY, storyAt } from "@/tests/support/story";

/** A telling takes one or two seconds, on a busy machine ten times that. */
const LONG = 120_000;

let ordinary: Awaited<ReturnType<typeof storyAt>>;
beforeAll(async () => {
  ordinary = await storyAt(ORDINARY);
}, LONG);

test.each([
  ["an ordinary midnight", "2026-11-28 23:59", "2026-11-29 00:01"],
  ["the end of the year", "2026-12-31 23:59", "2027-01-01 00:01"],
  ["the leap day of a year without a calendar", "2028-02-29 23:59", "2028-03-01 00:01"],
])(
  "told around %s it is the same story",
  async (_, before, after) => {
    expect(await storyAt(before)).toEqual(ordinary);
    expect(await storyAt(after)).toEqual(ordinary);
  },
  LONG,
);
