import { cn } from "@/lib/cn";

export type StatusTone = "ok" | "run" | "warn" | "danger" | "info" | "off";

const SHAPE_COLOURS: Record<StatusTone, string> = {
  ok: "text-ok",
  run: "text-action",
  warn: "text-warn",
  danger: "text-danger",
  info: "text-info",
  off: "text-ink-muted",
};

const WORD_COLOURS: Record<StatusTone, string> = {
  ok: "text-ink",
  run: "text-ink",
  warn: "text-warn",
  danger: "font-semibold text-danger",
  info: "text-ink",
  off: "text-ink-muted",
};

const SHAPES: Record<StatusTone, React.ReactNode> = {
  ok: (
    <>
      <circle cx="6" cy="6" r="5" />
      <path d="m3.8 6.2 1.6 1.6 3-3.4" />
    </>
  ),
  run: (
    <>
      <circle cx="6" cy="6" r="4.5" />
      <path d="M6 1.5A4.5 4.5 0 0 1 6 10.5z" fill="currentColor" stroke="none" />
    </>
  ),
  warn: <path d="M6 1 11 6 6 11 1 6z" />,
  danger: <path d="M6 1 11 10.5H1z" />,
  info: <circle cx="6" cy="6" r="4.5" />,
  off: <path d="M2 6h8" />,
};

type ShapeProps = { tone: StatusTone; className?: string | undefined };

/** The shape alone, where the word stands beside it in another form. */
export function StatusShape({ tone, className }: ShapeProps) {
  return (
    <svg
      viewBox="0 0 12 12"
      aria-hidden="true"
      strokeWidth={1.75}
      className={cn(
        "block size-3 flex-none fill-none stroke-current",
        SHAPE_COLOURS[tone],
        className,
      )}
    >
      {SHAPES[tone]}
    </svg>
  );
}

type StatusProps = {
  tone: StatusTone;
  /** More than some words: it goes on in a second line. */ isSentence?: boolean;
  children: React.ReactNode;
};

/** A shape, a word, and a colour that comes last: it reads in grey and in print. */
export function Status({ tone, isSentence = false, children }: StatusProps) {
  const run = isSentence ? "items-baseline" : "items-center sm:whitespace-nowrap";
  return (
    <span className={`inline-flex gap-1.5 ${run} ${WORD_COLOURS[tone]}`}>
      <StatusShape tone={tone} />
      {children}
    </span>
  );
}
