import { enterAs, putPopupsOff } from "./support/loop";
import { expect, test } from "./support/test";
import { wordsOf } from "./support/words";

const LOCALE = "zh-CN";

test("P12 P40: an owner takes the text for the app's own policy, says that it was updated, and confirms the preconditions", async ({
  browser,
}) => {
  test.setTimeout(120_000);
  const { policies: t } = wordsOf(LOCALE);
  const owner = await enterAs(browser, { name: "林知远", locale: LOCALE });
  await putPopupsOff(owner, LOCALE);
  await owner.goto(`/${LOCALE}/account`);
  const app = await owner
    .locator('main a[href*="/account/apps/"]')
    .first()
    .evaluate((link) => link.getAttribute("href"));
  await owner.goto(`${app}/duties`);

  await owner
    .getByRole("button", { name: t("duties.policy.take", { label: "3.1" }), exact: true })
    .click();
  await owner.waitForURL(/done=taken/);
  await expect(owner.getByText(t("duties.policy.same"))).toBeVisible();

  await owner.locator('[name="url"]').fill("https://qinghe.example/privacy");
  await owner
    .getByRole("button", { name: t("duties.policy.state"), exact: true })
    .first()
    .click();
  await owner.waitForURL(/done=stated/);
  await expect(owner.getByText("https://qinghe.example/privacy")).toBeVisible();

  for (const box of await owner.locator("#preconditions input[type=checkbox]").all())
    await box.check();
  await owner
    .getByRole("button", { name: t("duties.attest.submit.preconditions"), exact: true })
    .click();
  await owner.waitForURL(/done=attested/);
  await expect(owner.locator("#preconditions").getByText("林知远")).toBeVisible();
  await expect(owner.locator("#preconditions input[type=checkbox]")).toHaveCount(0);
});
