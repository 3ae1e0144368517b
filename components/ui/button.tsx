import { type ComponentProps } from "react";

import { cn } from "@/lib/cn";

import { BareLink } from "./link";
import { buttonClass, type Look } from "./plain-button";

export { Button, buttonClass, type ButtonSize, type ButtonVariant } from "./plain-button";

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
