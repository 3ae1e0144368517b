import { eq, inArray } from "drizzle-orm";

import { db } from "@/db/client";
import { broadcasts, policyDocuments, policyVersions } from "@/db/schema";

import { enterAs } from "./support/loop";
import { expect, test } from "./support/test";
import { wordsOf } from "./support/words";

const LOCALE = "zh-CN";
const SLUG = "developer-compliance-guide";
const OLD = ["1.0", "1.1", "1.2", "1.3", "1.4"].map((label, index) => ({
  ...{ label, publishedOn: `202${index}-01-10`, effectiveDate: `202${index}-02-01` },
}));

test("P44: five old versions are brought in and approved, and everybody reads them with where they are from", async ({
  browser,
}) => {
  test.setTimeout(180_000);
  const { policies: t } = wordsOf(LOCALE);
  const [author, approver] = [
    await enterAs(browser, { name: "许明衡", locale: LOCALE }),
    await enterAs(browser, { name: "沈安澜", locale: LOCALE }),
  ];
  const [document] = await db.select().from(policyDocuments).where(eq(policyDocuments.slug, SLUG));
  const home = `/${LOCALE}/ops/policies/${document!.id}`;
  const source = "取自官网存档，法务部核对";

  for (const { label, publishedOn, effectiveDate } of OLD) {
    await author.goto(`${home}/archive`);
    await author.locator('[name="label"]').fill(label);
    await author.locator('[name="publishedOn"]').fill(publishedOn);
    await author.locator('[name="effectiveDate"]').fill(effectiveDate);
    await author.locator('[name="files.zh-CN"]').setInputFiles({
      ...{ name: `${label}.md`, mimeType: "text/markdown" },
      buffer: Buffer.from(`# 一、引言\n\n这是 ${label} 版的正文。\n`),
    });
    await author.locator('[name="changes"]').fill("修订");
    await author.locator('[name="provenance"]').fill(source);
    await author.getByRole("button", { name: t("ops.archive.submit"), exact: true }).click();
    await author.waitForURL(/\/review$/);

    await approver.goto(new URL(author.url()).pathname);
    await approver
      .getByRole("button", { name: t("ops.decision.approve", { label }), exact: true })
      .click();
    await approver.getByRole("dialog").getByRole("button").last().click();
    await approver.waitForURL((url) => !url.pathname.endsWith("/review"));
  }

  const reader = await browser.newPage();
  await reader.goto(`/${LOCALE}/policies/${SLUG}/1.2`);
  await expect(reader.getByText(source)).toBeVisible();
  await expect(reader.getByText("这是 1.2 版的正文。")).toBeVisible();
  await reader.goto(`/${LOCALE}/policies/${SLUG}/1.4/changes?since=1.0`);
  await expect(reader.locator("ins").first()).toBeVisible();
  const rows = await db
    .select()
    .from(policyVersions)
    .where(
      inArray(
        policyVersions.label,
        OLD.map(({ label }) => label),
      ),
    );
  const own = rows.filter(({ documentId }) => documentId === document!.id);
  expect(own.map(({ status, archivedAt }) => [status, archivedAt !== null])).toEqual(
    OLD.map(() => ["archived", true]),
  );
  const ids = own.map(({ id }) => id);
  expect(await db.$count(broadcasts, inArray(broadcasts.subjectId, ids))).toBe(0);
});
