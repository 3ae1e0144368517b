import { cn } from "@/lib/cn";

import { Drawing, DrawingLabels, useHatch } from "./drawing";
import { labelsThatFit, percent, sharesOf } from "./drawing-geometry";

export type RibbonSpan = {
  key: string;
  from: Date;
  /** Null while nothing ends it. */
  to: Date | null;
  look: "past" | "current" | "ahead";
  text: string;
  /** The one that the page is about. */
  isMeant?: boolean;
};

/** Across a page, or beside a text. */
const SIZES = { wide: { width: 640 }, aside: { width: 232 } } as const;
const BAND = { y: 3, height: 10 };
const HEIGHT = 16;

type Props = {
  /** The whole in words. */
  label: string;
  /** In their order. */
  spans: readonly RibbonSpan[];
  to: Date;
  now: Date;
  size?: keyof typeof SIZES | undefined;
  /** What the line of today is called. */
  today: React.ReactNode;
};

/** What held from when to when, one stretch after the other, with today's line; what is ahead is hatched. */
export function Ribbon({ label, spans, to, now, size = "wide", today }: Props) {
  const { width } = SIZES[size];
  const hatch = useHatch();
  const from = spans[0]?.from ?? now;
  const share = (at: Date) => sharesOf([at], from, to)[0] ?? 0;
  const labels = spans.map(({ key, from: at, text }) => ({ key, share: share(at), text }));
  const fitting = labelsThatFit(labels, width);
  return (
    <div className="my-3" style={{ maxWidth: width }}>
      <DrawingLabels
        className="font-semibold"
        labels={[{ key: "now", share: share(now), text: today }]}
      />
      <Drawing label={label} height={HEIGHT}>
        <defs>{hatch.pattern}</defs>
        {spans.map((span) => (
          <Span
            key={span.key}
            look={span.look}
            x={share(span.from)}
            width={share(span.to ?? to) - share(span.from)}
            hatch={hatch.fill}
          />
        ))}
        <rect x={percent(share(now))} y={0} width={2} height={HEIGHT} className="fill-ink" />
      </Drawing>
      <DrawingLabels
        className="text-ink-muted mt-0.5"
        labels={labels
          .filter((_, index) => fitting[index])
          .map((one) => ({
            ...one,
            text: (
              <span className={cn(meant(spans, one.key) && "text-ink font-semibold")}>
                {one.text}
              </span>
            ),
          }))}
      />
    </div>
  );
}

const meant = (spans: readonly RibbonSpan[], key: string) =>
  spans.some((span) => span.key === key && span.isMeant);

type SpanProps = { look: RibbonSpan["look"]; x: number; width: number; hatch: string };

/** What is over is an outline, what holds is full, what is ahead is hatched; an edge parts them all. */
function Span({ look, x, width, hatch }: SpanProps) {
  const box = { ...BAND, x: percent(x), width: percent(width) };
  return (
    <>
      {look === "current" && <rect {...box} className="fill-action" />}
      {look === "past" && <rect {...box} className="fill-track stroke-line-control" />}
      {look === "ahead" && <rect {...box} fill={hatch} className="stroke-line-control" />}
      <rect x={percent(x)} y={BAND.y - 2} width={1} height={BAND.height + 4} className="fill-ink" />
    </>
  );
}
