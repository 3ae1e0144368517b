import { expect, test } from "vitest";

import { seal, unseal, unsealText } from "./seal";

test("what was sealed opens again, and the text itself is nowhere in it", () => {
  const sealed = seal("用户 10086 的请求", "request.facts");

  expect(unsealText(sealed, "request.facts")).toBe("用户 10086 的请求");
  expect(sealed.includes(Buffer.from("10086"))).toBe(false);
});

test("the same text is never sealed the same way twice", () => {
  expect(seal("a", "x").equals(seal("a", "x"))).toBe(false);
});

test("it does not open in another place, nor with a single changed byte", () => {
  const sealed = seal("a", "request.facts");
  expect(() => unseal(sealed, "request.file")).toThrow();

  for (let at = 0; at < sealed.length; at++) {
    const changed = Buffer.from(sealed);
    changed[at]! ^= 1;
    expect(() => unseal(changed, "request.facts")).toThrow();
  }
});
