import { Drawing, DrawingLabels, useHatch } from "./drawing";
import { percent } from "./drawing-geometry";

type Column = {
  key: string;
  /** Null where nobody counted. */
  count: number | null;
  /** Below the column, where there are few. */
  text?: React.ReactNode;
};

type Props = {
  /** The whole in words. */
  label: string;
  columns: readonly Column[];
  /** What the whole height stands for at least, so that one of something does not look like many. */
  least?: number;
  /** Below the first and the last column, where the columns have no words of their own. */
  words?: { from: React.ReactNode; to: React.ReactNode };
};

/** In pixels; above the highest column there is room for its number. */
const SIZE = { width: 640, height: 48, number: 18 };

/** How many of something there were in each of equal stretches of time. */
export function ColumnStrip({ label, columns, least = 1, words }: Props) {
  const hatch = useHatch();
  const most = Math.max(least, ...columns.map(({ count }) => count ?? 0));
  const share = (index: number) => (index + 0.5) / Math.max(columns.length, 1);
  const { width, number } = SIZE;
  const height = SIZE.height + number;
  return (
    <figure style={{ maxWidth: width }}>
      <Drawing label={label} height={height + 1}>
        <defs>{hatch.pattern}</defs>
        {columns.map(({ key, count }, index) => {
          const high = count === null ? SIZE.height / 2 : Math.ceil((count / most) * SIZE.height);
          return (
            high > 0 && (
              <g key={key}>
                <rect
                  x={percent(index / columns.length + 0.15 / columns.length)}
                  y={height - high}
                  width={percent(0.7 / columns.length)}
                  height={high}
                  {...(count === null ? { fill: hatch.fill } : { className: "fill-action" })}
                />
                {isSaid(columns, index) && (
                  <text
                    x={percent(share(index))}
                    y={height - high - 5}
                    textAnchor="middle"
                    className="fill-ink text-caption font-semibold tabular-nums"
                  >
                    {count}
                  </text>
                )}
              </g>
            )
          );
        })}
        <rect x={0} y={height} width="100%" height={1} className="fill-ink" />
      </Drawing>
      <DrawingLabels
        className="text-ink-muted mt-0.5"
        labels={
          words
            ? [
                { key: "from", share: 0, text: words.from },
                { key: "to", share: 1, text: words.to },
              ]
            : columns.map(({ key, text }, index) => ({
                ...{ key, share: share(index), text },
                isCentred: true,
              }))
        }
      />
    </figure>
  );
}

/** Where there are few columns each that is not empty says its number, where there are many only the highest. */
function isSaid(columns: readonly Column[], index: number): boolean {
  const count = columns[index]?.count ?? 0;
  if (count === 0) return false;
  if (columns.length <= 12) return true;
  return (
    index ===
    columns.findIndex((one) => one.count === Math.max(...columns.map((c) => c.count ?? 0)))
  );
}
