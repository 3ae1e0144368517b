import type { Browser, BrowserContextOptions, Page } from "@playwright/test";

import type { Locale } from "@/db/vocabulary/languages";

import { cookieOf } from "./people";
import type { Records } from "./records";
import { addressOf } from "./rules";
import { type Role } from "./roles";
import { PAGES } from "./surfaces";

type Reader = Role | "anyone";
type Visit = {
  locale: Locale;
  records: Records;
  options?: BrowserContextOptions;
  script: string;
};

const READERS: Role[] = ["owner", "admin", "author", "approver", "handler", "support"];

/**
 * Every page that shows something, one after another, in the browser of somebody who may read it:
 * for what must hold on all of them. Answers how many there are.
 */
export async function visitPages(
  browser: Browser,
  { records, ...visit }: Visit,
  look: (page: Page, route: string) => Promise<void>,
): Promise<number> {
  const pages = new Map<Reader, Page>();
  const routes = Object.keys(PAGES).filter(isHtml);
  for (const route of routes) {
    const reader = readerOf(route);
    const page = pages.get(reader) ?? (await open(browser, { reader, ...visit }));
    pages.set(reader, page);
    await page.goto(addressOf(route, records).replace(/^\/zh-CN/, `/${visit.locale}`));
    const later = page.locator("dialog[open] button").nth(1);
    if (await later.isVisible()) await later.click();
    await look(page, route);
  }
  for (const page of pages.values()) await page.context().close();
  return routes.length;
}

/** Downloads are no pages, nor is what only takes forms. */
const isHtml = (route: string): boolean =>
  route.startsWith("/[locale]") &&
  !/\.(csv|txt|json|html|zip)$|\/files(\/|$)|\/evidence\/|\/ops\/drafts\/|\/\[file\]$|\/sign-out$/.test(
    route,
  );

function readerOf(route: string): Reader {
  const rule = PAGES[route]?.rule ?? [];
  return (rule !== "anyone" && READERS.find((one) => rule.includes(one))) || "anyone";
}

async function open(
  browser: Browser,
  { reader, locale, options, script }: Omit<Visit, "records"> & { reader: Reader },
): Promise<Page> {
  const context = await browser.newContext({
    locale,
    // A change of colours takes its time; half done, nothing can be measured.
    reducedMotion: "reduce",
    ...options,
    extraHTTPHeaders: reader === "anyone" ? {} : { cookie: await cookieOf(reader) },
  });
  await context.addInitScript(script);
  return context.newPage();
}
