import { expect, test } from "vitest";

import { versionsText } from "./rule-text";

test.each([
  ["8.1.0 || 7.9.1", "8.1.0 或 7.9.1", "8.1.0 or 7.9.1"],
  [">=7.9.0 <8.1.0", "7.9.0（含）至 8.1.0（不含）", "from 7.9.0 up to but not including 8.1.0"],
  [
    ">7.9.0 <=8.1.0 || 9.0.0",
    "7.9.0（不含）至 8.1.0（含） 或 9.0.0",
    "above 7.9.0 up to and including 8.1.0 or 9.0.0",
  ],
  ["<8.0 || >=9.0", "低于 8.0.0 或 9.0.0 及以上", "before 8.0.0 or 9.0.0 or later"],
  ["<=8.1.0 || >9.0.0", "8.1.0 及以下 或 高于 9.0.0", "8.1.0 or earlier or later than 9.0.0"],
  ["*", "任何版本", "any version"],
  [
    "8.1.0 7.9.1",
    "没有任何版本（8.1.0 7.9.1 不能同时符合）",
    "no version at all (8.1.0 7.9.1 cannot all be true)",
  ],
])("%j is said in words", (range, chinese, english) => {
  expect(versionsText(range, "zh-CN")).toBe(chinese);
  expect(versionsText(range, "en")).toBe(english);
});
