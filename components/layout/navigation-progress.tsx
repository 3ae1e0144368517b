"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";

import { cn } from "@/lib/cn";

/** A page that comes sooner than this, in milliseconds, needs no word about it. */
const NOTICED_AFTER = 300;
/** After this long, in milliseconds, the browser itself has given up or the page has failed and says so. */
const GIVEN_UP_AFTER = 30_000;

/** Says that the next page is on its way; the one before stays until it is there. */
export function NavigationProgress() {
  const [isLate, setIsLate] = useState(false);

  useEffect(() => {
    let timer: ReturnType<typeof setInterval> | undefined;
    const stop = () => {
      clearInterval(timer);
      setIsLate(false);
    };
    const onClick = (event: MouseEvent) => {
      const link = event.target instanceof Element ? event.target.closest("a") : null;
      if (!link || !isTaken(event, link)) return;
      stop();
      const [from, since] = [location.href, performance.now()];
      timer = setInterval(() => {
        const waited = performance.now() - since;
        if (location.href !== from || waited > GIVEN_UP_AFTER) stop();
        else setIsLate(waited > NOTICED_AFTER);
      }, 100);
    };
    document.addEventListener("click", onClick);
    return () => {
      document.removeEventListener("click", onClick);
      clearInterval(timer);
    };
  }, []);

  return (
    <div role="status" className="print:hidden">
      {isLate && <OnItsWay className="fixed inset-x-0 top-0 z-[var(--z-toast)]" />}
    </div>
  );
}

/** The bar, and what it means in words. */
export function OnItsWay({ className }: { className: string }) {
  const t = useTranslations("ui.navigation");
  return (
    <span
      className={cn(
        "bg-action h-0.5 animate-[on-its-way_1.2s_var(--ease)_infinite] overflow-hidden motion-reduce:animate-none forced-colors:bg-[Highlight]",
        className,
      )}
    >
      <span className="sr-only">{t("loading")}</span>
    </span>
  );
}

/** Whether the router has taken the click: the browser shows by itself how it fares with the others. */
function isTaken(event: MouseEvent, link: HTMLAnchorElement): boolean {
  if (!event.defaultPrevented) return false;
  const [to, from] = [new URL(link.href), new URL(location.href)];
  return to.pathname !== from.pathname || to.search !== from.search;
}
