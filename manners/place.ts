const STORED = "place";

/**
 * The link shows the same page in another way, which begins where this one stands. The router does so
 * by itself; where there is none the browser opens a new page.
 */
export function keepPlace({ href, text }: HTMLAnchorElement): void {
  try {
    sessionStorage.setItem(STORED, [scrollY, href, text].join("\n"));
  } catch {
    // Storage may be closed to us; the page then begins at its top.
  }
}

/** On the page that was led to: at the place, and the focus on the link, which says what is shown. */
export function beginAtPlace(): void {
  const [top, href, text] = takeKept()?.split("\n") ?? [];
  if (href !== location.href) return;
  const links = document.querySelectorAll<HTMLAnchorElement>('a[data-within="here"][aria-current]');
  Array.from(links)
    .find((link) => link.href === href && link.text === text)
    ?.focus({ preventScroll: true });
  scrollTo({ top: Number(top), behavior: "instant" });
}

function takeKept(): string | null {
  try {
    const kept = sessionStorage.getItem(STORED);
    sessionStorage.removeItem(STORED);
    return kept;
  } catch {
    return null;
  }
}
