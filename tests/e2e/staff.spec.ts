import { enterAs, putPopupsOff } from "./support/loop";
import { signInByMail } from "./support/sign-in";
import { expect, type Page, test } from "./support/test";
import { wordsOf } from "./support/words";

const { inbox, staff } = wordsOf("zh-CN");

const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();
const agree = (page: Page, name: string) =>
  page.getByRole("dialog").getByRole("button", { name, exact: true }).click();

const statusOf = async (page: Page, path: string) => (await page.goto(path))?.status();

test("who is invited, given another role and dismissed may at the next request what they may then", async ({
  browser,
}) => {
  const admin = await enterAs(browser, { name: "乔静一", locale: "zh-CN" });
  const email = `invited-${Date.now()}@yunqiao.example`;
  await admin.goto("/zh-CN/ops/staff/new");
  await admin.locator('[name="email"]').fill(email);
  await admin.locator('[name="name"]').fill("韩霁");
  await admin.locator('[name="roles"][value="auditor"]').check();
  await press(admin, staff("inviteSubmit"));
  await expect(admin.getByRole("status").filter({ hasText: staff("saved.invited") })).toBeVisible();

  const invited = await (await browser.newContext({ locale: "zh-CN" })).newPage();
  await invited.goto("/zh-CN/sign-in");
  await signInByMail(invited, email);
  expect(await statusOf(invited, "/zh-CN/ops/audit")).toBe(200);
  expect(await statusOf(invited, "/zh-CN/ops/policies/new")).not.toBe(200);

  await admin.getByRole("link", { name: "韩霁" }).click();
  await admin.locator('[name="roles"][value="auditor"]').uncheck();
  await admin.locator('[name="roles"][value="author"]').check();
  await press(admin, staff("save"));
  await agree(admin, staff("save"));
  await expect(admin.getByRole("status").filter({ hasText: staff("saved.changed") })).toBeVisible();
  expect(await statusOf(invited, "/zh-CN/ops/audit")).not.toBe(200);
  expect(await statusOf(invited, "/zh-CN/ops/policies/new")).toBe(200);

  await admin.getByRole("link", { name: "韩霁" }).click();
  await press(admin, staff("leave"));
  await agree(admin, staff("leave"));
  await expect(admin.getByRole("status").filter({ hasText: staff("saved.ended") })).toBeVisible();
  await invited.goto("/zh-CN/ops/policies");
  await expect(invited).toHaveURL(/\/zh-CN\/sign-in/);
});

test("a session ended from the list in another browser is out at its next click", async ({
  browser,
}) => {
  const here = await enterAs(browser, { name: "陆诗雨", locale: "zh-CN" });
  const there = await enterAs(browser, { name: "陆诗雨", locale: "zh-CN" });
  await Promise.all([here, there].map((page) => putPopupsOff(page, "zh-CN")));
  await here.goto("/zh-CN/settings");
  const others = here.locator("#sessions").getByRole("button", { name: /^结束 .+ 的登录$/ });
  for (let left = await others.count(); left > 0; left -= 1) {
    await others.first().click();
    await expect(others).toHaveCount(left - 1);
  }
  await there
    .getByRole("link", { name: inbox("title") })
    .first()
    .click();
  await expect(there).toHaveURL(/\/zh-CN\/sign-in/);
  await here.goto("/zh-CN/home");
  await expect(here).not.toHaveURL(/sign-in/);
});
