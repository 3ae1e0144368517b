let frame = 0;

/** Marks in a table of contents (components/ui/contents.tsx) which section is being read. */
export function watchContents(): void {
  markContents();
  addEventListener("scroll", () => (frame ||= requestAnimationFrame(markContents)), {
    passive: true,
  });
}

export function markContents(): void {
  frame = 0;
  const links = Array.from(document.querySelectorAll<HTMLAnchorElement>("a[data-spied]"));
  // The last heading above the upper third of the window is the one being read.
  const line = innerHeight / 3;
  const current = links.findLast((link) => {
    const heading = document.getElementById(link.hash.slice(1));
    return heading && heading.getBoundingClientRect().top < line;
  });
  for (const link of links) {
    if (link.hash !== current?.hash) link.removeAttribute("aria-current");
    else if (!link.hasAttribute("aria-current")) {
      link.setAttribute("aria-current", "true");
      keepVisible(link);
    }
  }
}

/** Scrolls the table of contents, and nothing else, until the link can be seen. */
function keepVisible(link: HTMLElement): void {
  const list = link.closest("nav");
  if (!list || list.scrollHeight <= list.clientHeight) return;
  const [outer, inner] = [list.getBoundingClientRect(), link.getBoundingClientRect()];
  if (inner.top < outer.top) list.scrollTop -= outer.top - inner.top;
  if (inner.bottom > outer.bottom) list.scrollTop += inner.bottom - outer.bottom;
}
