import { expect, test } from "@playwright/test";

import { LOCALES } from "@/db/vocabulary/languages";
import { visitPages } from "@/tests/e2e/support/html-pages";
import { givenRecords, type Records } from "@/tests/e2e/support/records";

import { Gallery } from "./gallery";

// The languages beside each other.
test.describe.configure({ mode: "parallel" });
test.use({ trace: "off" });
/** What these show depends on how fast the jobs beside the browser are: each run has it otherwise. */
const AT_THE_JOBS_PACE: readonly string[] = [
  "/[locale]/account",
  "/[locale]/acknowledgements",
  "/[locale]/deregistration/certificate/[number]",
  "/[locale]/home",
  "/[locale]/inbox/[id]",
  "/[locale]/inbox/[id]/receipt",
  "/[locale]/mailbox",
  "/[locale]/ops/audit",
  "/[locale]/ops/broadcasts",
  "/[locale]/ops/broadcasts/[id]",
  "/[locale]/ops/broadcasts/[id]/recipients/[userId]",
  "/[locale]/ops/inbox/[id]",
  "/[locale]/ops/requests/[number]",
  "/[locale]/ops/suppressions/[id]",
];

let records: Records;

test.beforeAll(async () => {
  records = await givenRecords();
});

for (const locale of LOCALES)
  test(`every page whose content stands still looks as it did, in ${locale} at 390, 768 and 1280 px`, async ({
    browser,
  }, info) => {
    test.setTimeout(900_000);
    const galleries = [390, 768, 1280].map((width) => ({
      width,
      gallery: new Gallery(info, `pages-${locale}-${width}`),
    }));
    await visitPages(
      browser,
      { locale, records, script: "", options: { bypassCSP: true } },
      async (page, route) => {
        if (AT_THE_JOBS_PACE.includes(route)) return;
        for (const { width, gallery } of galleries) {
          await page.setViewportSize({ width, height: 900 });
          await gallery.add(page, route);
        }
      },
    );
    expect(galleries.flatMap(({ gallery }) => gallery.close())).toEqual([]);
  });
