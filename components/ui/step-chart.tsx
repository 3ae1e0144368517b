import { cn } from "@/lib/cn";

import { Drawing, DrawingLabels, Line } from "./drawing";
import { anchorAt, sharesOf, spreadLabels, stepLine } from "./drawing-geometry";

type StepLine = {
  key: string;
  tone: "ok" | "danger";
  /** How many there were from each moment on. */
  points: readonly { at: Date; count: number }[];
  text: string;
};

type Props = {
  /** The whole in words. */
  label: string;
  from: Date;
  to: Date;
  /** What it all leads to: a line from top to bottom. */
  end?: Date;
  /** As far as the lines go. */
  now: Date;
  /** What the whole height stands for. */
  total: number;
  lines: readonly StepLine[];
  /** Moments marked on the axis: strong where they are past, thin where they are to come. */
  ticks?: readonly { key: string; at: Date; isAhead: boolean }[];
  /** Stretches in which nothing could happen. */
  pauses?: readonly { from: Date; to: Date }[];
  words: { from: React.ReactNode; end: React.ReactNode };
};

const SIZE = { width: 640, height: 120 };
const LINE = 18;
const COLOURS = { ok: "stroke-ok", danger: "stroke-danger" } as const;

/** Counts that grow in steps over time, each line with its words at its end. */
export function StepChart(props: Props) {
  const { label, from, to, end, now, total, lines, words } = props;
  const { width, height } = SIZE;
  const share = (at: Date) => sharesOf([at], from, to)[0] ?? 0;
  return (
    <figure style={{ maxWidth: width }}>
      <div className="relative">
        <Drawing label={label} width={width} height={height + 8} isElastic>
          <Ground {...props} share={share} />
          {lines.map(({ key, tone, points }) => (
            <Line
              key={key}
              d={stepLine(
                points.map(({ at, count }) => ({
                  share: share(at),
                  part: count / Math.max(total, 1),
                })),
                { ...SIZE, until: share(now) },
              )}
              strokeWidth={2}
              strokeDasharray={tone === "danger" ? "5 2" : undefined}
              className={COLOURS[tone]}
            />
          ))}
        </Drawing>
        <LineWords lines={lines} total={total} until={share(now)} />
      </div>
      <DrawingLabels
        className="text-ink-muted mt-0.5"
        labels={[
          { key: "from", share: 0, text: words.from },
          { key: "end", share: end ? share(end) : 1, text: words.end },
        ]}
      />
    </figure>
  );
}

type GroundProps = Props & { share: (at: Date) => number };

/** What the lines stand on: the axis, the pauses, where it all leads to, the marks, and today. */
function Ground({ now, end, ticks = [], pauses = [], share }: GroundProps) {
  const { width, height } = SIZE;
  const x = (at: Date) => Math.round(share(at) * width);
  return (
    <>
      {pauses.map((pause) => (
        <rect
          key={pause.from.toISOString()}
          x={x(pause.from)}
          y={0.5}
          width={Math.max(x(pause.to) - x(pause.from), 2)}
          height={height}
          vectorEffect="non-scaling-stroke"
          strokeDasharray="1 3"
          className="fill-track stroke-line-control"
        />
      ))}
      <Line d={`M0 ${height}.5H${width}`} className="stroke-ink" />
      {end && <Line d={`M${x(end)} 0V${height}`} className="stroke-ink" />}
      {ticks.map(({ key, at, isAhead }) => (
        <Line
          key={key}
          d={`M${x(at)} ${height - 6}V${height + 6}`}
          strokeWidth={isAhead ? 1 : 3}
          className="stroke-ink"
        />
      ))}
      {share(now) < 1 && (
        <Line d={`M${x(now)} 0V${height}`} strokeDasharray="2 3" className="stroke-line-control" />
      )}
    </>
  );
}

type WordsProps = Pick<Props, "lines" | "total"> & { until: number };

function LineWords({ lines, total, until }: WordsProps) {
  const { height } = SIZE;
  const places = labelPlaces(
    lines.map(({ points }) => height - ((points.at(-1)?.count ?? 0) / Math.max(total, 1)) * height),
  );
  // From its line's end to an edge of the drawing it has room, and takes a second line if it must.
  const isEnd = anchorAt(until) === "end";
  const side = isEnd ? { right: `${(1 - until) * 100}%` } : { left: `${until * 100}%` };
  return lines.map(({ key, text }, index) => (
    <span
      key={key}
      aria-hidden="true"
      className={cn("text-caption absolute leading-4.5 font-semibold", isEnd ? "pr-2" : "pl-2")}
      style={{ ...side, top: Math.max(places[index] ?? 0, 0) }}
    >
      {text}
    </span>
  ));
}

/** Where the words of each line stand: above its end, the higher line's above the lower's. */
function labelPlaces(tops: readonly number[]): number[] {
  const order = tops.map((top, index) => ({ top, index })).toSorted((a, b) => a.top - b.top);
  const spread = spreadLabels(
    order.map(({ top }) => top - LINE),
    LINE,
    SIZE.height - LINE,
  );
  return tops.map((_, index) => spread[order.findIndex((one) => one.index === index)] ?? 0);
}
