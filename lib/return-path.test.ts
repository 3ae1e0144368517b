import { expect, test } from "vitest";

import { safeReturnPath } from "./return-path";

test.each(["/zh-CN/inbox", "/en/policies/im?since=3.1#sec-1", "/zh-CN/home"])(
  "a path of this site is kept: %s",
  (path) => {
    expect(safeReturnPath(path, "/")).toBe(path);
  },
);

test.each([
  ["/zh-CN/政策", "/zh-CN/%E6%94%BF%E7%AD%96"],
  ["/en/x?q=中\u2028", "/en/x?q=%E4%B8%AD%E2%80%A8"],
  ["/en/x?q=%E4%B8%AD", "/en/x?q=%E4%B8%AD"],
])("what a header cannot hold is encoded, once: %j", (path, encoded) => {
  expect(safeReturnPath(path, "/")).toBe(encoded);
});

test.each([
  "/.//evil.example",
  "/x/..//evil.example",
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
