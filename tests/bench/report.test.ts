import { expect, test } from "vitest";

import { plotOf, reportOf } from "./report";

const workload = { id: "B0", name: "Nothing", about: "Does nothing." };

test("a target is told as met, or by how much it was missed", () => {
  const ratios = [
    { what: "fast", value: 0.8, least: 0.7 },
    { what: "slow", value: 0.35, least: 0.7 },
    { what: "long", value: 3, most: 1.5, size: 1000 },
  ];

  const report = reportOf([{ workload, found: { figures: [], ratios } }]);

  expect(report).toMatch(/\| fast +\| +\| 0\.8 +\| ≥ 0\.7 +\| met/);
  expect(report).toMatch(/\| slow +\| +\| 0\.35 +\| ≥ 0\.7 +\| missed: 0\.5 of it/);
  expect(report).toMatch(/\| long +\| 1,000 +\| 3 +\| ≤ 1\.5 +\| missed: 2 of it/);
});

test("figures of several sizes are drawn, each power of ten as far from the next", () => {
  const figures = [1000, 10_000, 100_000].map((size) => ({
    ...{ what: "rows", unit: "ms" as const, size, value: size / 1000 },
  }));

  const points = Array.from(
    (plotOf(figures) ?? "").matchAll(/cx="([\d.]+)" cy="([\d.]+)"/g),
    (one) => one.slice(1).map(Number),
  );

  const [first = [], second = [], third = []] = points;
  expect(points).toHaveLength(3);
  for (const axis of [0, 1])
    expect(second[axis]! - first[axis]!).toBeCloseTo(third[axis]! - second[axis]!, 0);
  expect(second[1]).toBeLessThan(first[1]!);
});

test("what has one size is not drawn", () => {
  expect(plotOf([{ what: "page", value: 3, unit: "kB" }])).toBeNull();
});
