import { enterAs, putPopupsOff } from "./support/loop";
import { linkIn, mailTo } from "./support/mailbox";
import { expect, test } from "./support/test";
import { wordsOf } from "./support/words";

const { contacts: t, access } = wordsOf("zh-CN");
const address = "duty@qinghe.example";

test("P18: add a contact, follow its mail, confirm, be listed as confirmed, be removed", async ({
  browser,
}) => {
  const owner = await enterAs(browser, { name: "林知远", locale: "zh-CN" });
  await putPopupsOff(owner, "zh-CN");
  await owner.goto("/zh-CN/account/contacts");
  await owner.getByRole("link", { name: t("add", { kind: t("kind.technical") }) }).click();
  await expect(owner.getByRole("radio", { name: t("kind.technical") })).toBeChecked();

  // What is wrong is said at its field, and what was typed stays.
  await owner.locator('[name="email"]').fill("duty");
  await owner.locator('[name="name"]').fill("发布值班");
  await owner.getByRole("button", { name: t("form.submit") }).click();
  await expect(owner.getByRole("alert").first()).toBeFocused();
  await expect(owner.locator('[name="name"]')).toHaveValue("发布值班");
  await owner.locator('[name="email"]').fill(address);
  await owner.getByRole("button", { name: t("form.submit") }).click();
  await expect(owner.getByText(t("saved.added"))).toBeVisible();
  const entry = owner.getByRole("listitem").filter({ hasText: address });
  await expect(entry).toContainText(t("status.waiting"));

  const mail = await mailTo(address, { subject: /青禾网络/ });
  expect(mail.text).toContain(t("kind.technical"));
  const link = linkIn(mail, "/contacts/confirm");
  const reader = await (await browser.newContext({ locale: "zh-CN" })).newPage();
  await reader.request.get(link); // A mail scanner opens the link and confirms nothing.
  await owner.reload();
  await expect(entry).toContainText(t("status.waiting"));

  await reader.goto(link);
  await reader.getByRole("button", { name: t("confirm.submit") }).click();
  await expect(reader.getByRole("heading", { level: 1 })).toHaveText(t("confirm.used.title"));
  await owner.reload();
  await expect(entry).toContainText(t("status.verified"));

  // The address is a person who may sign in, and who turns announcement mails off.
  await reader.goto("/zh-CN/sign-in?return=/zh-CN/settings");
  await reader.locator('[name="email"]').fill(address);
  await reader.getByRole("button", { name: access("signIn.send") }).click();
  const key = await mailTo(address, { subject: /登录/ });
  await reader.goto(linkIn(key, "/sign-in/confirm"));
  await reader.getByRole("button", { name: access("confirm.submit"), exact: true }).click();
  await reader.waitForURL(/\/settings/);
  const announcements = reader.getByLabel(access("settings.mailed.announcements"));
  await announcements.selectOption("never");
  await reader.getByRole("button", { name: access("settings.save") }).click();
  await expect(reader.getByText(access("settings.saved"))).toBeVisible();
  await reader.reload();
  await expect(announcements).toHaveValue("never");

  await entry.getByRole("button", { name: t("remove") }).click();
  await owner
    .getByRole("dialog")
    .getByRole("button", { name: t("remove"), exact: true })
    .click();
  await expect(owner.getByText(t("saved.removed"))).toBeVisible();
  await expect(entry).toHaveCount(0);
  await reader.goto(link);
  await expect(reader.getByRole("heading", { level: 1 })).toHaveText(t("confirm.removed.title"));
});

test("P23: everything about oneself, and about one's account, is taken as one file", async ({
  browser,
}) => {
  const owner = await enterAs(browser, { name: "林知远", locale: "zh-CN" });
  await putPopupsOff(owner, "zh-CN");
  for (const [path, button, name] of [
    ["settings", "ownData.download", /^gaozhi-person-[\d-]+\.zip$/],
    ["account", "ownData.account.download", /^gaozhi-account-[\d-]+\.zip$/],
  ] as const) {
    await owner.goto(`/zh-CN/${path}`);
    const [download] = await Promise.all([
      owner.waitForEvent("download"),
      owner
        .getByRole("button", { name: access(button), exact: true })
        .first()
        .click(),
    ]);
    expect(download.suggestedFilename()).toMatch(name);
    expect(await download.failure()).toBeNull();
  }
});
