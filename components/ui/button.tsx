import { type ComponentProps } from "react";

import { cn } from "@/lib/cn";

import { BareLink } from "./link";

const BASE =
  "inline-flex cursor-pointer items-center justify-center rounded-md border text-center no-underline transition-colors duration-[var(--dur-1)] ease-standard disabled:cursor-not-allowed disabled:border-line disabled:bg-sunken disabled:font-normal disabled:text-ink-muted aria-disabled:cursor-not-allowed aria-disabled:border-line aria-disabled:bg-sunken aria-disabled:font-normal aria-disabled:text-ink-muted print:hidden";

const VARIANTS = {
  primary:
    "border-action bg-action font-semibold text-action-ink hover:border-action-hover hover:bg-action-hover active:border-action-active active:bg-action-active",
  outline:
    "border-line-strong bg-raised text-ink hover:border-line-control hover:bg-hover active:bg-line",
  text: "border-transparent bg-transparent text-link hover:bg-hover active:bg-line",
  danger: "border-danger bg-raised font-semibold text-danger hover:bg-danger-soft",
  "danger-solid":
    "border-danger bg-danger font-semibold text-danger-ink hover:border-danger-hover hover:bg-danger-hover forced-colors:bg-[ButtonFace] forced-colors:text-[ButtonText]",
} as const;

/** Whoever comes without an account of ours (`data-room="guests"`) has large controls, as on phones. */
const SIZES = {
  sm: "min-h-7 gap-1.5 px-2.5 py-0.5 text-small max-md:min-h-11 max-md:px-4",
  md: "min-h-9 gap-2 px-4 py-1.5 text-ui max-md:min-h-11 in-data-[room=guests]:min-h-11 in-data-[room=guests]:px-5.5 in-data-[room=guests]:text-body in-data-[room=guests]:leading-6",
} as const;

export type ButtonVariant = keyof typeof VARIANTS;
export type ButtonSize = keyof typeof SIZES;
type Look = { variant?: ButtonVariant; size?: ButtonSize };

/** The classes of a button, for elements that only look like one (`<summary>`, a download link). */
export function buttonClass({ variant = "outline", size = "md" }: Look = {}): string {
  return cn(BASE, VARIANTS[variant], SIZES[size]);
}

/** Does something here. At most one `primary` per view. */
export function Button({
  variant,
  size,
  className,
  type = "button",
  ...rest
}: ComponentProps<"button"> & Look) {
  const look = { ...(variant && { variant }), ...(size && { size }) };
  return <button type={type} className={cn(buttonClass(look), className)} {...rest} />;
}

/** Goes somewhere, and looks like a button. */
export function ButtonLink({
  variant,
  size,
  className,
  ...rest
}: ComponentProps<typeof BareLink> & Look) {
  const look = { ...(variant && { variant }), ...(size && { size }) };
  return <BareLink className={cn(buttonClass(look), className)} {...rest} />;
}

export function Buttons({ className, ...rest }: ComponentProps<"div">) {
  return <div className={cn("flex flex-wrap items-center gap-2", className)} {...rest} />;
}
