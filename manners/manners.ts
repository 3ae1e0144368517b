import { copy } from "./copy";
import { markContents, watchContents } from "./contents";
import { beginAtPlace, keepPlace } from "./place";
import { turnTheme } from "./theme";

/**
 * What every page does in the browser by itself, whether React runs on it (who is signed in) or not
 * (pages that are the same for everybody, docs/decisions/019). It acts on what the markup says, from
 * the window, so that it comes after whoever else takes a click, and holds for what is shown later.
 */
addEventListener("click", (event) => {
  const { target } = event;
  if (!(target instanceof Element)) return;
  const pressed = target.closest<HTMLElement>(
    "[data-turn-theme], [data-copy], [data-print], a[data-copy-anchor], a[data-language], a[data-within]",
  );
  if (pressed) act(pressed, event);
  else followRow(event, target);
});

function act(pressed: HTMLElement, event: MouseEvent): void {
  const { turnTheme: theme, copy: text, print, language } = pressed.dataset;
  if (theme !== undefined) turnTheme(pressed, theme);
  else if (text !== undefined) void copy(pressed, text);
  else if (print !== undefined) window.print();
  else if (!(pressed instanceof HTMLAnchorElement)) return;
  else if (language !== undefined) chooseLanguage(pressed, language);
  else if (pressed.dataset.copyAnchor !== undefined) void copy(pressed, pressed.href);
  else if (isPlain(event) && pressed.dataset.within === "here") keepPlace(pressed);
}

/** The same section of the page in the other language, and every page without a language from now on. */
function chooseLanguage(link: HTMLAnchorElement, cookie: string): void {
  link.hash = location.hash;
  document.cookie = `${cookie}; path=/; max-age=31536000; samesite=lax`;
}

/** Followed by the browser, in this tab: the router has not taken it. */
const isPlain = (event: MouseEvent): boolean =>
  !event.defaultPrevented &&
  event.button === 0 &&
  !(event.altKey || event.ctrlKey || event.metaKey || event.shiftKey);

const PRESSED = "a, button, input, select, textarea, label, summary, dialog, [popover]";

/**
 * A click on a row of a list follows the link that names the row, as the reader would have it: in
 * another tab with Ctrl. What can itself be pressed in the row is left alone, and so is marked text.
 */
function followRow(event: MouseEvent, target: Element): void {
  if (event.defaultPrevented || event.button !== 0) return;
  const row = target.closest("[data-row]");
  if (!row || target.closest(PRESSED) || getSelection()?.type === "Range") return;
  const { ctrlKey, metaKey, shiftKey } = event;
  const click = { bubbles: true, cancelable: true, ctrlKey, metaKey, shiftKey };
  row
    .querySelector(row.tagName === "TR" ? "th a" : "a")
    ?.dispatchEvent(new MouseEvent("click", click));
}

/** Menus and the phone's navigation close when the focus leaves them and their button. */
addEventListener("focusin", ({ target }) => {
  if (!(target instanceof HTMLElement)) return;
  for (const open of document.querySelectorAll<HTMLElement>(":popover-open")) {
    const isInUse = open.contains(target) || target.getAttribute("popovertarget") === open.id;
    if (!isInUse) open.hidePopover();
  }
});

watchContents();
/** The router has shown another page. */
addEventListener("gaozhi:shown", markContents);
beginAtPlace();
