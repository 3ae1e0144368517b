import { personOf, sessionOf } from "./support/people";
import { press } from "./support/request-desk";
import { type Browser, expect, type Page, test } from "./support/test";
import { wordsOf } from "./support/words";

const { accounts, tickets } = wordsOf("zh-CN");

/** A browser that runs no scripts, of somebody of the demo. */
async function enterPlainly(browser: Browser, role: "admin" | "support"): Promise<Page> {
  const cookie = await sessionOf(await personOf(role));
  const settings = { locale: "zh-CN", javaScriptEnabled: false, extraHTTPHeaders: { cookie } };
  return (await browser.newContext(settings)).newPage();
}

test("without scripts what is drawn beside a form comes with the page: a token, a ticket's link, an import looked at and written", async ({
  browser,
}) => {
  const admin = await enterPlainly(browser, "admin");
  const answer = (page: Page) => page.getByRole("main").getByRole("status");
  await admin.goto("/zh-CN/ops/tokens");
  await admin.locator('[name="name"]').fill("没有脚本");
  await press(admin, tickets("tokens.create"));
  await expect(answer(admin).getByText(/^gaozhi_[A-Za-z0-9_-]{20,}$/)).toHaveCount(1);
  await admin.goto("/zh-CN/ops/tokens");
  await expect(answer(admin)).toHaveCount(0);

  const support = await enterPlainly(browser, "support");
  await support.goto("/zh-CN/ops/tickets/new");
  await support.locator('[name="wish.ticketNumber"]').fill(`T-${Date.now()}`);
  await press(support, tickets("new.submit"));
  await expect(answer(support).getByText(/^http\S+\/zh-CN\/t\/\S+$/)).toHaveCount(1);

  const name = `无脚本科技 ${Date.now()}`;
  const uin = String(Date.now());
  const file = {
    ...{ name: "accounts.csv", mimeType: "text/csv" },
    buffer: Buffer.from(`uin,name\n${uin},${name}\n`),
  };
  await admin.goto("/zh-CN/ops/accounts/import");
  await admin.locator('[name="file"]').setInputFiles(file);
  await press(admin, accounts("import.preview"));
  await expect(admin.getByText(accounts("import.chooseAgain"))).toBeVisible();
  await expect(admin.getByRole("main")).toContainText(name);
  await admin.locator('[name="file"]').setInputFiles(file);
  await press(admin, accounts("import.confirm", { count: 1 }));
  await expect(admin.getByText(accounts("import.done", { added: 1, changed: 0 }))).toBeVisible();
});
