import { type ComponentProps } from "react";

import { cn } from "@/lib/cn";

import { BareLink } from "./link";

const ITEM =
  "flex min-h-8.5 w-full items-center gap-2 rounded-sm px-2.5 py-1.5 text-left text-ui text-ink no-underline hover:bg-hover aria-[current]:font-semibold max-md:min-h-11";

type Props = {
  id: string;
  trigger: React.ReactNode;
  triggerLabel?: string;
  triggerClassName?: string;
  /** Which edge of the button the menu keeps to. */
  align?: "start" | "end";
  children: React.ReactNode;
};

/** A native popover below its button: it opens and closes without JavaScript, and on Escape. */
export function PopoverMenu(props: Props) {
  const { id, trigger, triggerLabel, triggerClassName, align = "start", children } = props;
  return (
    <>
      <button
        type="button"
        popoverTarget={id}
        aria-label={triggerLabel}
        className={cn("print:hidden", triggerClassName)}
        style={{ anchorName: `--${id}` }}
      >
        {trigger}
      </button>
      <div
        id={id}
        popover="auto"
        style={{ positionAnchor: `--${id}` }}
        className={cn(
          "border-line bg-raised text-ink shadow-pop fixed m-0 max-h-[80dvh] max-w-[calc(100vw-32px)] min-w-50 overflow-auto rounded-lg border p-1.5",
          // Browsers without anchors put it below the bar, at the same side.
          "inset-auto top-[calc(var(--h-bar)+4px)] supports-[position-area:bottom]:inset-auto supports-[position-area:bottom]:my-1 supports-[position-area:bottom]:[position-try-fallbacks:flip-block,flip-inline]",
          align === "start"
            ? "left-4 supports-[position-area:bottom]:[position-area:bottom_span-right]"
            : "right-4 supports-[position-area:bottom]:[position-area:bottom_span-left]",
        )}
      >
        {children}
      </div>
    </>
  );
}

export function MenuLink({ className, ...rest }: ComponentProps<typeof BareLink>) {
  return <BareLink className={cn(ITEM, className)} {...rest} />;
}

export function MenuButton({ className, type = "button", ...rest }: ComponentProps<"button">) {
  return <button type={type} className={cn(ITEM, className)} {...rest} />;
}

export function MenuLabel({ children }: { children: React.ReactNode }) {
  return <p className="text-caption text-ink-muted px-2.5 pt-2 pb-1">{children}</p>;
}

export function MenuLine() {
  return <hr className="border-line -mx-1.5 my-1.5" />;
}
