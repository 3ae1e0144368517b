import { type Browser, type BrowserContext, type Page, test as base } from "@playwright/test";

import { untilTakenOver } from "./ready";

export * from "@playwright/test";

/**
 * Playwright's test, with two habits that keep one test out of another's way:
 * - a page that was opened counts as open once React has taken its forms over; what is typed before may be lost;
 * - what a test opened is closed behind it, and what a file opened before its tests when the next file begins.
 *   Left open, every page goes on asking for its counts, in the one renderer that all pages share.
 */
export const test = base.extend<{ ends: void }, { opened: Opened }>({
  opened: [
    async ({ browser }, use) => {
      browser.on("context", (context) => context.on("page", goPatiently));
      await use({ file: "", left: [] });
    },
    { scope: "worker" },
  ],
  ends: [
    async ({ browser, opened }, use, { file }) => {
      if (opened.file !== file) await close(opened.left);
      const before = browser.contexts();
      await use();
      await close(since(before, browser));
      Object.assign(opened, { file, left: browser.contexts() });
    },
    { auto: true },
  ],
});

/** The file whose tests ran last, and what it left open. */
type Opened = { file: string; left: readonly BrowserContext[] };

const since = (before: readonly BrowserContext[], browser: Browser) =>
  browser.contexts().filter((context) => !before.includes(context));

const close = (contexts: readonly BrowserContext[]) =>
  Promise.all(contexts.map((context) => context.close()));

function goPatiently(page: Page): void {
  const go = page.goto.bind(page);
  page.goto = async (address, options) => {
    const response = await go(address, options);
    if (!options?.waitUntil) await untilTakenOver(page);
    return response;
  };
}
