import type { Page } from "@playwright/test";

import type { Locale } from "@/db/vocabulary/languages";

/** A small phone and a desk in both languages, every other width in one: English, whose words can break, has most. */
const WIDTHS = { en: [320, 768, 1024, 1280, 1600], "zh-CN": [320, 390, 1280] };
const HEIGHT = 720;

/** Twice the size of the browser's own text, which every other size follows (WCAG 1.4.4). */
const LARGE = { widths: [390, 1280], fontSizes: { standard: 32, fixed: 26 } };
const USUAL = { standard: 16, fixed: 13 };

/**
 * What breaks on the page, at the width of a small phone to that of a large desk, and with text twice
 * as large on a phone and on a desk; then as it was.
 */
export async function breaksOf(page: Page, locale: Locale): Promise<string[]> {
  const before = page.viewportSize();
  const breaks: string[] = [];
  const scan = async (width: number, text: string) => {
    await page.setViewportSize({ width, height: HEIGHT });
    const found = await page.evaluate<string[]>("scanForBreaks()");
    breaks.push(...found.map((one) => `${width} px${text}: ${one}`));
  };
  for (const width of WIDTHS[locale]) await scan(width, "");
  const browser = await page.context().newCDPSession(page);
  await browser.send("Page.setFontSizes", { fontSizes: LARGE.fontSizes });
  for (const width of LARGE.widths) await scan(width, ", text twice as large");
  await browser.send("Page.setFontSizes", { fontSizes: USUAL });
  await browser.detach();
  if (before) await page.setViewportSize(before);
  return breaks;
}

/**
 * In the page: fields of two forms that share an id, so that a label leads to the wrong one; how much wider than the window it is, every table wider than its frame, every control
 * that is cut off or lies beside the window where nothing scrolls to it, and every Latin word that
 * stands on two lines. What is marked with `wrap-anywhere` may break where it likes
 * (a hash, a code, a file's name), but not a plain word in it; so may an address of mail.
 */
export const SCAN = String.raw`
window.scanForBreaks = () => {
  const { scrollWidth, clientWidth } = document.documentElement;
  const faults = scrollWidth > clientWidth ? ["scrolls sideways by " + (scrollWidth - clientWidth) + " px"] : [];
  const ids = [...document.querySelectorAll("input[id], select[id], textarea[id]")].map(({ id }) => id);
  for (const id of new Set(ids.filter((one, at) => ids.indexOf(one) !== at))) faults.push("two fields are " + id);
  for (const table of document.querySelectorAll('table[role="table"]'))
    if (table.offsetWidth > table.parentElement.clientWidth) faults.push("a table is too wide (" + table.caption?.textContent + ")");
  for (const control of document.querySelectorAll("a[href]:not([href='#main']), button, input:not([type=hidden]), select, textarea, summary"))
    if (isLost(control)) faults.push((control.getAttribute("aria-label") || control.textContent || control.name).trim().slice(0, 30) + " is out of reach (" + where(control) + ")");
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  const lines = (node, from, to) => {
    range.setStart(node, from);
    range.setEnd(node, to);
    const tops = [...range.getClientRects()].filter(({ width }) => width > 0).map(({ top, height }) => ({ top, height }));
    return tops.filter(({ top, height }, at) => at === 0 || Math.abs(top - tops[at - 1].top) > height / 2).length;
  };
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    if (!/[A-Za-z]/.test(node.data) || !node.parentElement.checkVisibility()) continue;
    if (lines(node, 0, node.length) < 2) continue;
    const free = node.parentElement.closest(".wrap-anywhere");
    if (free && node.parentElement.closest("code, pre, bdi")) continue;
    for (const run of node.data.matchAll(/[!-~\u00c0-\u024f\u2019]+/g)) {
      if (/.@./.test(run[0])) continue;
      if (free && !/^[("“]?[A-Za-z]{2,20}[)"”.,;:!?]*$/.test(run[0])) continue;
      for (const word of run[0].matchAll(/[A-Za-z\u00c0-\u024f]+/g)) {
        const from = run.index + word.index;
        if (lines(node, from, from + word[0].length) > 1) faults.push(word[0] + " (" + where(node.parentElement) + ")");
      }
    }
  }
  return [...new Set(faults)];
};
const isLost = (control) => {
  const { left, right, top, bottom, width, height } = control.getBoundingClientRect();
  if (!control.checkVisibility({ visibilityProperty: true }) || width <= 1 || height <= 1) return false;
  for (let at = control.parentElement; at && at !== document.body; at = at.parentElement) {
    const { overflowX, overflowY } = getComputedStyle(at);
    if (/auto|scroll/.test(overflowX + overflowY)) return false;
    const frame = at.getBoundingClientRect();
    const isCut = left < frame.left - 2 || right > frame.right + 2 || top < frame.top - 2 || bottom > frame.bottom + 2;
    if (/hidden|clip/.test(overflowX + overflowY) && isCut) return true;
  }
  return right > document.documentElement.clientWidth + 1 || left < -1;
};
const where = (element) => {
  const names = [];
  for (let at = element; at && names.length < 3; at = at.parentElement) names.unshift(at.localName);
  return names.join(">");
};
`;
