import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { type Browser, expect, type Page, test } from "@playwright/test";

import { type Locale, LOCALES } from "@/db/vocabulary/languages";

import { cookieOf } from "./support/people";
import { givenRecords, type Records } from "./support/records";
import { PAGES, type Role } from "./support/surfaces";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
/** The rules of these levels that look at colours, which is all that the dark theme changes. */
const OF_COLOURS = ["color-contrast", "link-in-text-block"];
const READERS: Role[] = ["owner", "admin", "author", "approver", "handler", "support"];
let records: Records;

// The languages beside each other; a recording of every page with the checker inside is slow.
test.describe.configure({ mode: "parallel" });
test.use({ trace: "off" });

test.beforeAll(async () => {
  records = await givenRecords();
});

for (const locale of LOCALES)
  test(`axe finds nothing on any page, in ${locale}, light and dark`, async ({ browser }) => {
    test.setTimeout(600_000);
    const barriers: string[] = [];
    const pages = new Map<Role | "anyone", Page>();
    const routes = Object.keys(PAGES).filter(isHtml);
    for (const route of routes) {
      const reader = readerOf(route);
      const page = pages.get(reader) ?? (await openAs(browser, { reader, locale }));
      pages.set(reader, page);
      await page.goto(addressOf(route).replace(/^\/zh-CN/, `/${locale}`));
      const later = page.locator("dialog[open] button").nth(1);
      if (await later.isVisible()) await later.click();
      barriers.push(...(await check(page)).map((barrier) => `${route}, ${barrier}`));
    }
    process.stdout.write(`axe: ${routes.length} pages, ${locale}, light and dark\n`);
    expect(barriers).toEqual([]);
  });

const addressOf = (route: string): string =>
  PAGES[route]?.path?.(records) ?? route.replace("[locale]", "zh-CN");

/** Downloads are no pages. */
const isHtml = (route: string): boolean =>
  route.startsWith("/[locale]") && !/\.(csv|txt)$|\/files(\/|$)/.test(route);

/** Somebody who may read the page. */
function readerOf(route: string): Role | "anyone" {
  const rule = PAGES[route]?.rule ?? [];
  return (rule !== "anyone" && READERS.find((one) => rule.includes(one))) || "anyone";
}

/** A browser of a reader's, with the checker in every page. */
async function openAs(
  browser: Browser,
  { reader, locale }: { reader: Role | "anyone"; locale: Locale },
): Promise<Page> {
  const context = await browser.newContext({
    locale,
    // A change of colours takes its time; the checker would see it half done.
    reducedMotion: "reduce",
    // The page's own policy keeps foreign scripts out; the checker is one.
    bypassCSP: true,
    extraHTTPHeaders: reader === "anyone" ? {} : { cookie: await cookieOf(reader) },
  });
  await context.addInitScript(AXE);
  return context.newPage();
}

/** Everything in the light, what depends on colours in the dark too, where everything else stays as it is. */
async function check(page: Page): Promise<string[]> {
  await page.emulateMedia({ colorScheme: "light" });
  const light = await violations(page, LEVELS);
  const shown = await shape(page);
  await page.emulateMedia({ colorScheme: "dark" });
  const dark = await violations(page, OF_COLOURS);
  const barriers = [
    ...light.map((violation) => `light: ${violation}`),
    ...dark.map((violation) => `dark: ${violation}`),
    ...(shown.startsWith("wide") ? ["scrolls sideways"] : []),
  ];
  if ((await shape(page)) === shown) return barriers;

  await page.emulateMedia({ colorScheme: "light" });
  if ((await shape(page)) === shown) return [...barriers, "dark: changes more than colours"];
  // The page itself has gone on meanwhile, so what it shows now has not been looked at in the light.
  return [...barriers, ...(await check(page))];
}

const violations = (page: Page, runOnly: readonly string[]) =>
  page.evaluate<string[]>(
    `axe.run(document, { runOnly: ${JSON.stringify(runOnly)}, resultTypes: ["violations"], preload: false })
      .then(({ violations }) => violations.map(({ id, nodes }) => id + " " + nodes.map((n) => n.target.join(" ")).slice(0, 3).join(" | ")))`,
  );

/** Whether the page is too wide, how long it is, and which of its elements show. */
const shape = (page: Page) =>
  page.evaluate<string>(
    `[document.documentElement.scrollWidth > innerWidth ? "wide" : "fits", document.documentElement.scrollHeight,
      [...document.body.querySelectorAll("*")].map((element) => Number(element.checkVisibility())).join("")].join(" ")`,
  );
