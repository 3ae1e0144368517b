import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, type Page, test } from "@playwright/test";

import { LOCALES } from "@/db/vocabulary/languages";

import { breaksOf, SCAN } from "./support/breaks";
import { visitPages } from "./support/html-pages";
import { NAMES } from "./support/names";
import { givenRecords, type Records } from "./support/records";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
/** The rules of these levels that look at colours, which is all that the dark theme changes. */
const OF_COLOURS = ["color-contrast", "link-in-text-block"];
let records: Records;

// The languages beside each other; a recording of every page with the checker inside is slow.
test.describe.configure({ mode: "parallel" });
test.use({ trace: "off" });

test.beforeAll(async () => {
  records = await givenRecords();
});

for (const locale of LOCALES)
  test(`axe finds nothing, no word breaks, nothing scrolls sideways and a place has one name, on any page, in ${locale}`, async ({
    browser,
  }) => {
    test.setTimeout(600_000);
    const barriers: string[] = [];
    // The page's own policy keeps foreign scripts out; the checkers are such.
    const visit = { locale, records, options: { bypassCSP: true }, script: AXE + SCAN + NAMES };
    const count = await visitPages(browser, visit, async (page, route) => {
      const other = await page.evaluate<string[]>("otherNames()");
      const found = [...(await check(page)), ...(await breaksOf(page)), ...other];
      barriers.push(...found.map((barrier) => `${route}, ${barrier}`));
    });
    process.stdout.write(`${count} pages, ${locale}, light and dark, at six widths\n`);
    expect(barriers).toEqual([]);
  });

/** Everything in the light, what depends on colours in the dark too, where everything else stays as it is. */
async function check(page: Page): Promise<string[]> {
  await page.emulateMedia({ colorScheme: "light" });
  const light = await violations(page, LEVELS);
  const shown = await shape(page);
  await page.emulateMedia({ colorScheme: "dark" });
  const dark = await violations(page, OF_COLOURS);
  const firm = await inFirmColours(page);
  const barriers = [
    ...light.map((violation) => `light: ${violation}`),
    ...dark.map((violation) => `dark: ${violation}`),
    ...firm,
    ...(shown.startsWith("wide") ? ["scrolls sideways"] : []),
  ];
  if ((await shape(page)) === shown) return barriers;

  await page.emulateMedia({ colorScheme: "light" });
  if ((await shape(page)) === shown) return [...barriers, "dark: changes more than colours"];
  // The page itself has gone on meanwhile, so what it shows now has not been looked at in the light.
  return [...barriers, ...(await check(page))];
}

/** As it looks to who asks the system for more contrast, or for its own colours alone. */
async function inFirmColours(page: Page): Promise<string[]> {
  await page.emulateMedia({ contrast: "more" });
  const more = await violations(page, OF_COLOURS);
  await page.emulateMedia({ contrast: null, forcedColors: "active" });
  const forced = await violations(page, OF_COLOURS);
  await page.emulateMedia({ forcedColors: null });
  return [
    ...more.map((violation) => `more contrast: ${violation}`),
    ...forced.map((violation) => `forced colours: ${violation}`),
  ];
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
