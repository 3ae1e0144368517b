import { spawnSync } from "node:child_process";
import { expect, test } from "@playwright/test";
import { z } from "zod";

import { LOCALES } from "@/db/vocabulary/languages";
import { inRoot } from "@/lib/paths";

import { type Box, BOXES, differences } from "./boxes";
import { Gallery } from "./gallery";

const printed = z.array(z.object({ locale: z.enum(LOCALES), name: z.string(), html: z.string() }));
let mails: z.infer<typeof printed> = [];

/** In a process of its own: the words are JSON, which this runner cannot import. */
test.beforeAll(() => {
  const words = ["--import", "tsx", inRoot("tests", "pictures", "print-mails.ts")];
  const maxBuffer = 64 * 1024 * 1024;
  const { stdout, stderr } = spawnSync(process.execPath, words, { encoding: "utf8", maxBuffer });
  if (!stdout) throw new Error(stderr);
  mails = printed.parse(JSON.parse(stdout));
});

for (const locale of LOCALES)
  for (const width of [390, 700])
    test(`every kind of mail looks as it did, in ${locale} at ${width} px`, async ({
      page,
    }, info) => {
      const gallery = new Gallery(info, `mails-${locale}-${width}`);
      // A mail is light by design.
      await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
      await page.setViewportSize({ width, height: 900 });
      for (const { name, html } of mails.filter((mail) => mail.locale === locale)) {
        await page.setContent(html);
        await gallery.add(page, name);
      }
      expect(gallery.close()).toEqual([]);
    });

test("a margin that grew by 8 px is seen", async ({ page }) => {
  const boxes = async (margin: number) => {
    await page.setContent(`<p>one</p><div><p style="margin-top: ${margin}px">two</p></div>`);
    return page.evaluate<Box[]>(BOXES);
  };
  const before = await boxes(16);
  expect(differences(before, await boxes(16))).toEqual([]);
  expect(differences(before, await boxes(24))).toHaveLength(1);
});
