import { expect, test } from "vitest";

import { nextLabel } from "./rules";

test.each([
  [[], "1.0"],
  [["3.2", "3.1"], "3.3"],
  [["2026-03"], "2026-04"],
  [["2.9"], "2.10"],
  [["7"], "8"],
  [["beta"], ""],
])("after %j comes %j", (labels, next) => {
  expect(nextLabel(labels)).toBe(next);
});
