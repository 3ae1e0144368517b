import type { Locale } from "@/db/vocabulary/languages";
import { formatDate } from "@/lib/format";
import { shanghaiMidnight } from "@/lib/shanghai";

import {
  approve,
  bringMidnight,
  daysOfPlay,
  enterAs,
  fillComposer,
  putPopupsOff,
  sendBack,
  submitComposed,
  TEXTS,
} from "./support/loop";
import { linkIn, mailTo } from "./support/mailbox";
import { openWithLateScripts, refill } from "./support/ready";
import { expect, test } from "./support/test";
import { wordsOf } from "./support/words";

type Play = {
  locale: Locale;
  slug: string;
  titles: { zh: string; en: string };
  developer: { name: string; email: string };
  colleague: { name: string; email: string };
};

const PLAYS: Play[] = [
  {
    locale: "zh-CN",
    slug: "loop-guide",
    titles: { zh: "循环测试指引", en: "Loop test guide" },
    developer: { name: "林知远", email: "lin.zhiyuan@qinghe.example" },
    colleague: { name: "宋一可", email: "song.yike@qinghe.example" },
  },
  {
    locale: "en",
    slug: "circle-guide",
    titles: { zh: "往返测试指引", en: "Circle test guide" },
    developer: { name: "Mira Holt", email: "mira.holt@northwind.example" },
    colleague: { name: "Jonas Vale", email: "jonas.vale@northwind.example" },
  },
];

