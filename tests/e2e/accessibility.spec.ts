import { readdirSync, readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";

import { type Locale, LOCALES } from "@/db/vocabulary/languages";
import { inRoot } from "@/lib/paths";

import { breaksOf, SCAN } from "./support/breaks";
import { visitPages } from "./support/html-pages";
import { NAMES } from "./support/names";
import { givenRecords, type Records } from "./support/records";
import { expect, type Page, test } from "./support/test";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
/** The rules of these levels that look at colours, which is all that the media below change. */
const OF_COLOURS = ["color-contrast", "link-in-text-block"];
/** Every rule on every page in both languages; without it each page's in one of them, by turns: they are built alike. */
const isLong = process.env.WRONG_INPUT === "all";
/** Dark is met on every page, the others by turns without `isLong`; in one language, for both have the same colours. */
const MEDIA = {
  en: { dark: { colorScheme: "dark" } },
  "zh-CN": { "more contrast": { contrast: "more" }, "forced colours": { forcedColors: "active" } },
} as const;
const PLAIN = { colorScheme: "light", contrast: null, forcedColors: null } as const;
let records: Records;

// The languages beside each other; a recording of every page with the checker inside is slow.
test.describe.configure({ mode: "parallel" });
test.use({ trace: "off" });

test.beforeAll(async () => {
  records = await givenRecords();
});

for (const locale of LOCALES)
  test(`axe finds nothing, no word breaks, nothing scrolls sideways, no control is lost and a place has one name, on any page, in ${locale}`, async ({
    browser,
  }) => {
    test.setTimeout(600_000);
    const barriers: string[] = [];
    // The page's own policy keeps foreign scripts out; the checkers are such.
    const visit = { locale, records, options: { bypassCSP: true }, script: AXE + SCAN + NAMES };
    let pages = 0;
    const count = await visitPages(browser, visit, async (page, route) => {
      pages += 1;
      const levels = isLong || pages % LOCALES.length === LOCALES.indexOf(locale) ? LEVELS : null;
      const other = await page.evaluate<string[]>("otherNames()");
      const found = [
        ...(await check(page, { locale, levels, turn: pages })),
        ...(await breaksOf(page, locale)),
        ...other,
      ];
      barriers.push(...found.map((barrier) => `${route}, ${barrier}`));
    });
    const media = ["light", ...Object.keys(MEDIA[locale])].join(", ");
    process.stdout.write(
      `${count} pages, ${locale}, ${media}, at several widths and with text twice as large at two\n`,
    );
    expect(barriers).toEqual([]);
  });

test("no script for the browser is larger than that of React itself, which nothing of the server is", () => {
  const folder = inRoot(".next", "static", "chunks");
  const scripts = readdirSync(folder).filter((file) => file.endsWith(".js"));
  const sizes = scripts.map((file) => {
    // The editor of texts comes for those who write one, and for nobody else.
    const isEditor = readFileSync(`${folder}/${file}`, "utf8").includes("cm-editor");
    return { file, most: isEditor ? 400 : 260, kB: statSync(`${folder}/${file}`).size / 1000 };
  });
  expect(sizes.length).toBeGreaterThan(0);
  expect(sizes.filter(({ kB, most }) => kB > most)).toEqual([]);
});

/** `levels` null: only what depends on colours. */
type Rules = { locale: Locale; levels: readonly string[] | null; turn: number };

/** Everything in the light; what depends on colours in the other media too. */
async function check(page: Page, rules: Rules): Promise<string[]> {
  const { locale, levels, turn } = rules;
  const media = Object.entries(MEDIA[locale]);
  await page.emulateMedia(PLAIN);
  const barriers = levels ? named("light", await violations(page, levels)) : [];
  const shown = await shape(page);
  if (shown.startsWith("wide")) barriers.push("scrolls sideways");
  for (const [name, changes] of media.filter(
    (_, index) => isLong || index === turn % media.length,
  )) {
    await page.emulateMedia({ ...PLAIN, ...changes });
    barriers.push(...named(name, await violations(page, OF_COLOURS)));
    // Who brings their own colours is shown by lines what others see by them.
    if (name === "forced colours" || (await shape(page)) === shown) continue;

    await page.emulateMedia(PLAIN);
    // The page itself has gone on meanwhile, so what it shows now has not been looked at in the light.
    if ((await shape(page)) !== shown) return [...barriers, ...(await check(page, rules))];
    barriers.push(`${name}: changes more than colours`);
  }
  await page.emulateMedia(PLAIN);
  return barriers;
}

const named = (media: string, found: readonly string[]) => found.map((one) => `${media}: ${one}`);

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
