import { expect, test } from "vitest";

import { isNetwork, networkOf, readerAddress } from "./network-list";

const trusted = ["10.0.0.0/8", "2001:db8::1"];

test.each([
  ["nobody's word is taken without a proxy", "203.0.113.9", "1.2.3.4", [], "203.0.113.9"],
  ["a stranger's word is not", "203.0.113.9", "1.2.3.4", trusted, "203.0.113.9"],
  ["a proxy's is", "10.0.0.5", "198.51.100.7", trusted, "198.51.100.7"],
  [
    "what the reader wrote before it is not",
    "10.0.0.5",
    "1.2.3.4, 198.51.100.7",
    trusted,
    "198.51.100.7",
  ],
  ["two proxies in a row", "::ffff:10.0.0.5", "198.51.100.7, 10.9.9.9", trusted, "198.51.100.7"],
  ["a proxy that says nothing", "10.0.0.5", null, trusted, "10.0.0.5"],
  ["nonsense from a proxy", "10.0.0.5", "evil, <b>", trusted, "10.0.0.5"],
  ["IPv6, with brackets and port", "2001:db8::1", "[2a00:1:2:3::9]:443", trusted, "2a00:1:2:3::9"],
])("%s", (...[, peer, forwardedFor, proxies, address]) => {
  expect(readerAddress({ peer, forwardedFor, trusted: proxies })).toBe(address);
});

test("an IPv6 subscriber's addresses are one network, each IPv4 address its own", () => {
  expect(networkOf("2001:db8:1:2:3:4:5:6")).toBe(networkOf("2001:db8:1:2::9"));
  expect(networkOf("2001:db8:1:2::9")).not.toBe(networkOf("2001:db8:1:3::9"));
  expect(networkOf("::1")).toBe("0:0:0:0::/64");
  expect(networkOf("203.0.113.9")).toBe("203.0.113.9");
});

test.each([
  ["10.0.0.5", true],
  ["10.0.0.0/8", true],
  ["fd00::/8", true],
  ["10.0.0.0/33", false],
  ["proxy.example", false],
  ["10.0.0.0/8/8", false],
])("%s as a network: %s", (text, isOne) => {
  expect(isNetwork(text)).toBe(isOne);
});
