import { Drawing, useHatch } from "./drawing";
import { percent } from "./drawing-geometry";

/** How wide a step is drawn while nobody knows how many there are. */
const MOST = 9;

type Props = { label: string; step: number; of?: number | undefined };

/** How far along a way of steps: those behind and this one full, the others open; hatched where it is not known how many. */
export function StepBar({ label, step, of }: Props) {
  const hatch = useHatch();
  const count = of ?? MOST;
  const steps = Array.from({ length: of ?? step }, (_, index) => index);
  return (
    <Drawing label={label} height={6}>
      <defs>{hatch.pattern}</defs>
      {steps.map((index) => (
        <rect
          key={index}
          x={percent(index / count)}
          y={1}
          width={percent(1 / count - 0.006)}
          height={4}
          className={index < step ? "fill-action" : "fill-track stroke-line-control"}
        />
      ))}
      {of === undefined && (
        <rect
          x={percent(step / count)}
          y={1}
          width={percent(1 - step / count)}
          height={4}
          fill={hatch.fill}
        />
      )}
    </Drawing>
  );
}
