import { expect, test } from "vitest";

import { parsePolicyText } from "./parse-text";
import { placeNames } from "./places";

const blocks = parsePolicyText(
  "前面的话。\n\n## 四、存储\n\n### （一）期限\n\n1. 七天；\n2. 一年。\n\n其余从其约定。\n",
);

test("a heading is called by its number and title, an item also by its own number, both below their part", () => {
  expect(placeNames(blocks, ["sec-4", "sec-4-1-2", "sec-4-1-p1"])).toEqual([
    { anchor: "sec-4", level: 2, title: "四、存储" },
    { anchor: "sec-4-1-2", level: 5, title: "四、（一）期限 · 2" },
    { anchor: "sec-4-1-p1", level: 5, title: "四、（一）期限" },
  ]);
});

test("what is not there, or stands before every heading, has no name", () => {
  expect(placeNames(blocks, ["sec-9", "sec-0-p1", null])).toEqual([]);
});
