import { ButtonLink } from "@/components/ui/button";

/** The button at the end of a thing to do. */
export const todoAction = (href: string, label: string) => (
  <ButtonLink href={href} size="sm">
    {label}
  </ButtonLink>
);
