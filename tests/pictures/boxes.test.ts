import { expect, test } from "vitest";

import { type Box, differences, read, written } from "./boxes";

const PAGE: Box[] = Array.from({ length: 40 }, (_, row) => ["p", 24, 32 * row, 552, 24]);
const changed = (by: (box: Box, index: number) => Box) => differences(PAGE, PAGE.map(by));

test("a block that moved by 8 px is told, once, and so is one that grew", () => {
  const below = changed(([kind, left, top, ...size], index) => [
    kind,
    left,
    index < 7 ? top : top + 8,
    ...size,
  ]);
  expect(below).toEqual(["block 8 (p at 24,224, 552×24): below the last 32 → 40"]);
  expect(changed((box, index) => (index === 3 ? ["p", 32, box[2], 544, 24] : box))).toEqual([
    "block 4 (p at 24,96, 552×24): left 24 → 32, width 552 → 544",
  ]);
});

test("a pixel more in each of many rows is a font's affair", () => {
  expect(changed(([kind, left, top, ...size], row) => [kind, left, top + row, ...size])).toEqual(
    [],
  );
});

test("a block that is gone or new is named", () => {
  const without = PAGE.filter((_, index) => index !== 39);
  expect(differences(PAGE, without)).toEqual([
    "40 blocks expected, 39 found; first other one: p at 24,1248, 552×24 expected, none found",
  ]);
  const other: Box[] = [...PAGE.slice(0, 2), ["hr", 24, 64, 552, 1], ...PAGE.slice(2)];
  expect(differences(PAGE, other)[0]).toContain("hr at 24,64, 552×1 found");
});

test("a reference reads as it was written", () => {
  expect(read(written(PAGE))).toEqual(PAGE);
});
