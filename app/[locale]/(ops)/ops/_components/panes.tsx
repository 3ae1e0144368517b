"use client";

import { useEffect, useId, useRef, useState } from "react";
import { flushSync } from "react-dom";

import { cn } from "@/lib/cn";

type Pane = { key: string; label: string; lang?: string; content: React.ReactNode };

/**
 * Several looks at the same thing, one at a time; switching sends nothing and loses nothing.
 * A link on the page to something in a pane that is hidden opens the pane.
 */
export function Panes({ label, panes }: { label: string; panes: readonly Pane[] }) {
  const [shown, setShown] = useState(panes[0]?.key);
  const frame = useRef<HTMLDivElement>(null);
  const id = useId();

  useEffect(() => {
    const open = ({ target }: MouseEvent) => {
      if (!(target instanceof Element)) return;
      const anchor = target.closest<HTMLAnchorElement>("a[href^='#']")?.hash.slice(1);
      const aim = document.getElementById(decodeURIComponent(anchor ?? ""));
      const pane = aim?.closest<HTMLElement>("[data-pane]");
      if (pane?.hidden && frame.current?.contains(pane)) {
        flushSync(() => setShown(pane.dataset["pane"]));
      }
    };
    document.addEventListener("click", open, true);
    return () => document.removeEventListener("click", open, true);
  }, []);

  return (
    <div ref={frame}>
      <div
        role="group"
        aria-label={label}
        className="border-line-strong bg-raised inline-flex max-w-full flex-wrap overflow-hidden rounded-md border"
      >
        {panes.map(({ key, label: text, lang }) => (
          <button
            key={key}
            type="button"
            lang={lang}
            aria-pressed={key === shown}
            aria-controls={`${id}-${key}`}
            onClick={() => setShown(key)}
            className={cn(
              "border-line text-small min-h-7 border-l px-3 py-1 whitespace-nowrap first:border-l-0 focus-visible:-outline-offset-2 max-md:min-h-11",
              key === shown ? "bg-ink/8 text-ink font-semibold" : "text-ink-soft hover:bg-hover",
            )}
          >
            {text}
          </button>
        ))}
      </div>
      {panes.map(({ key, content }) => (
        <div key={key} id={`${id}-${key}`} data-pane={key} hidden={key !== shown} className="mt-3">
          {content}
        </div>
      ))}
    </div>
  );
}
