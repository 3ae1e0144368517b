import { and, desc, eq, isNull } from "drizzle-orm";

import { db } from "@/db/client";
import { accounts, apps, members, policyDocuments, policyVersions, users } from "@/db/schema";

import { enterAs } from "./support/loop";
import { expect, test } from "./support/test";
import { wordsOf } from "./support/words";

const { reviews: t } = wordsOf("zh-CN");

test("what leaves is looked at with the eyes of an account: its own mail, popup, message and page, as wide as a phone", async ({
  browser,
}) => {
  const [found] = await db
    .select({ version: policyVersions, account: accounts, reader: users })
    .from(policyVersions)
    .innerJoin(policyDocuments, eq(policyDocuments.id, policyVersions.documentId))
    .innerJoin(apps, and(eq(apps.productId, policyDocuments.productId), isNull(apps.closedAt)))
    .innerJoin(accounts, and(eq(accounts.id, apps.accountId), isNull(accounts.closedAt)))
    .innerJoin(members, and(eq(members.accountId, accounts.id), isNull(members.leftAt)))
    .innerJoin(users, eq(users.id, members.userId))
    .where(and(eq(policyVersions.isMajor, true), eq(policyDocuments.slug, "im-privacy-guide")))
    .orderBy(desc(policyVersions.effectiveAt), accounts.uin, users.name)
    .limit(1);
  const { version, account, reader } = found!;
  const page = await enterAs(browser, { name: "许明衡", locale: "zh-CN" });
  await page.goto(`/zh-CN/ops/policies/${version.documentId}/${version.id}/preview`);
  await page.getByLabel(t("reader.uin")).fill("1");
  await page.getByRole("button", { name: t("reader.find"), exact: true }).click();
  await expect(page.getByText(t("reader.nobody"))).toBeVisible();
  await page.getByLabel(t("reader.uin")).fill(account.uin);
  await page.getByRole("button", { name: t("reader.find"), exact: true }).click();
  await page.waitForURL((url) => url.searchParams.get("uin") === account.uin);
  const choice = page.getByRole("navigation", { name: t("reader.readers") });
  if (await choice.isVisible())
    await choice.getByRole("link", { name: reader.name, exact: true }).click();
  const mail = page.frameLocator("iframe").first();
  await expect(mail.getByText(reader.name).first()).toBeVisible();
  await expect(mail.getByText(account.uin).first()).toBeVisible();
  await page.getByRole("link", { name: t("reader.widths.narrow"), exact: true }).click();
  await page.waitForURL(/width=narrow/);
  const message = page
    .locator("[data-section]")
    .filter({ hasText: t("reader.message") })
    .last();
  const framed = message.locator("div").first();
  expect((await framed.boundingBox())?.width).toBeLessThanOrEqual(390);
});
