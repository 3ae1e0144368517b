import { cn } from "@/lib/cn";

const TONES = {
  plain: "border-line-strong text-ink-soft",
  warn: "border-warn-line bg-warn-soft text-warn",
  danger: "border-danger-line bg-danger-soft text-danger",
  info: "border-info-line bg-info-soft text-info",
} as const;

export type ChipTone = keyof typeof TONES;
type Props = {
  tone?: ChipTone;
  /** Stands behind words on their line. */
  after?: boolean | undefined;
  children: React.ReactNode;
};

/** A kind or a property of a thing; its state is a Status. */
export function Chip({ tone = "plain", after, children }: Props) {
  return (
    <span
      className={cn(
        "text-caption inline-flex h-5.5 items-center gap-1.5 rounded-sm border px-2 align-[1px] font-normal whitespace-nowrap",
        TONES[tone],
        after && "ml-1.5",
      )}
    >
      {children}
    </span>
  );
}
