"use client";

import { type ComponentProps, useEffect } from "react";

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

/** Closes menus and the phone's navigation when another page is shown: the shell stays, and they with it. */
export function CloseOnNavigation() {
  const pathname = usePathname();
  useEffect(() => {
    for (const open of document.querySelectorAll<HTMLElement>(":popover-open")) open.hidePopover();
  }, [pathname]);
  return null;
}

type HiddenBelowProps = { paths: readonly string[]; children: React.ReactNode };

/** Shows its content except on these pages and the pages below them, which say the same themselves. */
export function HiddenBelow({ paths, children }: HiddenBelowProps) {
  const pathname = usePathname();
  const isThere = paths.some(
    (path) => pathname === path || (path !== "/" && pathname.startsWith(`${path}/`)),
  );
  return isThere ? null : children;
}
