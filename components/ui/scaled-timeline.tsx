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
const WIDTH = 40;
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
        {marks.map(({ key, tone, text, note }, index) => (
          <div
            key={key}
            className="text-ui absolute right-0 left-11 grid grid-cols-[12px_minmax(0,1fr)] items-center gap-x-2 leading-5"
            style={{ top: (labels[index] ?? 0) - 10 }}
          >
            {tone === "limit" ? <Flag /> : <StatusShape tone={tone} />}
            <p>{text}</p>
            {note && <p className="text-small text-ink-muted col-start-2">{note}</p>}
          </div>
        ))}
      </div>
      {ticks.shares.length > 0 && (
        <figcaption className="text-caption text-ink-muted">{unit(ticks.hours)}</figcaption>
      )}
    </figure>
  );
}

/** A place on the axis, across it where it is a limit, and the line that leads to its words. */
function Mark({ tone, y, to }: { tone: ScaledMark["tone"]; y: number; to: number }) {
  return (
    <>
      <path
        d={`M${AXIS + 5} ${y + 0.5}H${AXIS + 8}L${WIDTH - 5} ${to + 0.5}H${WIDTH}`}
        className="stroke-line-control fill-none"
      />
      {tone === "limit" ? (
        <rect x={AXIS - 5} y={y} width={11} height={1} className="fill-ink" />
      ) : (
        <circle cx={AXIS + 0.5} cy={y + 0.5} r={3.5} className="fill-ink stroke-surface" />
      )}
    </>
  );
}

function Flag() {
  return (
    <svg viewBox="0 0 12 12" aria-hidden="true" className="text-ink block size-3 fill-current">
      <path d="M2 .5h1V1h8L8.8 4 11 7H3v4.5H2z" />
    </svg>
  );
}
