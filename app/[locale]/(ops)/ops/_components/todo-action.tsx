import { ButtonLink } from "@/components/ui/button";
import { type Address } from "@/lib/addresses";

/** The button at the end of a thing to do. */
export const todoAction = (href: Address, label: string) => (
  <ButtonLink href={href} size="sm">
    {label}
  </ButtonLink>
);
