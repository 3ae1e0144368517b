import fs from "node:fs";
import path from "node:path";
import type { Page, TestInfo } from "@playwright/test";
import { z } from "zod";

import type { Locale } from "@/db/vocabulary/languages";
import { inRoot } from "@/lib/paths";

import { type Box, BOXES, differences, read, written } from "./boxes";

export type Picture = {
  name: string;
  locale: Locale;
  theme: "light" | "dark";
  width: number;
  /** An address of the portal, or a whole document. */
  show: { url: string } | { html: string };
};

const HEIGHT = 900;
const reference = z.record(z.string(), z.array(z.string()));

/**
 * Looks at pictures that belong together, and answers how each differs from its reference: a line
 * for each block. With --update-snapshots the references are written anew, all of the set.
 */
export async function compare(
  page: Page,
  test: TestInfo,
  { set, pictures }: { set: string; pictures: readonly Picture[] },
): Promise<string[]> {
  const file = inRoot("tests", "pictures", "references", `${set}.json`);
  const isUpdate = ["all", "changed"].includes(test.config.updateSnapshots);
  const known = isUpdate || !fs.existsSync(file) ? {} : parse(file);
  const seen: Record<string, string[]> = {};
  const faults: string[] = [];
  for (const picture of pictures) {
    const { name } = picture;
    const boxes = await look(page, picture);
    seen[name] = written(boxes);
    if (isUpdate) continue;
    const expected = known[name];
    const found = expected ? differences(read(expected), boxes) : ["has no reference yet"];
    if (found.length > 0)
      await page.screenshot({ path: test.outputPath(`${set}-${name}.png`), fullPage: true });
    faults.push(...found.map((fault) => `${set}, ${name}: ${fault}`));
  }
  if (isUpdate) {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, `${JSON.stringify(seen, null, 1)}\n`);
    return [];
  }
  const gone = Object.keys(known).filter((name) => !(name in seen));
  return [...faults, ...gone.map((name) => `${set}, ${name}: is shown no more`)];
}

const parse = (file: string) => reference.parse(JSON.parse(fs.readFileSync(file, "utf8")));

async function look(page: Page, { show, width, theme }: Picture): Promise<Box[]> {
  await page.setViewportSize({ width, height: HEIGHT });
  await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
  if ("url" in show) await page.goto(show.url);
  else await page.setContent(show.html);
  await page.evaluate("document.fonts.ready.then(() => null)");
  return page.evaluate<Box[]>(BOXES);
}
