import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { emailAddress, normaliseEmail } from "./email-address";

describe("addresses that are accepted", () => {
  test.each([
    ["lin.yue@xinglan.example", "lin.yue@xinglan.example"],
    ["  Lin.Yue@XingLan.Example  ", "lin.yue@xinglan.example"],
    ["o'brien+im@mail.xinglan.example", "o'brien+im@mail.xinglan.example"],
    ["a@xn--fiqs8s.example", "a@xn--fiqs8s.example"],
    ["1@1.example", "1@1.example"],
    ["a@b.xn--p1ai", "a@b.xn--p1ai"],
    ["lin＠xinglan.example", "lin@xinglan.example"],
    ["lin﹫xinglan．example", "lin@xinglan.example"],
    ["ｌｉｎ@ｘinglan.example", "lin@xinglan.example"],
    ["\u3000lin@xinglan.example\u00a0", "lin@xinglan.example"],
    ["\u212aai@xinglan.example", "kai@xinglan.example"],
    [`${"a".repeat(64)}@b.example`, `${"a".repeat(64)}@b.example`],
  ])("%j is kept as %j", (typed, kept) => {
    expect(normaliseEmail(typed)).toBe(kept);
  });
});

describe("what is no plain address is refused", () => {
  test.each([
    ["nothing", ""],
    ["blanks", "   "],
    ["no @", "lin.xinglan.example"],
    ["two @", "lin@xinglan@evil.example"],
    ["a full-width @ beside a plain one", "lin@xinglan.example＠evil.example"],
    ["a small @ beside a plain one", "lin﹫evil.example@xinglan.example"],
    ["a quoted local part", '"lin"@xinglan.example'],
    ["an @ hidden in quotes", '"lin@xinglan.example"@evil.example'],
    ["a full-width quote", "＂lin＂@xinglan.example"],
    ["a comma", "lin@xinglan.example,eve@evil.example"],
    ["a full-width comma", "lin@xinglan.example，eve@evil.example"],
    ["a semicolon", "lin@xinglan.example;eve@evil.example"],
    ["a name and brackets", "Lin <lin@xinglan.example>"],
    ["a comment", "lin(work)@xinglan.example"],
    ["a line end and a header", "lin@xinglan.example\r\nBcc: eve@evil.example"],
    ["a line end at the end", "lin@xinglan.example\n"],
    ["a line separator", "lin\u2028@xinglan.example"],
    ["NUL", "lin\u0000@xinglan.example"],
    ["a tab", "lin\t@xinglan.example"],
    ["a blank inside", "lin yue@xinglan.example"],
    ["a zero-width space", "lin\u200b@xinglan.example"],
    ["a right-to-left mark", "lin\u200f@xinglan.example"],
    ["a lone surrogate", "lin\ud800@xinglan.example"],
    ["a Cyrillic letter", "l\u0456n@xinglan.example"],
    ["a Cyrillic letter in the domain", "lin@xingl\u0430n.example"],
    ["a dotted capital I", "l\u0130n@xinglan.example"],
    ["a Chinese domain", "lin@星澜.example"],
    ["a leading dot", ".lin@xinglan.example"],
    ["a trailing dot", "lin.@xinglan.example"],
    ["two dots", "lin..yue@xinglan.example"],
    ["a domain without a dot", "lin@localhost"],
    ["a domain that ends in a dot", "lin@xinglan.example."],
    ["a domain that begins with a hyphen", "lin@-xinglan.example"],
    ["a label that ends with a hyphen", "lin@xinglan-.example"],
    ["an underscore in the domain", "lin@xing_lan.example"],
    ["an IP address", "lin@192.0.2.1"],
    ["an address literal", "lin@[192.0.2.1]"],
    ["a local part of 65 characters", `${"a".repeat(65)}@b.example`],
    ["a label of 64 characters", `a@${"b".repeat(64)}.example`],
    ["255 characters", `a@${"bcdefghi.".repeat(30)}example`],
    ["one sign that unfolds to many", "\ufdfa".repeat(900) + "@b.example"],
  ])("%s", (_what, typed) => {
    expect(normaliseEmail(typed)).toBeNull();
  });
});

test("an address once normalised stays as it is, whatever was typed", () => {
  const part = fc.string({ unit: "binary", maxLength: 12 });
  const typed = fc.tuple(part, fc.constantFrom("@", "＠", "﹫", "@@", ""), part);
  fc.assert(
    fc.property(typed, (parts) => {
      const kept = normaliseEmail(parts.join("") + ".example");
      if (kept === null) return;
      expect(normaliseEmail(kept)).toBe(kept);
      expect(kept).toMatch(/^[^@\s,;"<>]+@[^@\s,;"<>]+$/);
      expect(kept.normalize("NFKC")).toBe(kept);
    }),
    { numRuns: 2000 },
  );
});

test("the schema names what is wrong by message key", () => {
  expect(emailAddress.parse(" Lin@Xinglan.example ")).toBe("lin@xinglan.example");
  expect(emailAddress.safeParse("").error?.issues[0]?.message).toBe("errors.field.required");
  expect(emailAddress.safeParse(undefined).error?.issues[0]?.message).toBe("errors.field.required");
  expect(emailAddress.safeParse("lin@").error?.issues[0]?.message).toBe("errors.field.email");
});
