import { Drawing, useHatch } from "./drawing";

export type FunnelStep = {
  key: string;
  /** What is counted, and the count in words. */
  text: React.ReactNode;
  figure: React.ReactNode;
  /** Both in words, for who does not see the bar. */
  label: string;
  /** Shares of the whole width: what there is, what is not known besides, and what there could be. */
  share: number;
  unknown?: number;
  limit?: number;
  /** What became of the rest. */
  note?: React.ReactNode;
};

const SIZE = { width: 400, height: 10 };

/** How a whole grows less from step to step: one thin bar each, with its words. */
export function Funnel({ steps }: { steps: readonly FunnelStep[] }) {
  return (
    <ul className="grid max-w-[400px] gap-3">
      {steps.map(({ key, text, figure, note, ...bar }) => (
        <li key={key}>
          <p aria-hidden="true" className="text-small mb-1 flex justify-between gap-4">
            <span>{text}</span>
            <span className="text-ink-muted text-end tabular-nums">{figure}</span>
          </p>
          <Bar {...bar} />
          {note && <p className="text-caption text-ink-muted mt-1">{note}</p>}
        </li>
      ))}
    </ul>
  );
}

type BarProps = Pick<FunnelStep, "label" | "share" | "unknown" | "limit">;

function Bar({ label, share, unknown = 0, limit = share }: BarProps) {
  const { width, height } = SIZE;
  const hatch = useHatch();
  const px = (part: number) => Math.round(part * width);
  // What there is never vanishes beside much that there is not.
  const full = share > 0 ? Math.max(px(share), 2) : 0;
  return (
    <Drawing label={label} {...SIZE}>
      <defs>{hatch.pattern}</defs>
      {px(limit) > full && (
        <rect
          x={0.5}
          y={0.5}
          width={px(limit) - 1}
          height={height - 1}
          className="fill-track stroke-line-control"
        />
      )}
      {unknown > 0 && (
        <rect
          x={full}
          y={0.5}
          width={Math.max(px(unknown), 2)}
          height={height - 1}
          fill={hatch.fill}
          className="stroke-line-control"
        />
      )}
      <rect x={0} y={0} width={full} height={height} className="fill-action" />
      <rect x={0} y={0} width={1} height={height} className="fill-ink" />
    </Drawing>
  );
}
