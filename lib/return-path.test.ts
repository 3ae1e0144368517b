import { expect, test } from "vitest";

import { safeReturnPath } from "./return-path";

test.each(["/zh-CN/inbox", "/en/policies/im?since=3.1#sec-1", "/zh-CN/政策"])(
  "a path of this site is kept: %s",
  (path) => {
    expect(safeReturnPath(path, "/")).toBe(path);
  },
);

test.each([
  "//evil.example",
  "/\\evil.example",
  "https://evil.example/",
  "javascript:alert(1)",
  "/\tevil",
  "/a\r\nSet-Cookie: x",
  "evil",
  "",
  `/${"a".repeat(3000)}`,
  null,
  undefined,
])("anything else becomes the fallback: %j", (path) => {
  expect(safeReturnPath(path, "/zh-CN/home")).toBe("/zh-CN/home");
});
