"use client";

import { usePathname as useWholePathname, useRouter } from "next/navigation";
import { type ComponentProps, useEffect, useRef } from "react";

import { BareLink } from "@/components/ui/link";

/** Where the reader is, without the language in front: "/policies". */
export function usePathname(): string {
  return useWholePathname().replace(/^\/[^/]+/, "") || "/";
}

type Props = ComponentProps<typeof BareLink> & {
  /** Only this page itself is current, not the pages below it. */
  exact?: boolean;
};

/** A link that knows whether its page, or one below it, is open; layouts do not render again on the way. */
export function NavLink({ href, exact, ...rest }: Props) {
  const pathname = usePathname();
  const isHere = pathname === href;
  const isBelow = !exact && pathname.startsWith(`${href}/`);
  const current = isHere ? "page" : isBelow ? "true" : undefined;
  return <BareLink href={href} aria-current={current} {...rest} />;
}

/**
 * A click on a link within the site changes what the shell shows. Menus and the phone's navigation
 * close then: the shell stays, and they with it. The next page begins at its content, not at the link
 * that led there. What needs no router, every page does by itself (`manners/`).
 */
export function ShellManners() {
  const pathname = usePathname();
  const router = useRouter();
  const shown = useRef(pathname);

  useEffect(() => {
    const onClick = (event: MouseEvent) => {
      const link = linkWithin(event);
      if (!link) return;
      event.preventDefault();
      const { pathname: page, search, hash, dataset } = link;
      router.push(`${page}${search}${hash}`, { scroll: dataset.within === "top" });
    };
    document.addEventListener("click", onClick);
    return () => document.removeEventListener("click", onClick);
  }, [router]);

  useEffect(() => {
    if (shown.current === pathname) return;
    shown.current = pathname;
    for (const open of document.querySelectorAll<HTMLElement>(":popover-open")) open.hidePopover();
    dispatchEvent(new Event("gaozhi:shown"));
    const main = document.getElementById("main");
    if (!location.hash && !main?.contains(document.activeElement))
      main?.focus({ preventScroll: true });
  }, [pathname]);
  return null;
}

/**
 * The link that was clicked, if it leads on within the site and the browser is not to follow it by
 * itself: to another tab, to a place on this page, or to another language, whose document is another.
 */
function linkWithin(event: MouseEvent): HTMLAnchorElement | undefined {
  const { target } = event;
  const link = target instanceof Element && target.closest<HTMLAnchorElement>("a[data-within]");
  if (!link || link.target || link.hasAttribute("download") || !isPlain(event)) return undefined;
  const { pathname, search, hash } = link;
  const isHere = pathname === location.pathname && search === location.search;
  const isOther = pathname.split("/")[1] !== location.pathname.split("/")[1];
  return isOther || (isHere && hash) ? undefined : link;
}

const isPlain = (event: MouseEvent): boolean =>
  !event.defaultPrevented &&
  event.button === 0 &&
  !(event.altKey || event.ctrlKey || event.metaKey || event.shiftKey);

type HiddenBelowProps = { paths: readonly string[]; children: React.ReactNode };

/** Shows its content except on these pages and the pages below them, which say the same themselves. */
export function HiddenBelow({ paths, children }: HiddenBelowProps) {
  const pathname = usePathname();
  const isThere = paths.some(
    (path) => pathname === path || (path !== "/" && pathname.startsWith(`${path}/`)),
  );
  return isThere ? null : children;
}
