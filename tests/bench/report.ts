import { cpus, totalmem } from "node:os";

import { type Figure, type Found, isMet, type Ratio, type Workload } from "./measure";

export type Entry = { workload: Omit<Workload, "run">; found: Found; seconds?: number };

const number = (value: number): string => {
  if (!Number.isFinite(value)) return "–";
  if (value >= 100) return Math.round(value).toLocaleString("en");
  return String(Number(value.toPrecision(3)));
};
const sized = ({ size }: { size?: number }): string => size?.toLocaleString("en") ?? "";
const aim = (ratio: Ratio): string => ("least" in ratio ? `≥ ${ratio.least}` : `≤ ${ratio.most}`);

/** What a run found, as Markdown: all targets in one table, then every workload with its figures. */
export function reportOf(entries: readonly Entry[], at?: Date): string {
  const machine = `${cpus().length} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.version}`;
  const seconds = entries.reduce((sum, entry) => sum + (entry.seconds ?? 0), 0);
  const head = at && [
    "# Benchmarks",
    `${at.toISOString().slice(0, 16).replace("T", " ")} UTC · ${machine} · ${Math.round(seconds / 60)} minutes. Written by \`npm run bench\`. Load, servers and database share this machine, so only ratios of one run count.`,
    targets(entries),
  ];
  return [...(head ?? []), ...entries.flatMap(section), ""].join("\n\n");
}

const targets = (entries: readonly Entry[]): string =>
  table(
    ["", "target", "size", "found", "aim", "", "why not"],
    entries.flatMap(({ workload, found }) =>
      found.ratios.map((ratio) => [workload.id, ...rowOf(ratio)]),
    ),
  );

const rowOf = (ratio: Ratio): string[] => [
  ...[ratio.what, sized(ratio), number(ratio.value), aim(ratio)],
  ...(isMet(ratio) ? ["met", ""] : [`missed: ${missedBy(ratio)}`, ratio.why ?? ""]),
];

/** A target of none has no share. */
const missedBy = (ratio: Ratio): string =>
  aimed(ratio) === 0 ? number(ratio.value) : `${number(ratio.value / aimed(ratio))} of it`;

function section({ workload, found, seconds }: Entry): string[] {
  return [
    `## ${workload.id} ${workload.name}`,
    workload.about + (seconds === undefined ? "" : ` (${Math.round(seconds)} s)`),
    ...(found.ratios.length > 0
      ? [table(["target", "size", "found", "aim", "", "why not"], found.ratios.map(rowOf))]
      : []),
    ...(found.figures.length > 0
      ? [
          table(
            ["figure", "size", "value"],
            found.figures.map((figure) => [
              ...[figure.what, sized(figure)],
              `${number(figure.value)} ${figure.unit}`.trim(),
            ]),
          ),
        ]
      : []),
    ...(plotOf(found.figures) ? [`![${workload.name}](${workload.id}.svg)`] : []),
    ...(found.lines ? [found.lines.map((line) => `- ${line}`).join("\n")] : []),
    ...(found.left ?? []).map((words) => `Not measured: ${words}`),
  ];
}

const aimed = (ratio: Ratio): number => ("least" in ratio ? ratio.least : ratio.most);

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

const WIDTH = 640;
const HEIGHT = 320;
const LEFT = 64;
const RIGHT = 200;
const TOP = 16;
const BOTTOM = 40;
type Place = readonly [x: number, y: number];
const INKS = ["#1d4ed8", "#b3261e", "#2e6b3e", "#7a4d00", "#5b3a8e", "#0f6b74"];

/** Figures of at least two sizes, along the sizes, both axes by powers of ten; null where there are none. */
export function plotOf(figures: readonly Figure[]): string | null {
  const named = new Map<string, Figure[]>();
  for (const figure of figures.filter(({ size, value }) => size !== undefined && value > 0)) {
    const what = `${figure.what}, ${figure.unit}`;
    named.set(what, [...(named.get(what) ?? []), figure]);
  }
  const lines = [...named]
    .map(([what, points]) => ({ what, points }))
    .filter(({ points }) => new Set(points.map(({ size }) => size)).size > 1);
  if (lines.length === 0) return null;
  const points = lines.flatMap((line) => line.points);
  const across = scale(
    points.map(({ size }) => size ?? 1),
    [LEFT, WIDTH - RIGHT],
  );
  const up = scale(
    points.map(({ value }) => value),
    [HEIGHT - BOTTOM, TOP],
  );
  const text = ([x, y]: Place, words: string, style: string) =>
    `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" ${style}>${escaped(words)}</text>`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="11" role="img">`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>`,
    ...across.ticks.map((tick) =>
      text(
        [across.at(tick), HEIGHT - BOTTOM + 18],
        tick.toLocaleString("en"),
        'text-anchor="middle"',
      ),
    ),
    ...up.ticks.map((tick) => text([LEFT - 8, up.at(tick) + 4], number(tick), 'text-anchor="end"')),
    `<path d="M${LEFT} ${TOP}V${HEIGHT - BOTTOM}H${WIDTH - RIGHT}" fill="none" stroke="#444"/>`,
    ...lines.flatMap((line, index) => {
      const ink = INKS[index % INKS.length] ?? "#000";
      const places = line.points
        .toSorted((one, other) => (one.size ?? 0) - (other.size ?? 0))
        .map(({ size, value }) => [across.at(size ?? 1), up.at(value)] as const);
      const path = places.map(
        ([x, y], step) => `${step ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`,
      );
      const [x, y]: Place = places.at(-1) ?? [0, 0];
      return [
        `<path d="${path.join("")}" fill="none" stroke="${ink}" stroke-width="2"/>`,
        ...places.map(
          ([cx, cy]) => `<circle cx="${cx.toFixed(1)}" cy="${cy.toFixed(1)}" r="3" fill="${ink}"/>`,
        ),
        text([x + 8, y + 4], line.what, `fill="${ink}"`),
      ];
    }),
    "</svg>\n",
  ].join("\n");
}

/** Where values lie between two edges by their logarithm, and the powers of ten among them. */
function scale(values: readonly number[], [from, to]: readonly [number, number]) {
  const low = Math.floor(Math.log10(Math.min(...values)));
  const high = Math.max(low + 1, Math.ceil(Math.log10(Math.max(...values))));
  return {
    at: (value: number) => from + ((Math.log10(value) - low) / (high - low)) * (to - from),
    ticks: Array.from({ length: high - low + 1 }, (_, index) => 10 ** (low + index)),
  };
}

const escaped = (words: string): string =>
  words.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
