import { cn } from "@/lib/cn";

/** The red dot with its number; the words around it say what is counted. Shows nothing at 0. */
export function CountDot({ count, className }: { count: number; className?: string }) {
  if (count <= 0) return null;
  return (
    <span
      className={cn(
        "bg-danger text-danger-ink inline-block h-[1.0625rem] min-w-[1.0625rem] rounded-full px-[0.3125rem] text-center text-[0.6875rem] leading-[1.0625rem] font-semibold tabular-nums forced-colors:border forced-colors:bg-[Canvas] forced-colors:text-[CanvasText]",
        className,
      )}
    >
      {count > 99 ? "99+" : count}
    </span>
  );
}
