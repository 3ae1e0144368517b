import { expect, expectTypeOf, test } from "vitest";

import { type Address, at, withLanguage, withQuery } from "./addresses";

test("what varies stands in the address in turn, encoded", () => {
  expect(at("/ops/incidents/*/notices/*/review", "INC-7", "a/b?c")).toBe(
    "/ops/incidents/INC-7/notices/a%2Fb%3Fc/review",
  );
});

test("a value that looks like the mark of another is only a value", () => {
  expect(at("/ops/unreached/*/*", "*", "$&")).toBe("/ops/unreached/*/%24%26");
});

test("the query holds what is given, and the hash stands last", () => {
  expect(
    at("/requests/*", "R-1", {
      done: "sent",
      search: "",
      of: null,
      unread: false,
      twice: 0,
      "#": "own",
    }),
  ).toBe("/requests/R-1?done=sent&twice=0#own");
  expect(at("/sign-in", { return: "/en/policies/im?a=1&b=2" })).toBe(
    "/sign-in?return=%2Fen%2Fpolicies%2Fim%3Fa%3D1%26b%3D2",
  );
  expect(at("/ops/audit")).toBe("/ops/audit");
});

test("a page of a list keeps its filter and its place", () => {
  const list = at("/ops/requests", { view: "mine", page: "1", "#": "list" });
  expect(withQuery(list, { page: "2" })).toBe("/ops/requests?view=mine&page=2#list");
  expect(withQuery("/inbox", { "#": "答复" })).toBe("/inbox#%E7%AD%94%E5%A4%8D");
});

test("the language stands in front; the home page has nothing behind it", () => {
  expect(withLanguage("en", at("/receipts/*", "A-1"))).toBe("/en/receipts/A-1");
  expect(withLanguage("zh-CN", "/")).toBe("/zh-CN");
});

test("the compiler refuses an address that is no page, is incomplete, or was put together by hand", () => {
  // @ts-expect-error There is no such page.
  expectTypeOf(at).toBeCallableWith("/ops/incident/*", "INC-7");
  // @ts-expect-error One part is missing.
  expectTypeOf(at).toBeCallableWith("/ops/incidents/*/notices/*", "INC-7");
  expectTypeOf<"/ops/incidents">().toExtend<Address>();
  expectTypeOf<"/ops/incidents/*">().not.toExtend<Address>();
  expectTypeOf<"/incidents/INC-7">().not.toExtend<Address>();
  expectTypeOf<string>().not.toExtend<Address>();
});
