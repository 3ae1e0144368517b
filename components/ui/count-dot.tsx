import { cn } from "@/lib/cn";

/** The red dot with its number; the words around it say what is counted. Shows nothing at 0. */
export function CountDot({ count, className }: { count: number; className?: string }) {
  if (count <= 0) return null;
  return (
    <span
      className={cn(
        "bg-danger text-danger-ink inline-block h-[17px] min-w-[17px] rounded-full px-[5px] text-center text-[11px] leading-[17px] font-semibold tabular-nums",
        className,
      )}
    >
      {count > 99 ? "99+" : count}
    </span>
  );
}
