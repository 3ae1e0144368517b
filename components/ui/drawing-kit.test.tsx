import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test } from "vitest";

import { ColumnStrip } from "./column-strip";
import { type GridDay, MonthGrid } from "./month-grid";
import { StepBar } from "./step-bar";

const count = (markup: string, look: string) => markup.split(look).length - 1;

describe("columns", () => {
  const columns = [4, 0, null, 2].map((one, index) => ({ key: String(index), count: one }));
  const strip = renderToStaticMarkup(
    <ColumnStrip label="4, 0, unknown, 2" columns={columns} words={{ from: "a", to: "b" }} />,
  );

  test("are as high as their counts, none where there was nothing, and hatched where nobody counted", () => {
    expect(strip).toContain('role="img" aria-label="4, 0, unknown, 2"');
    expect(strip).toMatch(/y="18" width="17.5%" height="48" class="fill-action"/);
    expect(strip).toMatch(/y="42" width="17.5%" height="24" class="fill-action"/);
    expect(strip).toMatch(/x="53.75%" y="42" width="17.5%" height="24" fill="url/);
    expect(count(strip, "fill-action")).toBe(2);
    // The number stands close above its own column.
    expect(strip).toMatch(/<text x="12.5%" y="13"[^>]*>4</);
    expect(strip).toMatch(/<text x="87.5%" y="37"[^>]*>2</);
  });

  test("one of something does not look like many where a least height is given", () => {
    const low = renderToStaticMarkup(
      <ColumnStrip label="1" columns={[{ key: "a", count: 1 }]} least={4} />,
    );
    expect(low).toMatch(/y="54" [^>]*height="12"/);
  });
});

test("a month stands Monday first, and each kind of day has a shape of its own", () => {
  // 1 February 2026 is a Sunday.
  const looks: GridDay["look"][] = ["off", "work", "make_up", "holiday", "unknown", "counted"];
  const month = renderToStaticMarkup(
    <MonthGrid
      title="February"
      label="February: one of each"
      days={looks.map((look, index) => ({
        day: `2026-02-0${index + 1}`,
        look,
        isEnd: index === 5,
      }))}
    />,
  );
  expect(month).toMatch(/translate\(120 0\)"><text[^>]*>1</);
  expect(month).toMatch(/translate\(0 18\)"><rect[^>]*fill-track/);
  expect(count(month, "fill-track")).toBe(2);
  expect(month).toMatch(/stroke-danger fill-none/);
  expect(month).toMatch(/fill-action"><\/rect><rect[^>]*stroke-ink/);
  expect(count(month, 'fill="url')).toBe(1);
});

describe("steps", () => {
  test("those behind and this one are full, the others open", () => {
    const bar = renderToStaticMarkup(<StepBar label="Step 2 of 5" step={2} of={5} />);
    expect(bar).toContain('role="img" aria-label="Step 2 of 5"');
    expect([count(bar, "fill-action"), count(bar, "fill-track")]).toEqual([2, 3]);
  });

  test("where nobody knows how many there are, the rest is hatched", () => {
    const bar = renderToStaticMarkup(<StepBar label="Step 2" step={2} />);
    expect([count(bar, "fill-action"), count(bar, 'fill="url')]).toEqual([2, 1]);
    expect(bar).not.toContain("fill-track");
  });
});
