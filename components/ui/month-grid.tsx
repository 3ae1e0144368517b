import { cn } from "@/lib/cn";

import { Drawing, useHatch } from "./drawing";

export type DayLook =
  | "work"
  | "make_up"
  | "off"
  | "holiday"
  | "unknown"
  /** Counts towards a term. */
  | "counted"
  /** Outside of what the drawing is about. */
  | "aside";

export type GridDay = {
  /** "2026-02-01" */
  day: string;
  look: DayLook;
  /** Where a term begins or ends. */
  isEnd?: boolean;
};

type Props = {
  /** The month in words, above. */
  title: React.ReactNode;
  /** The whole in words. */
  label: string;
  /** All days of one month, in their order. */
  days: readonly GridDay[];
};

const CELL = { width: 20, height: 18 };

/** A month as a small sheet, Monday first: how each of its days counts, by shape as by colour. */
export function MonthGrid({ title, label, days }: Props) {
  const hatch = useHatch();
  const offset = days[0] ? (weekday(days[0].day) + 6) % 7 : 0;
  const rows = Math.ceil((offset + days.length) / 7);
  return (
    <div>
      <p aria-hidden="true" className="text-caption mb-0.5 font-semibold">
        {title}
      </p>
      <Drawing label={label} width={CELL.width * 7} height={CELL.height * rows}>
        <defs>{hatch.pattern}</defs>
        {days.map(({ day, look, isEnd }, index) => {
          const place = offset + index;
          const [x, y] = [(place % 7) * CELL.width, Math.floor(place / 7) * CELL.height];
          return (
            <g key={day} transform={`translate(${x} ${y})`}>
              <Cell look={look} hatch={hatch.fill} />
              {isEnd && <rect {...BOX} className="stroke-ink fill-none" strokeWidth={2} />}
              <text
                x={CELL.width / 2}
                y={13}
                textAnchor="middle"
                fontSize={10}
                className={cn("tabular-nums", look === "make_up" && "font-bold", INKS[look])}
              >
                {Number(day.slice(8))}
              </text>
            </g>
          );
        })}
      </Drawing>
    </div>
  );
}

const BOX = { x: 1, y: 1, width: CELL.width - 2, height: CELL.height - 2 };

/** Where the reader has forced their own colours, a ground is a dotted line. */
const GROUND = "fill-track forced-colors:stroke-[CanvasText] forced-colors:[stroke-dasharray:1_2]";

const INKS: Record<DayLook, string> = {
  work: "fill-ink",
  make_up: "fill-ink",
  off: "fill-ink-muted",
  holiday: "fill-danger",
  unknown: "fill-ink",
  counted: "fill-action-ink forced-colors:fill-[HighlightText]",
  aside: "fill-ink-muted",
};

/** Worked days lie on a ground, holidays in a frame, a weekend day that is worked on a line, what is unknown on a hatched one. */
function Cell({ look, hatch }: { look: DayLook; hatch: string }) {
  switch (look) {
    case "work":
      return <rect {...BOX} className={GROUND} />;
    case "make_up":
      return (
        <>
          <rect {...BOX} className={GROUND} />
          <rect x={1} y={CELL.height - 3} width={CELL.width - 2} height={2} className="fill-ink" />
        </>
      );
    case "holiday":
      return <rect {...BOX} className="stroke-danger fill-none" />;
    case "counted":
      return <rect {...BOX} className="fill-action" />;
    case "unknown":
      return <rect x={1} y={CELL.height - 4} width={CELL.width - 2} height={4} fill={hatch} />;
    case "off":
    case "aside":
      return null;
  }
}

const weekday = (day: string) => new Date(`${day}T00:00:00Z`).getUTCDay();
