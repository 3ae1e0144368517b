import { useLocale } from "next-intl";

import { formatNumber } from "@/lib/format";

const PARTS = {
  ok: "bg-ok",
  run: "bg-action",
  danger: "bg-danger",
  unknown: "bg-[repeating-linear-gradient(135deg,var(--line-control)_0_3px,var(--track)_3px_6px)]",
  /** Given up by a decision. */
  off: "bg-line-strong",
  waiting: "bg-track",
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
        className="bg-track flex h-2 gap-px overflow-hidden rounded-sm forced-colors:border"
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
                className={`size-2 rounded-xs ${PARTS[part.tone]} ${part.tone === "waiting" ? "border-line-strong border" : ""}`}
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
