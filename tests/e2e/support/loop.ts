import { setTimeout as sleep } from "node:timers/promises";
import { type Browser, expect, type Page } from "@playwright/test";
import { eq } from "drizzle-orm";

import { db } from "@/db/client";
import { policyDocuments, policyVersions } from "@/db/schema";
import type { Locale } from "@/db/vocabulary/languages";
import { MAJOR_QUESTIONS, type MajorQuestion } from "@/db/vocabulary/policies";
import { asJob } from "@/domain/context";
import { activateDueVersions } from "@/domain/policies/activate";
import { addDays, shanghaiDay, shanghaiMidnight } from "@/lib/shanghai";

import { wordsOf } from "./words";

/** A browser of its own for one person of the demo, signed in. */
export async function enterAs(
  browser: Browser,
  { name, locale }: { name: string; locale: Locale },
) {
  const context = await browser.newContext({ locale });
  const page = await context.newPage();
  await page.goto(`/${locale}/sign-in`);
  await page
    .getByRole("button", { name: wordsOf(locale).access("demo.enterAs", { name }) })
    .click();
  await page.waitForURL((url) => !url.pathname.includes("sign-in"));
  return page;
}

/** Puts every popup off as it comes: for walks that are about something else. */
export async function putPopupsOff(page: Page, locale: Locale): Promise<void> {
  const { home } = wordsOf(locale);
  const later = page.getByRole("dialog").getByRole("button", { name: home("console.popup.later") });
  await page.addLocatorHandler(later, () => later.click());
}

export const TEXTS = {
  first: {
    "zh-CN":
      "本指引说明我们怎样处理个人信息。\n\n一、我们处理的信息\n\n1. 用户标识，用于登录。\n2. **精确位置**，用于发送位置消息。\n\n二、保存期限\n\n聊天图片保存 30 天。\n",
    en: "This guide says how we process personal information.\n\n## 1. What we process\n\nAn identifier, and a **precise location** for location messages.\n\n## 2. Periods\n\nPictures are kept for 30 days.\n",
  },
  second: {
    "zh-CN":
      "本指引说明我们怎样处理个人信息。\n\n一、我们处理的信息\n\n1. 用户标识，用于登录。\n2. **精确位置**，用于发送位置消息。\n\n二、保存期限\n\n聊天图片保存 7 天，到期自动删除。\n",
    en: "This guide says how we process personal information.\n\n## 1. What we process\n\nAn identifier, and a **precise location** for location messages.\n\n## 2. Periods\n\nPictures are kept for 7 days, then deleted by themselves.\n",
  },
} as const;

type Draft = {
  effectiveDate: string;
  change: Record<Locale, string>;
  yes: readonly MajorQuestion[];
};

/** Fills the composer's facts: date, one change, six answers. */
export async function fillComposer(page: Page, { effectiveDate, change, yes }: Draft) {
  await page.locator('[name="effectiveDate"]').fill(effectiveDate);
  await page.locator('[name="changes.0.text.zh-CN"]').fill(change["zh-CN"]);
  await page.locator('[name="changes.0.text.en"]').fill(change.en);
  for (const question of MAJOR_QUESTIONS) {
    const answer = yes.includes(question) ? "yes" : "no";
    await page.locator(`[name="majorAnswers.${question}"][value="${answer}"]`).check();
  }
}

/**
 * Saves the composer of a version or a notice, and says of what the checks then find that it may stay. The
 * form of the reasons is one of its own: what is typed in the composer has to be saved before.
 */
export async function explainFound(page: Page, locale: Locale): Promise<void> {
  const { reviews } = wordsOf(locale);
  const saved = page.waitForResponse((answer) => "next-action" in answer.request().headers());
  await page.getByRole("button", { name: reviews("composer.save"), exact: true }).click();
  await saved;
  await expect(page.locator('form[aria-busy="true"]')).toHaveCount(0);
  await page.reload();
  const reasons = page.locator('textarea[name^="explanations."]');
  const asked = await reasons.count();
  for (let index = 0; index < asked; index += 1)
    await reasons.nth(index).fill(reviews("checks.reason"));
  if (asked > 0) {
    await page.getByRole("button", { name: reviews("checks.explain"), exact: true }).click();
    await expect(reasons).toHaveCount(0);
  }
}

/** Saves and explains likewise, and hands the version to review. */
export async function submitComposed(page: Page, locale: Locale): Promise<void> {
  const { reviews } = wordsOf(locale);
  await explainFound(page, locale);
  await page.getByRole("button", { name: reviews("composer.submit"), exact: true }).click();
  await page.waitForURL(/\/review$/);
}

/** Another person opens what waits and approves it, through the confirmation. */
export async function approve(
  page: Page,
  { address, locale }: { address: string; locale: Locale },
) {
  const { policies: t } = wordsOf(locale);
  await page.goto(`${address}/review`);
  const label = /[0-9.]+$/.exec(await labelAt(address))?.[0] ?? "";
  await page
    .getByRole("button", { name: t("ops.decision.approve", { label }), exact: true })
    .click();
  await page.getByRole("dialog").getByRole("button").last().click();
  await page.waitForURL((url) => !url.pathname.endsWith("/review"));
}

/** Another person sends what waits back to its author. */
export async function sendBack(
  page: Page,
  { address, locale }: { address: string; locale: Locale },
) {
  const { reviews: t } = wordsOf(locale);
  await page.goto(`${address}/review`);
  await page.locator('[name="reason"]').fill(t("decision.reasonHint"));
  await page.getByRole("button", { name: t("decision.reject"), exact: true }).click();
  await page.waitForURL((url) => !url.pathname.endsWith("/review"));
}

async function labelAt(address: string): Promise<string> {
  const id = address.split("/").at(-1) ?? "";
  const [version] = await db.select().from(policyVersions).where(eq(policyVersions.id, id));
  return version?.label ?? "";
}

/** Midnight of the effective date has come: the worker's job, with the clock brought in. */
export async function bringMidnight(slug: string, label: string): Promise<void> {
  const [found] = await db
    .select({ date: policyVersions.effectiveDate })
    .from(policyVersions)
    .innerJoin(policyDocuments, eq(policyDocuments.id, policyVersions.documentId))
    .where(eq(policyDocuments.slug, slug))
    .orderBy(policyVersions.createdAt)
    .offset(label === "1.0" ? 0 : 1)
    .limit(1);
  const midnight = shanghaiMidnight(found?.date ?? "");
  const early = new Date(midnight.getTime() - 1000);
  expect(await activateDueVersions(asJob("activate-versions", early), {})).toEqual([]);
  expect(await activateDueVersions(asJob("activate-versions", midnight), {})).toHaveLength(1);
}

/**
 * The days of a play: the first version is in force from today, the next from the day after tomorrow,
 * so that no midnight of the machine's own clock brings it. A first version has to be approved on
 * its day: where too little of today is left for that, the play begins tomorrow.
 */
export async function daysOfPlay(): Promise<{ first: string; next: string }> {
  const begin = new Date();
  const midnight = shanghaiMidnight(addDays(shanghaiDay(begin), 1));
  const left = midnight.getTime() - begin.getTime();
  if (left < ENOUGH_FOR_APPROVAL) await sleep(left + 1000);
  const first = shanghaiDay(new Date());
  return { first, next: addDays(first, 2) };
}

/** Milliseconds. */
const ENOUGH_FOR_APPROVAL = 150_000;
