import { Drawing, DrawingLabels, useHatch } from "./drawing";
import { placeTicks } from "./drawing-geometry";

export type Tick = {
  key: string;
  state: "passed" | "left" | "over" | "unknown";
  /** How many units lie open before it. */
  gap: number;
};

/** In a row of a table, or in a place of its own. */
const SIZES = {
  row: { width: 96, height: 12, margin: 2 },
  wide: { width: 400, height: 22, margin: 4 },
} as const;

type Props = {
  label: string;
  ticks: readonly Tick[];
  /** How many ticks lie before now. */
  now: number;
  /** How many ticks lie before the end of the term. */
  limit: number;
  size?: keyof typeof SIZES;
  /** In words, where there is room: at the start, at now, at the limit. */
  words?: { start: React.ReactNode; now: React.ReactNode; limit: React.ReactNode };
};

/** A count of equal steps: those behind filled, those ahead open, those too many beyond a line. */
export function TickBar({ label, ticks, now, limit, size = "row", words }: Props) {
  const { width, height, margin } = SIZES[size];
  const hatch = useHatch();
  const placed = placeTicks(
    ticks.map(({ gap }) => gap),
    width,
  );
  /** The edge behind a number of ticks. */
  const edge = (count: number) => {
    const last = placed[count - 1];
    return last ? last.x + last.width : 0;
  };
  const ends = { now: edge(now), limit: edge(limit) };
  const drawing = (
    <Drawing label={label} width={width} height={height} className={words ? "" : "mt-1"}>
      <defs>{hatch.pattern}</defs>
      {ticks.map(({ key, state }, index) => {
        const box = { ...placed[index], y: margin, height: height - 2 * margin };
        return <TickBox key={key} {...{ state, box, hatch: hatch.fill }} />;
      })}
      {ends.limit < width && (
        <rect x={ends.limit} y={0} width={1} height={height} className="fill-ink" />
      )}
      <rect
        x={Math.min(Math.max(ends.now - 1, 0), width - 2)}
        y={0}
        width={2}
        height={height}
        className="fill-ink"
      />
    </Drawing>
  );
  if (!words) return drawing;
  return (
    <div style={{ maxWidth: width }}>
      <DrawingLabels
        className="mb-0.5 font-semibold"
        labels={[{ key: "now", share: ends.now / width, text: words.now }]}
      />
      {drawing}
      <DrawingLabels
        className="text-ink-muted mt-0.5"
        labels={[
          { key: "start", share: 0, text: words.start },
          { key: "limit", share: ends.limit / width, text: words.limit },
        ]}
      />
    </div>
  );
}

type Box = { x?: number; width?: number; y: number; height: number };

/** Ahead is an outline, behind is full: the difference is one of shape, too. */
function TickBox({ state, box, hatch }: { state: Tick["state"]; box: Box; hatch: string }) {
  if (state === "passed") return <rect {...box} className="fill-action" />;
  if (state === "over") return <rect {...box} className="fill-danger" />;
  const inner = {
    x: (box.x ?? 0) + 0.5,
    y: box.y + 0.5,
    width: Math.max((box.width ?? 1) - 1, 0.5),
    height: box.height - 1,
  };
  return (
    <rect
      {...inner}
      fill={state === "unknown" ? hatch : undefined}
      className={state === "unknown" ? "stroke-line-control" : "fill-track stroke-line-control"}
    />
  );
}
