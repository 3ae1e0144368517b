import { expect, test } from "vitest";

import {
  anchorAt,
  placeTicks,
  sharesOf,
  spreadLabels,
  stepLine,
  unitTicks,
} from "./drawing-geometry";

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

const at = (time: string) => new Date(`2026-11-28T${time}:00+08:00`);

test("a moment stands where it is true to scale, one outside at the edge", () => {
  const moments = [at("09:00"), at("10:15"), at("14:00"), at("19:00"), at("21:00")];
  expect(sharesOf(moments, at("09:00"), at("19:00"))).toEqual([0, 0.125, 0.5, 1, 1]);
});

test("words keep their place where there is room, and make way for each other where there is none", () => {
  expect(spreadLabels([0, 80, 160], 40, 160)).toEqual([0, 80, 160]);
  expect(spreadLabels([0, 10, 160], 40, 160)).toEqual([0, 40, 160]);
  expect(spreadLabels([0, 150, 160], 40, 160)).toEqual([0, 120, 160]);
  expect(spreadLabels([0, 2, 4, 160], 40, 160)).toEqual([0, 40, 80, 160]);
  expect(spreadLabels([160, 160, 160, 160], 40, 160)).toEqual([40, 80, 120, 160]);
});

test("the ticks of an axis are hours, quarters of a day, days or weeks, never more than 24", () => {
  expect(unitTicks(at("09:00"), at("12:30"))).toEqual({
    hours: 1,
    shares: [1 / 3.5, 2 / 3.5, 3 / 3.5],
  });
  const later = (hours: number) => new Date(at("09:00").getTime() + hours * 3_600_000);
  expect(unitTicks(at("09:00"), later(30)).hours).toBe(6);
  expect(unitTicks(at("09:00"), later(20 * 24)).hours).toBe(24);
  expect(unitTicks(at("09:00"), later(60 * 24)).hours).toBe(168);
  expect(unitTicks(at("09:00"), at("09:00")).shares).toEqual([]);
});

test("a stepped line stands level between its moments, rises by the share of the whole, and ends at now", () => {
  const points = [
    { share: 0.25, part: 0.1 },
    { share: 0.5, part: 0.5 },
  ];
  const size = { width: 640, height: 120 };
  expect(stepLine(points, { ...size, until: 0.75 })).toBe("M0 120H160V108H320V60H480");
  expect(stepLine([], { ...size, until: 1 })).toBe("M0 120H640");
});
