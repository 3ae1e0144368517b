import { executeDeregistrations } from "@/jobs/due";

import { givenDeregistered, givenLeavingAccount } from "./support/deregistered";
import { enterAs } from "./support/loop";
import { linkIn, mailTo } from "./support/mailbox";
import { signInByMail } from "./support/sign-in";
import { type Browser, expect, type Page, test } from "./support/test";
import { wordsOf } from "./support/words";

const DAY = 86_400_000;
const t = wordsOf("zh-CN");

/** The form as an owner fills it in. */
async function fillIn(page: Page, name: string): Promise<void> {
  await page.locator('[name="typedName"]').fill(name);
  await page.locator('[name="isSettled"]').check();
  await page.getByRole("button", { name: t.deregistrations("own.form.submit") }).click();
}

/** The same, and the dialog's last button. */
async function ask(page: Page, name: string): Promise<void> {
  await fillIn(page, name);
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: t.deregistrations("own.form.confirmSubmit") }).click();
}

const cancelButton = (page: Page) =>
  page.getByRole("button", { name: t.deregistrations("own.standing.cancel"), exact: true });

async function openAnonymously(browser: Browser, address: string) {
  const page = await (await browser.newContext({ locale: "zh-CN" })).newPage();
  const answer = await page.goto(address);
  return { page, status: answer?.status() };
}

test("P10 P33: asked for and cancelled, asked for again and carried out, to the certificate", async ({
  browser,
}) => {
  test.setTimeout(90_000);
  const { accountId, email, name } = await givenLeavingAccount("拾穗工作室");
  const address = `/zh-CN/account/deregistration?account=${accountId}`;
  const page = await (await browser.newContext({ locale: "zh-CN" })).newPage();
  await page.goto(address);
  await signInByMail(page, email);

  // 1 A wrong name is refused at its field and stays typed; the right one begins the cooling-off.
  await expect(page).toHaveURL(new RegExp(`account=${accountId}`));
  // What is missing is said at once; nobody is asked to confirm what would be refused.
  await page.getByRole("button", { name: t.deregistrations("own.form.submit") }).click();
  await expect(page.getByRole("alert").first()).toContainText(t.deregistrations("own.form.name"));
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await fillIn(page, "拾穗");
  await expect(page.getByRole("alert").first()).toContainText(name);
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(page.locator('[name="typedName"]')).toHaveValue("拾穗");
  await ask(page, name);
  await expect(cancelButton(page)).toBeVisible();
  await expect(page.getByText("还有 7 天")).toBeVisible();
  const asked = await mailTo(email, { subject: /已申请/ });
  expect(linkIn(asked, "/account/deregistration")).toContain("account=");
  // Everything about it can still be had, and the page says when it was.
  await expect(page.getByText(t.deregistrations("own.export.notTaken"))).toBeVisible();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: t.access("ownData.account.download"), exact: true }).click(),
  ]);
  expect(await download.failure()).toBeNull();
  await page.reload();
  const [taken = ""] = t.deregistrations("own.export.taken", { at: "…" }).split("…");
  await expect(page.getByText(taken.trim())).toBeVisible();

  // 2 The banner is on every page, and one click cancels.
  await page.goto("/zh-CN/home");
  await page
    .getByRole("link", { name: t.deregistrations("own.banner.cancel"), exact: true })
    .click();
  await cancelButton(page).click();
  await expect(cancelButton(page)).toHaveCount(0);
  await mailTo(email, { subject: /已取消/ });

  // 3 Asked for again; seven days later it is carried out, not before.
  await ask(page, name);
  await expect(cancelButton(page)).toBeVisible();
  await executeDeregistrations(new Date(Date.now() + 7 * DAY - 60_000));
  await page.reload();
  await expect(cancelButton(page)).toBeVisible();
  await executeDeregistrations(new Date(Date.now() + 7 * DAY + 60_000));

  // 4 The session has ended, and the address belongs to nobody.
  await page.goto(address);
  await expect(page).toHaveURL(/\/sign-in/);

  // 5 The last mail carries the certificate and the key to its page; without it there is none.
  const last = await mailTo(email, { subject: /注销证明/ });
  expect(last.text).toContain("依法保留");
  const link = linkIn(last, "/deregistration/certificate/");
  const hash = /sha256 ([0-9a-f]{64})/.exec(last.text ?? "")?.[1] ?? "";
  const certificate = await openAnonymously(browser, link);
  await expect(certificate.page.getByText(hash).first()).toBeVisible();
  await expect(certificate.page.getByText(t.deregistrations("certificate.matches"))).toBeVisible();
  expect((await openAnonymously(browser, link.split("?")[0] ?? "")).status).toBe(404);
  expect((await openAnonymously(browser, `${link}x`)).status).toBe(404);
});

test("P33: the desk finds the deregistration, its course and its certificate", async ({
  browser,
}) => {
  const { certificateNumber } = await givenDeregistered();
  const auditor = await enterAs(browser, { name: "白朔", locale: "zh-CN" });
  await auditor.goto("/zh-CN/ops/deregistrations?view=completed");
  await auditor.getByRole("link", { name: certificateNumber }).click();
  await auditor
    .getByRole("link", { name: t.deregistrations("ops.openCertificate"), exact: true })
    .click();
  await expect(auditor.getByRole("heading", { level: 1 })).toContainText(certificateNumber);
});
