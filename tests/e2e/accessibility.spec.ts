import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

import { expect, type Page, test } from "@playwright/test";

import { cookieOf } from "./support/people";
import { givenRecords, type Records } from "./support/records";
import { PAGES, type Role } from "./support/surfaces";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const READERS: Role[] = ["owner", "admin", "author", "approver", "handler", "support"];
let records: Records;

// A recording of 52 pages with the checker inside each is slow; the violations name their places.
test.use({ trace: "off" });

test.beforeAll(async () => {
  records = await givenRecords();
});

for (const locale of ["zh-CN", "en"] as const)
  test(`axe finds nothing on any page, in ${locale}, light and dark`, async ({ browser }) => {
    test.setTimeout(600_000);
    const found: string[] = [];
    let pages = 0;
    for (const route of Object.keys(PAGES).filter(isHtml)) {
      const address = addressOf(route).replace(/^\/zh-CN/, `/${locale}`);
      const context = await browser.newContext({
        locale,
        // A change of colours takes its time; the checker would see it half done.
        reducedMotion: "reduce",
        // The page's own policy keeps foreign scripts out; the checker is one.
        bypassCSP: true,
        extraHTTPHeaders: await headersFor(route),
      });
      const page = await context.newPage();
      await open(page, address);
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme });
        const barriers = await check(page);
        found.push(...barriers.map((barrier) => `${route}, ${colorScheme}: ${barrier}`));
      }
      pages += 1;
      await context.close();
    }
    process.stdout.write(`axe: ${pages} pages, ${locale}, light and dark\n`);
    expect(found).toEqual([]);
  });

const addressOf = (route: string): string =>
  PAGES[route]?.path?.(records) ?? route.replace("[locale]", "zh-CN");

/** Downloads are no pages. */
const isHtml = (route: string): boolean =>
  route.startsWith("/[locale]") && !/\.(csv|txt)$|\/files(\/|$)/.test(route);

/** The session of somebody who may read the page. */
async function headersFor(route: string): Promise<Record<string, string>> {
  const rule = PAGES[route]?.rule ?? [];
  const role = rule === "anyone" ? undefined : READERS.find((one) => rule.includes(one));
  return role ? { cookie: await cookieOf(role) } : {};
}

async function open(page: Page, address: string): Promise<void> {
  await page.goto(address);
  const later = page.locator("dialog[open] button").nth(1);
  if (await later.isVisible()) await later.click();
  await page.evaluate(AXE);
}

async function check(page: Page): Promise<string[]> {
  const violations = await page.evaluate<string[]>(
    `axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] })
      .then(({ violations }) => violations.map(({ id, nodes }) => id + " " + nodes.map((n) => n.target.join(" ")).slice(0, 3).join(" | ")))`,
  );
  const isWide = await page.evaluate("document.documentElement.scrollWidth > innerWidth");
  return isWide ? [...violations, "scrolls sideways"] : violations;
}
