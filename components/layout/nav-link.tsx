"use client";

import { type ComponentProps } from "react";

import { Link, usePathname } from "@/messages/navigation";

type Props = ComponentProps<typeof Link> & {
  /** Only this page itself is current, not the pages below it. */
  exact?: boolean;
};

/** A link that knows whether its page, or one below it, is open; layouts do not render again on the way. */
export function NavLink({ href, exact, ...rest }: Props) {
  const pathname = usePathname();
  const isHere = pathname === href;
  const isBelow = !exact && pathname.startsWith(`${href}/`);
  const current = isHere ? "page" : isBelow ? "true" : undefined;
  return <Link href={href} aria-current={current} {...rest} />;
}
