import { useLocale } from "next-intl";

import { formatNumber } from "@/lib/format";

/** Each tells itself from its neighbours without its colour too, where the reader has forced their own. */
const PARTS = {
  ok: "bg-ok forced-colors:bg-[CanvasText]",
  run: "bg-action forced-colors:bg-[Highlight]",
  danger:
    "bg-danger forced-colors:bg-[repeating-linear-gradient(90deg,CanvasText_0_2px,Canvas_2px_4px)]",
  unknown:
    "bg-[repeating-linear-gradient(135deg,var(--line-control)_0_3px,var(--track)_3px_6px)] forced-colors:bg-[repeating-linear-gradient(135deg,CanvasText_0_1px,Canvas_1px_5px)]",
  /** Given up by a decision. */
  off: "bg-line-strong forced-colors:bg-[GrayText]",
  waiting: "bg-track forced-colors:bg-[Canvas]",
} as const;

export type MeterPart = { label: string; count: number; tone: keyof typeof PARTS };
type Props = { label: string; parts: readonly MeterPart[]; legend?: boolean };

/** How a whole divides: a bar, and below it the same in words and numbers. */
export function Meter({ label, parts, legend = true }: Props) {
  const locale = useLocale();
  const total = parts.reduce((sum, { count }) => sum + count, 0);
  const spoken = parts
    .map((part) => `${part.label} ${formatNumber(part.count, locale)}`)
    .join(", ");

  return (
    <div>
      <div
        role="img"
        aria-label={`${label}: ${spoken}`}
        className="bg-track border-line-control flex h-2.5 gap-px overflow-hidden rounded-sm border forced-color-adjust-none forced-colors:border-[CanvasText] forced-colors:bg-[Canvas]"
      >
        {parts
          .filter(({ count }) => count > 0)
          .map((part) => (
            <span
              key={part.label}
              className={`block min-w-0.5 ${PARTS[part.tone]}`}
              style={{ width: `${(part.count / Math.max(total, 1)) * 100}%` }}
            />
          ))}
      </div>
      {legend && (
        <ul
          aria-hidden="true"
          className="text-small text-ink-muted mt-2 flex flex-wrap gap-x-5 gap-y-1"
        >
          {parts.map((part) => (
            <li key={part.label} className="inline-flex items-center gap-1.5">
              <span
                className={`size-2.5 rounded-xs forced-color-adjust-none forced-colors:border forced-colors:border-[CanvasText] ${PARTS[part.tone]} ${part.tone === "waiting" ? "border-line-control border" : ""}`}
              />
              {part.label}
              <span className="text-ink tabular-nums">{formatNumber(part.count, locale)}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
