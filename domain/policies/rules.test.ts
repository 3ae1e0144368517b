import { expect, test } from "vitest";

import { nextLabel } from "./rules";

test.each([
  [undefined, "1.0"],
  ["3.2", "3.3"],
  ["2026-03", "2026-04"],
  ["2.9", "2.10"],
  ["7", "8"],
  ["beta", ""],
])("after %j comes %j", (newest, next) => {
  expect(nextLabel(newest)).toBe(next);
});
