import { expect, test } from "vitest";

import { destinationOf } from "./sign-in";

const guest = { staffRoles: [], memberships: [] };
const developer = { staffRoles: [], memberships: [{}] };
const staff = { staffRoles: ["handler"], memberships: [] };
const both = { staffRoles: ["handler"], memberships: [{}] };

test.each([
  ["who has no account, to their requests", guest, "/en/requests"],
  ["a developer, to the overview", developer, "/en/home"],
  ["staff, to the desk", staff, "/en/ops"],
  ["staff of an account too, to the desk", both, "/en/ops"],
  ["nobody known, to the overview, which asks to sign in", null, "/en/home"],
])("sign-in without a wish leads %s", (_, person, home) => {
  expect(destinationOf(person, { returnPath: "", locale: "en" })).toBe(home);
});

test.each([guest, developer, staff])("sign-in leads back to where it was asked for", (person) => {
  const returnPath = "/zh-CN/requests/R-2026-000123";
  expect(destinationOf(person, { returnPath, locale: "zh-CN" })).toBe(returnPath);
  const elsewhere = { returnPath: "//evil.example", locale: "zh-CN" };
  expect(destinationOf(person, elsewhere)).not.toContain("evil");
});
