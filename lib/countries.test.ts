import { expect, test } from "vitest";

import { LOCALES } from "@/db/vocabulary/languages";

import { COUNTRIES, EEA } from "./countries";
import { countryName } from "./format";

test("every country of ISO 3166-1 has a name of its own in each language, and no other code is one", () => {
  expect(COUNTRIES.size).toBe(249);
  for (const locale of LOCALES) {
    const names = [...COUNTRIES].map((code) => countryName(code, locale));
    expect(new Set(names).size).toBe(249);
    expect(names.filter((name) => COUNTRIES.has(name))).toEqual([]);
  }
  for (const other of ["EU", "UN", "XK", "ZZ", "AA", "UK", "YU", "cn", ""])
    expect(COUNTRIES.has(other)).toBe(false);
  expect([...EEA].filter((code) => !COUNTRIES.has(code))).toEqual([]);
  expect(EEA.size).toBe(30);
});
