import type { Page } from "@playwright/test";

import { linkIn, mailTo } from "./mailbox";
import { wordsOf } from "./words";

const { access } = wordsOf("zh-CN");

/** Signs in by the newest mail's link, from wherever the page sent, to where the page leads then. */
export async function signInByMail(page: Page, email: string, leadsTo?: RegExp): Promise<void> {
  const after = Date.now();
  await page.locator('[name="email"]').fill(email);
  await page.getByRole("button", { name: access("signIn.send") }).click();
  await page.waitForURL(/\/sign-in\/code/);
  await page.goto(linkIn(await mailTo(email, { subject: /登录/, after }), "/sign-in/confirm"));
  await page.getByRole("button", { name: access("confirm.submit"), exact: true }).click();
  await page.waitForURL(leadsTo ?? ((url) => !url.pathname.includes("sign-in")));
}
