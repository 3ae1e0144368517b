import { type Browser, expect, type Page } from "@playwright/test";

import { readPerson } from "@/domain/access/session";
import { asJob } from "@/domain/context";

import { linkIn, mailTo } from "./mailbox";
import { sessionOf } from "./people";
import { refill } from "./ready";
import { wordsOf } from "./words";

/** The plays of requests are in Chinese, the language they are filed and answered in. */
export const zh = wordsOf("zh-CN");

/** A browser of its own for a person of the demo, signed in; the notice that may wait for them is put off. */
export async function enter(browser: Browser, email: string): Promise<Page> {
  const person = await readPerson(asJob("tests", new Date()), { email });
  if (!person) throw new Error(`the story has no ${email}`);
  const context = await browser.newContext({
    locale: "zh-CN",
    extraHTTPHeaders: { cookie: await sessionOf(person) },
  });
  const page = await context.newPage();
  const later = page.getByRole("button", { name: zh.home("console.popup.later"), exact: true });
  // Closing one brings the next, which may take the button's place just before the click: then it is asked again.
  const putOff = () => later.click({ timeout: 1_000 }).catch(() => undefined);
  await page.addLocatorHandler(later, putOff, { noWaitAfter: true });
  return page;
}

/** Presses a button of a page by its whole name. */
export const press = (page: Page, name: string) =>
  page.getByRole("button", { name, exact: true }).click();

/** Says yes to what a dialog asks. */
export const agree = (page: Page) => page.getByRole("dialog").getByRole("button").last().click();

/** The sentence that confirms an act on the page that follows it. */
export const confirms = (page: Page, sentence: string) =>
  expect(page.getByRole("status").filter({ hasText: sentence })).toBeVisible();

/** Opens a case from the queue, as its handler does. */
export async function openFromQueue(page: Page, number: string): Promise<void> {
  await page.goto(`/zh-CN/ops/requests?text=${number}`);
  const row = page.getByRole("row").filter({ hasText: number });
  // Anywhere on the row, once the page's scripts have come.
  await expect(async () => {
    // What was slow to come stands there by now, and the row is gone with the queue.
    const isThere = new URL(page.url()).pathname.endsWith(`/${number}`);
    if (!isThere) await row.getByRole("cell").last().click({ timeout: 2_000 });
    await page.waitForURL(`**/ops/requests/${number}`, { timeout: 2_000 });
  }).toPass();
}

/** Takes a case from the queue and finds its materials good. */
export async function takeAndVerify(page: Page, number: string): Promise<void> {
  await openFromQueue(page, number);
  await press(page, zh.requests("desk.do.take"));
  await confirms(page, zh.requests("desk.done.taken"));
  await press(page, zh.requests("desk.do.verified"));
  await confirms(page, zh.requests("desk.done.verified"));
}

type Answer = { outcome: "fulfilled" | "refused"; words: string; code?: "R-a" };

/** Looks at an answer as its requester will read it, then proposes it to a second person. */
export async function propose(page: Page, { outcome, words, code }: Answer): Promise<void> {
  await page.getByLabel(zh.requests(`outcome.${outcome}`), { exact: true }).check();
  await refill(page.getByLabel(zh.requests("desk.decide.explanation")), words);
  if (code)
    await page
      .getByLabel(zh.requests("desk.decide.code"), { exact: true })
      .selectOption({ label: `${code} ${zh.requests(`code.${code}`)}` });
  await press(page, zh.requests("desk.decide.preview"));
  const title = zh.requests("answer.title", { outcome: zh.requests(`outcome.${outcome}`) });
  await expect(page.getByRole("status").filter({ hasText: title })).toContainText(words);
  await press(page, zh.requests("desk.decide.propose"));
  await confirms(page, zh.requests("desk.done.proposed"));
}

/** The link of the mail about a request that has a title. */
export async function mailedLink(address: string, title: string): Promise<string> {
  const mail = await mailTo(address, { subject: new RegExp(title) });
  return linkIn(mail, "/requests/");
}

/** Proves an address by the code of the mail that comes to it; the page is where the address is asked for. */
export async function proveAddress(page: Page, address: string): Promise<void> {
  const earlier = Date.now();
  await page.locator('[name="email"]').fill(address);
  await press(page, zh.access("prove.send"));
  await page.waitForURL(/\/sign-in\/code/);
  const { text } = await mailTo(address, { subject: /验证/, after: earlier });
  await page.locator('[name="code"]').fill(/\b\d{4} \d{4}\b/.exec(text ?? "")?.[0] ?? "");
  await press(page, zh.access("prove.submit"));
  await page.waitForURL((url) => !url.pathname.includes("/sign-in"));
}
