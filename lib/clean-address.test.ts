import { expect, test } from "vitest";

import { cleanSearch, isReadablePath } from "./clean-address";

test.each([
  ["search=a&search=b", "search=a"],
  ["q=a%00b&page=2", "q=ab&page=2"],
  ["%00q=a", "q=a"],
  ["__proto__=a&constructor=b&q=a", "q=a"],
  ["to=a&x=%00&to=%00", "to=a&x="],
])("of a repeated name the first value, and no NUL: %s", (given, clean) => {
  expect(cleanSearch(new URLSearchParams(given))?.toString()).toBe(clean);
});

test.each(["", "q=%E4%B8%AD&page=2", "to=%ff", "a=&b="])("what is plain stays: %j", (given) => {
  expect(cleanSearch(new URLSearchParams(given))).toBeNull();
});

test.each([
  ["/zh-CN/policies/%E4%B8%AD", true],
  ["/zh-CN/policies/%ff", false],
  ["/zh-CN/policies/%00", false],
  ["/zh-CN/policies/%ed%a0%80", false],
  ["/zh-CN/policies/%", false],
  ["/zh-CN%2f%2e%2e", false],
])("a path that can be read: %s %s", (path, isReadable) => {
  expect(isReadablePath(path)).toBe(isReadable);
});
