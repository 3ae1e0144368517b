import { useId } from "react";

import { cn } from "@/lib/cn";

import { anchorAt } from "./drawing-geometry";

type Props = {
  /** The whole in words, for whoever does not see it. */
  label: string;
  /** Without one it is as wide as its place, and its shapes stand at shares of that (`percent`). */
  width?: number;
  height: number;
  /** As wide as its place, and always as high: what is drawn has to keep its strokes by `Line`. */
  isElastic?: boolean;
  className?: string;
  children: React.ReactNode;
};

/** A drawing of the server's, with its words; it shrinks with its place and never grows beyond its size. */
export function Drawing({ label, width, height, isElastic, className, children }: Props) {
  const isWide = isElastic || width === undefined;
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={width === undefined ? undefined : `0 0 ${width} ${height}`}
      width={isWide ? "100%" : width}
      height={height}
      preserveAspectRatio={isElastic ? "none" : undefined}
      className={cn("drawing block max-w-full overflow-visible", isWide ? "" : "h-auto", className)}
    >
      {children}
    </svg>
  );
}

type LineProps = Pick<
  React.SVGProps<SVGPathElement>,
  "d" | "className" | "strokeDasharray" | "strokeWidth"
>;

/** A line that keeps its width in a drawing that is stretched. */
export const Line = (props: LineProps) => (
  <path fill="none" vectorEffect="non-scaling-stroke" {...props} />
);

/** What is not known is hatched: its fill, and the pattern that has to stand in the same drawing. */
export function useHatch(): { fill: string; pattern: React.ReactNode } {
  const id = useId();
  return {
    fill: `url(#${id})`,
    pattern: (
      <pattern
        id={id}
        width="4"
        height="4"
        patternUnits="userSpaceOnUse"
        patternTransform="rotate(45)"
      >
        <rect width="4" height="4" className="fill-surface" />
        <rect width="1.5" height="4" className="fill-line-control" />
      </pattern>
    ),
  };
}

const HANGS = { start: "", middle: "-translate-x-1/2", end: "-translate-x-full" } as const;

type LabelsProps = {
  /** Where each stands, as a share of the width. */
  labels: readonly { key: string; share: number; text: React.ReactNode; isCentred?: boolean }[];
  className?: string;
};

/** One line of words above or below a drawing, each at its place; the drawing says the same to who hears it. */
export function DrawingLabels({ labels, className }: LabelsProps) {
  return (
    <div aria-hidden="true" className={cn("text-caption relative h-4.5", className)}>
      {labels.map(({ key, share, text, isCentred }) => (
        <span
          key={key}
          className={cn(
            "absolute whitespace-nowrap",
            HANGS[isCentred ? "middle" : anchorAt(share)],
          )}
          style={{ left: `${share * 100}%` }}
        >
          {text}
        </span>
      ))}
    </div>
  );
}
