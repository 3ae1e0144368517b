import { expect, test } from "vitest";

import {
  addressesIn,
  identitiesIn,
  leadsTo,
  personalIn,
  unreplaced,
  unwritten,
} from "./notice-lint";

const said = (text: string) => [{ place: "situation.zh-CN", locale: "zh-CN" as const, text }];
const wordsOf = (found: { words: string | null }[]) => found.map(({ words }) => words);

test.each([
  ["11010519491231002X", ["110****02X"]],
  ["号码是11010519491231002x。", ["110****02x"]],
  ["全角１１０１０５１９４９１２３１００２Ｘ", ["110****02X"]],
  // The check sign is another, the day never was, or it is part of something longer.
  ["110105194912310021", []],
  ["110105194902310028", []],
  ["a11010519491231002X", []],
])("of %s the identity cards are found", (text, found) => {
  expect(wordsOf(identitiesIn(said(text)))).toEqual(found);
});

test.each([
  ["请打 13812345678 找小李", ["138****678"]],
  ["+86 138-1234-5678", ["861****678"]],
  ["写信给 zhang.wei@corp.example。", ["z***@corp.example"]],
  ["写信给 privacy@yunqiao.example。", []],
  ["卡号 6222 0212 3456 7894", ["6222****7894"]],
  // Of no Luhn, an SDKAppID, a version, a longer number.
  ["卡号 6222 0212 3456 7893", []],
  ["SDKAppID 1400512345，版本 13.812.345678", []],
  ["流水 913812345678", []],
])("of %s the personal data are found, shown in part", (text, found) => {
  expect(wordsOf(personalIn(said(text), "privacy@yunqiao.example"))).toEqual(found);
});

test("what looks like a variable is found with its place, closed or not", () => {
  expect(wordsOf(unreplaced(said("从{{开始时间}}起，见 {{没有闭合")))).toEqual([
    "{{开始时间}}",
    "{{没有闭合",
  ]);
  expect(unreplaced(said('{"a": {"b": 1}}'))).toEqual([]);
});

test("a language nothing is written in is one finding, one that lacks some texts is named by them", () => {
  const title = { "zh-CN": "标题", en: "Title" };
  const text = { "zh-CN": "正文" };
  expect(unwritten([["title", title]])).toEqual([]);
  expect(unwritten([["title", text]])).toEqual([{ place: "en", words: null }]);
  expect(
    unwritten([
      ["title", title],
      ["situation", text],
      ["adviceEndUsers", {}],
    ]),
  ).toEqual([{ place: "situation.en", words: null }]);
});

test("addresses are found as links and written out, each once", () => {
  const text =
    "见 [指引](/zh-CN/policies/im) 和 https://a.example/x?y=1。也见（www.b.example），[再看](https://a.example/x?y=1)，javascript:alert(1)";
  expect(addressesIn(text)).toEqual([
    "/zh-CN/policies/im",
    "https://a.example/x?y=1",
    "www.b.example",
  ]);
  expect(addressesIn("[x](javascript:alert(1))")).toEqual(["javascript:alert(1)"]);
});

test.each([
  ["https://docs.example/a", "elsewhere"],
  ["www.docs.example", "elsewhere"],
  ["mailto:privacy@yunqiao.example", "elsewhere"],
  ["https://own.example/en/status?a=1#b", { own: "/en/status" }],
  ["/zh-CN/policies", "dead"],
  ["http://docs.example/a", "dead"],
  ["ftp://docs.example/a", "dead"],
  ["https://user:word@docs.example", "dead"],
  ["https://localhost", "dead"],
  ["javascript:alert(1)", "dead"],
  ["mailto:nobody", "dead"],
  ["#clause-3", "dead"],
  ["//docs.example", "dead"],
])("%s leads to %j", (address, leads) => {
  expect(leadsTo(address, "https://own.example")).toEqual(leads);
});

test("a long row of signs in an address takes no longer than others", () => {
  const signs = ".".repeat(60_000);
  const before = performance.now();
  expect(addressesIn(`www.a${signs}b${signs}。`)).toEqual([`www.a${signs}b`]);
  expect(performance.now() - before).toBeLessThan(500);
});
