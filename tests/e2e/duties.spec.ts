import { affecting, givenListed } from "@/tests/support/own-policy";
import { untilInForce } from "@/tests/support/policies";

import { enterAs, putPopupsOff } from "./support/loop";
import { enter, press } from "./support/request-desk";
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

test("P40: the text for an app's own policy is taken, shown with what a version changed in it, and taken again", async ({
  browser,
}) => {
  const { policies: t } = wordsOf(LOCALE);
  const desk = await givenListed();
  const owner = await enter(browser, desk.owner.email);
  const address = `/${LOCALE}/account/apps/${desk.appId}/duties`;
  const same = owner.getByText(t("duties.policy.same"));
  const changed = owner.getByText(t("duties.policy.changed"));

  await owner.goto(address);
  await press(owner, t("duties.policy.take", { label: "1.0" }));
  await expect(same).toBeVisible();
  await untilInForce(await affecting(desk));
  await owner.goto(address);
  await expect(changed).toBeVisible();
  const added = owner.getByRole("main").locator("ins").filter({ hasText: "通讯录" });
  await expect(added.first()).toBeVisible();

  await press(owner, t("duties.policy.take", { label: "2.0" }));
  await expect(same).toBeVisible();
  await expect(changed).toHaveCount(0);
});
