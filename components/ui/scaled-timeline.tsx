import { Drawing } from "./drawing";
import { sharesOf, spreadLabels, unitTicks } from "./drawing-geometry";
import { StatusShape, type StatusTone } from "./status";

export type ScaledMark = {
  key: string;
  at: Date;
  /** `limit`: by when something had to be, a flag at the axis. */
  tone: StatusTone | "limit";
  /** What it is, and how long after the beginning, in words. */
  text: React.ReactNode;
  note?: React.ReactNode;
};

type Props = {
  /** The whole in words. */
  label: string;
  /** In their order; the first is where the scale begins. */
  marks: readonly ScaledMark[];
  /** Until when the scale goes; beyond the last mark the axis is open. */
  to: Date;
  /** What is drawn strongly along the axis, with its tone. */
  span?: { from: Date; to: Date; tone: "kept" | "late" };
  /** How long one step of the axis is, in words. */
  unit: (hours: number) => React.ReactNode;
};

const LINE = 46;
const AXIS = 14;
const WIDTH = 44;
/** Half a mark, so that the first and the last are whole. */
const PAD = 8;

/** Moments down an axis true to scale, each with its words; those too close to each other fan out. */
export function ScaledTimeline({ label, marks, to, span, unit }: Props) {
  const from = marks[0]?.at ?? to;
  const height = Math.max((marks.length - 1) * LINE, 3 * LINE);
  const y = (moment: Date) => PAD + Math.round((sharesOf([moment], from, to)[0] ?? 0) * height);
  const places = marks.map(({ at }) => y(at));
  const labels = spreadLabels(places, LINE, PAD + height);
  const ticks = unitTicks(from, to);
  const last = Math.max(...places, PAD);
  return (
    <figure>
      <div className="relative" style={{ minHeight: PAD + height + LINE - 8 }}>
        <Drawing label={label} width={WIDTH} height={height + 2 * PAD} className="absolute">
          {ticks.shares.map((share) => (
            <rect
              key={share}
              x={AXIS - 4}
              y={PAD + Math.round(share * height)}
              width={4}
              height={1}
              className="fill-ink-muted"
            />
          ))}
          <rect x={AXIS} y={PAD} width={1} height={last - PAD} className="fill-ink" />
          <path
            d={`M${AXIS + 0.5} ${last}V${PAD + height}`}
            strokeDasharray="2 3"
            className="stroke-ink"
          />
          {span && (
            <rect
              x={AXIS - 1}
              y={y(span.from)}
              width={3}
              height={Math.max(y(span.to) - y(span.from), 1)}
              className={span.tone === "kept" ? "fill-action" : "fill-danger"}
            />
          )}
          {marks.map(({ key, tone }, index) => (
            <Mark key={key} tone={tone} y={places[index] ?? 0} to={labels[index] ?? 0} />
          ))}
        </Drawing>
        {marks.map(({ key, text, note }, index) => (
          <div
            key={key}
            className="text-ui absolute right-0 left-13 leading-5"
            style={{ top: (labels[index] ?? 0) - 10 }}
          >
            <p>{text}</p>
            {note && <p className="text-small text-ink-muted">{note}</p>}
          </div>
        ))}
      </div>
      {ticks.shares.length > 0 && (
        <figcaption className="text-caption text-ink-muted">{unit(ticks.hours)}</figcaption>
      )}
    </figure>
  );
}

/** A shape at its place on the axis, and the line that leads to its words. */
function Mark({ tone, y, to }: { tone: ScaledMark["tone"]; y: number; to: number }) {
  const line = (
    <path
      d={`M${AXIS + 8} ${y + 0.5}H${AXIS + 12}L${WIDTH - 6} ${to + 0.5}H${WIDTH}`}
      className="stroke-line-control fill-none"
    />
  );
  if (tone === "limit")
    return (
      <>
        {line}
        <path d={`M${AXIS} ${y - 9}h9l-2.5 3 2.5 3h-8v3h-1z`} className="fill-ink" />
        <rect x={AXIS - 4} y={y} width={9} height={1} className="fill-ink" />
      </>
    );
  return (
    <>
      {line}
      <circle cx={AXIS + 0.5} cy={y + 0.5} r={7} className="fill-surface" />
      <g transform={`translate(${AXIS - 5.5} ${y - 5.5})`}>
        <StatusShape tone={tone} />
      </g>
    </>
  );
}
