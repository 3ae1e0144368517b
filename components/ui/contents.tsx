"use client";

import { useEffect } from "react";

import type { Locale } from "@/db/vocabulary/languages";

type Entry = { anchor: string; title: React.ReactNode; level?: number };

/** Links to the sections of the page; the one being read is marked where a ScrollSpy watches. */
export function ContentsList({ entries, lang }: { entries: readonly Entry[]; lang?: Locale }) {
  return (
    <ol lang={lang} className="border-line border-l">
      {entries.map(({ anchor, level = 2, title }) => (
        <li key={anchor}>
          <a
            href={`#${anchor}`}
            data-spied=""
            className={`text-ink-soft hover:border-line-strong hover:text-ink aria-[current]:border-ink aria-[current]:text-ink -ml-px block border-l-2 border-transparent py-1 no-underline focus-visible:-outline-offset-2 aria-[current]:font-semibold max-lg:py-2 ${level === 2 ? "pl-3.5" : "text-ink-muted pl-7"}`}
          >
            {title}
          </a>
        </li>
      ))}
    </ol>
  );
}

/** Marks in the table of contents which section is being read. Without JavaScript nothing is marked. */
export function ScrollSpy({ anchors }: { anchors: readonly string[] }) {
  useEffect(() => {
    const headings = anchors.flatMap((anchor) => document.getElementById(anchor) ?? []);
    let frame = 0;
    const mark = () => {
      frame = 0;
      // The last heading above the upper third of the window is the one being read.
      const line = window.innerHeight / 3;
      const current = headings.findLast((heading) => heading.getBoundingClientRect().top < line);
      for (const link of document.querySelectorAll<HTMLAnchorElement>("a[data-spied]")) {
        if (!current || link.hash !== `#${current.id}`) link.removeAttribute("aria-current");
        else if (!link.hasAttribute("aria-current")) {
          link.setAttribute("aria-current", "true");
          keepVisible(link);
        }
      }
    };
    const onScroll = () => {
      frame ||= requestAnimationFrame(mark);
    };
    mark();
    window.addEventListener("scroll", onScroll, { passive: true });
    return () => {
      cancelAnimationFrame(frame);
      window.removeEventListener("scroll", onScroll);
    };
  }, [anchors]);

  return null;
}

/** Scrolls the table of contents, and nothing else, until the link can be seen. */
function keepVisible(link: HTMLElement) {
  const list = link.closest("nav");
  if (!list || list.scrollHeight <= list.clientHeight) return;
  const [outer, inner] = [list.getBoundingClientRect(), link.getBoundingClientRect()];
  if (inner.top < outer.top) list.scrollTop -= outer.top - inner.top;
  if (inner.bottom > outer.bottom) list.scrollTop += inner.bottom - outer.bottom;
}
