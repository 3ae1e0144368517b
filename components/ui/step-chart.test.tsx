import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";

import { beijing } from "@/tests/support/context";

import { StepChart } from "./step-chart";

const from = beijing("2026-11-01 00:00");
const to = beijing("2026-11-11 00:00");

const chart = renderToStaticMarkup(
  <StepChart
    label="10 accounts: 4 acknowledged, 1 disagreed"
    {...{ from, to, end: to, now: beijing("2026-11-06 00:00"), total: 10 }}
    lines={[
      {
        ...{ key: "yes", tone: "ok", text: "Acknowledged 4" },
        points: [
          { at: beijing("2026-11-02 00:00"), count: 1 },
          { at: beijing("2026-11-04 00:00"), count: 4 },
        ],
      },
      {
        ...{ key: "no", tone: "danger", text: "Disagreed 1" },
        points: [{ at: beijing("2026-11-03 00:00"), count: 1 }],
      },
    ]}
    ticks={[
      { key: "sent", at: beijing("2026-11-04 00:00"), isAhead: false },
      { key: "planned", at: beijing("2026-11-08 00:00"), isAhead: true },
    ]}
    pauses={[{ from: beijing("2026-11-05 00:00"), to: beijing("2026-11-05 12:00") }]}
    words={{ from: "Announced", end: "In force" }}
  />,
);

test("counts over time are stepped lines true to scale, which end today and differ by shape as by colour", () => {
  expect(chart).toContain('d="M0 120H64V108H192V72H320"');
  expect(chart).toMatch(/d="M0 120H128V108H320" [^>]*stroke-dasharray="5 2" [^>]*stroke-danger/);
});

test("the image says it in words, and each line is labelled at its end", () => {
  expect(chart).toContain('role="img" aria-label="10 accounts: 4 acknowledged, 1 disagreed"');
  expect(chart.replaceAll(/<[^>]*>/g, " ")).toMatch(
    /Acknowledged 4 .*Disagreed 1 .*Announced .*In force/,
  );
});

test("what was sent is a strong mark, what is planned a thin one", () => {
  expect(chart).toContain('d="M192 114V126" stroke-width="3"');
  expect(chart).toContain('d="M448 114V126" stroke-width="1"');
});

test("a pause is a stretch with an edge of its own, true to scale", () => {
  expect(chart).toMatch(/x="256" y="0.5" width="32"[^>]*stroke-dasharray="1 3"/);
});
