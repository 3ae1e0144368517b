import { expect, test } from "vitest";

import { anchorAt, placeTicks } from "./drawing-geometry";

const NO_GAPS = Array.from({ length: 15 }, () => 0);

test("fifteen ticks without a day off fill the width from edge to edge, a pixel or more between them", () => {
  const placed = placeTicks(NO_GAPS, 96);
  expect(placed[0]).toEqual({ x: 0, width: 5 });
  expect(placed.at(-1)).toEqual({ x: 91, width: 5 });
  placed.slice(1).forEach(({ x }, index) => {
    const before = placed[index];
    expect(x - (before ? before.x + before.width : 0)).toBeGreaterThanOrEqual(1);
  });
});

test("days off stand open before the tick that follows them, as many units as there are days", () => {
  // 5 + 1 + 5 + (1 + 2) + 5 units are 95 pixels: a unit is 5.
  expect(placeTicks([0, 0, 2], 95)).toEqual([
    { x: 0, width: 25 },
    { x: 30, width: 25 },
    { x: 70, width: 25 },
  ]);
});

test("a term however long stays inside its width, with a tick of a pixel at least", () => {
  const placed = placeTicks(
    Array.from({ length: 60 }, (_, index) => (index % 5 === 0 ? 2 : 0)),
    96,
  );
  expect((placed.at(-1)?.x ?? 0) + (placed.at(-1)?.width ?? 0)).toBeLessThanOrEqual(96);
  expect(Math.min(...placed.map(({ width }) => width))).toBeGreaterThanOrEqual(1);
});

test("no ticks are no places", () => {
  expect(placeTicks([], 96)).toEqual([]);
});

test.each([
  [0, "start"],
  [0.24, "start"],
  [0.5, "middle"],
  [0.76, "end"],
  [1, "end"],
])("words at %d of the width hang so that they stay inside", (share, anchor) => {
  expect(anchorAt(share)).toBe(anchor);
});
