import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

import { expect, test } from "@playwright/test";

import { closeDatabase } from "@/db/client";

import { cookieOf } from "./support/people";
import { givenRecords, type Records } from "./support/records";
import { PAGES, type Role } from "./support/surfaces";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const READERS: Role[] = ["owner", "admin", "author", "approver"];
let records: Records;

test.beforeAll(async () => {
  records = await givenRecords();
});
test.afterAll(closeDatabase);

for (const locale of ["zh-CN", "en"] as const)
  for (const colorScheme of ["light", "dark"] as const)
    test(`axe finds nothing on any page, in ${locale}, ${colorScheme}`, async ({ browser }) => {
      test.setTimeout(300_000);
      const found: string[] = [];
      let pages = 0;
      for (const [route, { rule, path }] of Object.entries(PAGES)) {
        const address = (path?.(records) ?? route.replace("[locale]", "zh-CN")).replace(
          /^\/zh-CN/,
          `/${locale}`,
        );
        const isPage = route.startsWith("/[locale]") && !/\.(csv|md)$/.test(address);
        if (!isPage) continue;
        const role = rule === "anyone" ? "anonymous" : READERS.find((one) => rule.includes(one));
        const cookie = role ? await cookieOf(role) : "";
        const context = await browser.newContext({
          locale,
          colorScheme,
          // The page's own policy keeps foreign scripts out; the checker is one.
          bypassCSP: true,
          extraHTTPHeaders: cookie ? { cookie } : {},
        });
        const page = await context.newPage();
        await page.goto(address);
        const later = page.locator("dialog[open] button").nth(1);
        if (await later.isVisible()) await later.click();
        await page.evaluate(AXE);
        const violations = await page.evaluate<string[]>(
          `axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] })
            .then(({ violations }) => violations.map(({ id, nodes }) => id + " " + nodes.map((n) => n.target.join(" ")).slice(0, 3).join(" | ")))`,
        );
        pages += 1;
        found.push(...violations.map((violation) => `${route}: ${violation}`));
        const isWide = await page.evaluate("document.documentElement.scrollWidth > innerWidth");
        if (isWide) found.push(`${route}: scrolls sideways`);
        await context.close();
      }
      process.stdout.write(`axe: ${pages} pages, ${locale}, ${colorScheme}\n`);
      expect(found).toEqual([]);
    });