for (const play of PLAYS) {
  const { locale, slug, titles, developer, colleague } = play;
  const t = wordsOf(locale);
  const title = locale === "zh-CN" ? titles.zh : titles.en;
  const change = {
    "zh-CN": `${titles.zh}:聊天图片的保存期由 30 天缩短为 7 天。`,
    en: `${titles.en}: pictures are kept for 7 days instead of 30.`,
  };

  test(`P01 P02 P39 P41 P44: publish, tell, acknowledge, in ${locale}`, async ({ browser }) => {
    test.setTimeout(400_000);
    const days = await daysOfPlay();
    const author = await enterAs(browser, { name: "许明衡", locale });
    const approver = await enterAs(browser, { name: "沈安澜", locale });

    // 1 The document, its first text from a file, published as the version in force.
    await author.goto(`/${locale}/ops/policies/new`);
    await author.locator('[name="titleZh"]').fill(titles.zh);
    await author.locator('[name="titleEn"]').fill(titles.en);
    await author.locator('[name="slug"]').fill(slug);
    await author
      .getByRole("button", { name: t.policies("ops.create.submit"), exact: true })
      .click();
    await author.locator('[name="label"]').fill("1.0");
    await author.getByRole("button", { name: t.policies("ops.document.draft") }).click();
    await author.waitForURL(/\/ops\/policies\/[0-9a-f-]+\/[0-9a-f-]+$/);
    const first = new URL(author.url()).pathname;

    await author.getByText(t.policies("ops.import.open"), { exact: true }).first().click();
    await author.locator('[name="file"]').setInputFiles({
      name: "guide.md",
      mimeType: "text/markdown",
      buffer: Buffer.from(`${TEXTS.first["zh-CN"]}\n\n<!-- 法务待确认 -->\n`),
    });
    await author.getByRole("button", { name: t.policies("ops.import.submit") }).click();
    await expect(author.locator('[name="texts.zh-CN"]')).toHaveValue(/聊天图片保存 30 天/);
    // What the file says to its authors alone is left out; its author confirms that they saw it.
    await expect(author.locator('[name="texts.zh-CN"]')).not.toHaveValue(/法务待确认/);
    await expect(author.getByText("法务待确认")).toBeVisible();
    const confirm = author.getByRole("button", { name: t.policies("ops.import.warned.confirm") });
    await confirm.click();
    await expect(confirm).toHaveCount(0);
    await author.locator('[name="texts.en"]').fill(TEXTS.first.en);
    await fillComposer(author, {
      effectiveDate: days.first,
      change: { "zh-CN": "首次发布。", en: "First published." },
      yes: [],
    });
    await submitComposed(author, locale);
    // Nobody approves their own work.
    await expect(
      author.getByRole("button", { name: t.policies("ops.decision.approve", { label: "1.0" }) }),
    ).toBeDisabled();
    await approve(approver, { address: first, locale });
    const reader = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
    await reader.goto(`/${locale}/policies/${slug}`);
    await expect(reader.getByRole("heading", { level: 1 })).toHaveText(title);
    await expect(reader.getByText(t.policies("status.in_force")).first()).toBeVisible();
    await expect(reader.locator("strong").first()).toBeVisible();

    // 2 The next version: changes, six questions, one yes; a second person approves.
    const documentPage = first.split("/").slice(0, -1).join("/");
    await author.goto(documentPage);
    await author.locator('[name="label"]').fill("1.1");
    await author.getByRole("button", { name: t.policies("ops.document.draft") }).click();
    await author.waitForURL(/\/ops\/policies\/[0-9a-f-]+\/[0-9a-f-]+$/);
    const second = new URL(author.url()).pathname;
    await author.locator('[name="texts.zh-CN"]').fill(TEXTS.second["zh-CN"]);
    await author.locator('[name="texts.en"]').fill(TEXTS.second.en);
    await fillComposer(author, { effectiveDate: days.next, change, yes: ["rights"] });
    await submitComposed(author, locale);

    // It is sent back once: resubmitted, it shows its approver what is different since.
    await sendBack(approver, { address: second, locale });
    const typo = TEXTS.second[locale].replace("7", "77");
    const text = author.locator(`[name="texts.${locale}"]`);
    // What is typed before the page's scripts have come stays typed.
    const bringScripts = await openWithLateScripts(author, second);
    await text.fill(typo);
    await bringScripts(text);
    await expect(text).toHaveValue(typo);
    await author.locator('[name="affectsEndUsers"]').check();
    await submitComposed(author, locale);
    await approver.goto(`${second}/review`);
    const since = approver.locator("#since");
    await expect(since.locator("del").filter({ hasText: /^7$/ })).toBeVisible();
    await expect(since.getByText(t.policies("ops.review.endUsers"), { exact: true })).toBeVisible();
    await expect(since.locator("ins").filter({ hasText: "77" })).toBeVisible();
    await sendBack(approver, { address: second, locale });
    await approver.goto(`${second}/review`);
    await expect(since).toContainText(t.reviews("since.same"));
    await author.goto(second);
    await refill(text, TEXTS.second[locale]);
    await author.locator('[name="affectsEndUsers"]').uncheck();
    await submitComposed(author, locale);
    await approve(approver, { address: second, locale });

    // 3 Everybody is told: mail, in-site message, announcement; the board shows it.
    const versionId = second.split("/").at(-1) ?? "";
    const mail = await mailTo(developer.email, { subject: new RegExp(title) });
    expect(mail.text).toContain(change[locale]);
    expect(mail.html).toContain(change[locale]);
    await reader.goto(`/${locale}/announcements`);
    const shownDate = formatDate(shanghaiMidnight(days.next), locale);
    const announced = reader.locator("article, li").filter({ hasText: title });
    await expect(announced.filter({ hasText: shownDate }).first()).toBeVisible();
    await author.goto(`/${locale}/ops/broadcasts`);
    await author
      .getByRole("link", { name: new RegExp(title) })
      .first()
      .click();
    await expect(author.getByText(developer.email)).toHaveCount(1, { timeout: 15_000 });

    // 4 The mail's link, sign-in by mail, and straight to the item.
    const visitor = await (await browser.newContext({ locale })).newPage();
    await visitor.goto(linkIn(mail, `/acknowledgements/${versionId}`));
    await expect(visitor).toHaveURL(/\/sign-in/);
    await visitor.locator('[name="email"]').fill(developer.email);
    await visitor.getByRole("button", { name: t.access("signIn.send") }).click();
    await visitor.waitForURL(/\/sign-in\/code/);
    const key = await mailTo(developer.email, { subject: locale === "en" ? /sign/i : /登录/ });
    const link = linkIn(key, "/sign-in/confirm");
    await visitor.request.get(link); // A mail scanner opens the link and uses nothing up.
    await visitor.goto(link);
    await visitor.getByRole("button", { name: t.access("confirm.submit"), exact: true }).click();
    await visitor.waitForURL(new RegExp(`/acknowledgements/${versionId}`));
    await expect(visitor.getByText(change[locale]).first()).toBeVisible();
    await visitor.goto(linkIn(mail, "/changes"));
    await expect(visitor.locator("ins, del").first()).toBeVisible();

    // A colleague who may not bind the account sees popup, red dot and banner too.
    const other = await enterAs(browser, { name: colleague.name, locale });
    const popup = other.getByRole("dialog").filter({ hasText: title });
    await expect(popup).toContainText(shownDate);
    const noDot = other.getByRole("link", { name: t.layout("unread", { count: 0 }) });
    await expect(noDot).toHaveCount(0);

    await visitor.goto(`/${locale}/acknowledgements/${versionId}`);
    const date = locale === "en" ? shownDate : days.next;
    const name = t.acknowledgements("page.acknowledge", { label: "1.1", date });
    await visitor.getByRole("button", { name }).click();
    await expect(visitor.getByRole("alert").first()).toBeVisible(); // The box is not ticked.
    await visitor.locator('[name="confirmed"]').check();
    await visitor.getByRole("button", { name }).click();
    await visitor.waitForURL(/\/receipts\/A-\d{4}-\d{6}/);
    const number = /A-\d{4}-\d{6}/.exec(visitor.url())?.[0] ?? "";
    const receipt = await mailTo(developer.email, { text: new RegExp(number) });
    expect(receipt.text).toContain(title);

    // Once the account has answered, nothing presses on the colleague, who cannot answer.
    await other.reload();
    await expect(popup).toHaveCount(0);
    await putPopupsOff(other, locale);
    await other.goto(`/${locale}/acknowledgements/${versionId}`);
    await expect(other.getByText(number).first()).toBeVisible();
    await expect(other.locator('[name="confirmed"]')).toHaveCount(0);

    // Operations sees who has answered.
    await author.goto(`${second}/answers`);
    await expect(author.getByText(number).first()).toBeVisible();

    // 5 Midnight: the new one is in force, the old one archived, both readable.
    await bringMidnight(slug, "1.1");
    await reader.goto(`/${locale}/policies/${slug}`);
    await expect(reader.getByText(locale === "en" ? /7 days/ : /7 天/).first()).toBeVisible();
    await reader.goto(`/${locale}/policies/${slug}/1.0`);
    await expect(reader.getByText(t.policies("status.archived")).first()).toBeVisible();
    await expect(reader.getByText(locale === "en" ? /30 days/ : /30 天/).first()).toBeVisible();

    // 6 The record says who did what.
    const auditor = await enterAs(browser, { name: "白朔", locale });
    await auditor.goto(`/${locale}/ops/audit?subjectType=version&subjectId=${versionId}`);
    for (const person of ["许明衡", "沈安澜"])
      await expect(auditor.getByText(person).first()).toBeVisible();
  });
}
