import { expect, test } from "vitest";

import { parsePolicyText } from "./parse-text";
import { placedInTranslation, placeNames } from "./places";

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

test("an anchor is a place of a translation only where the sections above and beside it are numbered alike", () => {
  const binding = parsePolicyText("## 一、范围\n\n## 二、存储\n\n### （一）期限\n\n## 三、联系\n");
  const placed = (english: string) =>
    placedInTranslation([{ anchor: "sec-1" }, { anchor: "sec-2-1" }, { anchor: "sec-3" }], {
      binding,
      translation: parsePolicyText(english),
    }).map(({ anchor }) => anchor);

  const whole = "## 1. Scope\n\n## 2. Storage\n\n### 2.1 Time\n\n## 3. Contact\n";
  expect(placed(whole)).toEqual(["sec-1", "sec-2-1", "sec-3"]);
  expect(placed("## 1. Scope\n\n## 2. Storage\n\n## 3. Contact\n")).toEqual([
    "sec-1",
    null,
    "sec-3",
  ]);
  expect(placed("## 1. Scope\n\n## 2. Contact\n")).toEqual([null, null, null]);
});
