"use client";

import { useEffect } from "react";

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
