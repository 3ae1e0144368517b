import { expect, test } from "vitest";

import { hashOf, sha256Hex } from "./hash";

test("the hash is the SHA-256 of the UTF-8 bytes", () => {
  expect(sha256Hex("abc")).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  expect(sha256Hex("告知台")).toHaveLength(64);
});

test("the order of keys does not change the hash of a value", () => {
  expect(hashOf({ a: 1, b: ["甲", null] })).toBe(hashOf({ b: ["甲", null], a: 1 }));
  expect(hashOf({ a: 1 })).not.toBe(hashOf({ a: 2 }));
  expect(hashOf({ a: 1 })).toBe(sha256Hex('{"a":1}'));
});

test("what JSON cannot hold is refused instead of hashed", () => {
  expect(() => hashOf(undefined)).toThrow(TypeError);
  expect(() => hashOf({ n: Number.NaN })).toThrow();
  expect(() => hashOf("\ud800")).toThrow();
});
