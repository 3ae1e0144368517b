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
        if (current && link.hash === `#${current.id}`) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
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
