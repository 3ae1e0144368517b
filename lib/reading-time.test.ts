import { expect, test } from "vitest";

import { readingMinutes } from "./reading-time";

test("counts Chinese characters and Latin words, not punctuation", () => {
  expect(readingMinutes("")).toBe(1);
  expect(readingMinutes("告".repeat(4000))).toBe(10);
  expect(readingMinutes("notice ".repeat(2200))).toBe(10);
  expect(readingMinutes(`${"知".repeat(2000)}${"。".repeat(5000)}${"SDK ".repeat(1100)}`)).toBe(10);
});
