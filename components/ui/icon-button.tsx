import { type ComponentProps } from "react";

import { cn } from "@/lib/cn";

import { Icon, type IconName } from "./icon";

const LOOK =
  "relative inline-flex h-9 min-w-9 cursor-pointer items-center justify-center gap-1.5 rounded-md border-0 bg-transparent px-2 text-ink-soft no-underline hover:bg-hover hover:text-ink max-md:h-11 max-md:min-w-11";

/** The classes of an icon button, for links that look like one. */
export function iconButtonClass(): string {
  return LOOK;
}

type Props = Omit<ComponentProps<"button">, "children"> & { icon: IconName; label: string };

export function IconButton({ icon, label, className, type = "button", ...rest }: Props) {
  return (
    <button type={type} aria-label={label} title={label} className={cn(LOOK, className)} {...rest}>
      <Icon name={icon} size={20} />
    </button>
  );
}
