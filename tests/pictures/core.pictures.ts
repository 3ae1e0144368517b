import { type Browser, expect, type Page, test } from "@playwright/test";

import { BLOCKS } from "./block-font";
import { READERS } from "./readers";
import { startStillPortal, type StillPortal } from "./still-portal";

type Reader = (typeof READERS)[number];

const PAGES: [name: string, address: string, reader: Reader][] = [
  ["front", "", "anonymous"],
  ["policies", "/policies", "anonymous"],
  ["policy", "/policies/im-privacy-guide/3.2", "anonymous"],
  ["incidents", "/incidents", "anonymous"],
  ["rights", "/rights", "anonymous"],
  ["sign-in", "/sign-in", "anonymous"],
  ["home", "/home", "owner"],
  ["acknowledgements", "/acknowledgements", "owner"],
  ["inbox", "/inbox", "owner"],
  ["ops", "/ops", "approver"],
  ["ops-requests", "/ops/requests", "handler"],
  ["stories", "/stories", "anonymous"],
];
/** Each language, theme and width is seen; not each with each. */
const SETS = [
  { locale: "zh-CN", colorScheme: "light" },
  { locale: "en", colorScheme: "dark" },
] as const;
const SIZES = [
  { width: 390, height: 1800 },
  { width: 1280, height: 1400 },
] as const;
/** The browser the references are of: another one draws edges and controls a little differently. */
const CHROMIUM = "156";

/** Flat colours are exact; at the edges of blocks a few pixels are not. */
const TOLERANCE = { threshold: 0.02, maxDiffPixels: 100 };

let portal: StillPortal;

test.use({ trace: "off" });
test.beforeEach(({ browser }) => {
  const [version = ""] = browser.version().split(".");
  test.skip(version !== CHROMIUM, `the pictures are of Chromium ${CHROMIUM}, this is ${version}`);
});
test.beforeAll(async () => {
  test.setTimeout(120_000);
  portal = await startStillPortal();
});
test.afterAll(() => portal.stop());

for (const set of SETS)
  test(`the core pages look as they did, in ${set.locale}, ${set.colorScheme}`, async ({
    browser,
  }) => {
    test.setTimeout(180_000);
    for (const reader of READERS) {
      const page = await open(browser, reader, set);
      for (const [name, address] of PAGES.filter(([, , one]) => one === reader)) {
        await visit(page, `/${set.locale}${address}`);
        for (const size of SIZES) {
          await page.setViewportSize(size);
          await expect.soft(page).toHaveScreenshot(nameOf(name, set, size), TOLERANCE);
        }
      }
      await page.context().close();
    }
  });

test("two pixels more of padding and a colour a shade off are seen", async ({ browser }) => {
  const page = await open(browser, "anonymous", SETS[0]);
  await visit(page, "/zh-CN");
  await page.setViewportSize(SIZES[1]);
  const expected = nameOf("front", SETS[0], SIZES[1]);
  await expect(page).toHaveScreenshot(expected, TOLERANCE);
  for (const change of ["main { padding-top: 2px }", ":root { --action: #1457c2 }"]) {
    const style = await page.addStyleTag({ content: change });
    await expect(page).not.toHaveScreenshot(expected, TOLERANCE);
    await style.evaluate((element: Element) => element.remove());
  }
});

const nameOf = (
  page: string,
  { locale, colorScheme }: (typeof SETS)[number],
  { width }: (typeof SIZES)[number],
) => `${page}-${locale}-${colorScheme}-${width}.png`;

async function open(
  browser: Browser,
  reader: Reader,
  { locale, colorScheme }: (typeof SETS)[number],
): Promise<Page> {
  const context = await browser.newContext({
    ...{ locale, colorScheme, reducedMotion: "reduce", bypassCSP: true, baseURL: portal.origin },
    extraHTTPHeaders: reader === "anonymous" ? {} : { cookie: portal.cookies[reader] ?? "" },
  });
  const page = await context.newPage();
  await page.clock.setFixedTime("2026-06-10T10:30:00+08:00");
  return page;
}

/** Opens a page and puts blocks in place of its letters. */
async function visit(page: Page, address: string): Promise<void> {
  // A reference waits for all scripts; what is compared with it is looked at until it is alike.
  const isUpdate = test.info().config.updateSnapshots === "all";
  const answer = await page.goto(address, { waitUntil: isUpdate ? "networkidle" : "load" });
  expect(answer?.status(), address).toBe(200);
  await page.addStyleTag({ content: BLOCKS });
  const popup = page.locator("dialog[open]");
  if (await popup.isVisible()) await popup.getByRole("button").nth(1).click();
  await expect(popup).toBeHidden();
  // Where the button was there may be a row that shows that it is pointed at.
  await page.mouse.move(0, 0);
  await page.evaluate("document.fonts.ready.then(() => null)");
}
