import { enterAs } from "./support/loop";
import { expect, test } from "./support/test";
import { wordsOf } from "./support/words";

const { broadcasts, reviews } = wordsOf("zh-CN");
const t = (key: string) => broadcasts(`routes.${key}`);

test("P15: as which region's the accounts without one are treated is refused for a region that is known, and decided by two people", async ({
  browser,
}) => {
  const author = await enterAs(browser, { name: "许明衡", locale: "zh-CN" });
  await author.goto("/zh-CN/ops/mail-routes");
  const propose = author.getByRole("form", { name: t("propose") });
  await propose.locator('[name="region"]').selectOption("cn");
  await propose.locator('[name="route"][value="as_other"]').check();
  await propose.getByRole("button", { name: t("submit") }).click();
  await expect(propose.getByText(broadcasts("errors.route.stated")).first()).toBeVisible();
  // What was chosen stays.
  await expect(propose.locator('[name="route"][value="as_other"]')).toBeChecked();
  await propose.locator('[name="region"]').selectOption("unstated");
  await propose.getByRole("button", { name: t("submit") }).click();
  await expect(author.getByRole("status").getByText(t("proposed"))).toBeVisible();

  const approver = await enterAs(browser, { name: "沈安澜", locale: "zh-CN" });
  await approver.goto("/zh-CN/ops/mail-routes");
  await approver.locator('[name="decision"][value="approved"]').check();
  await approver.getByRole("button", { name: reviews("proposal.submit"), exact: true }).click();
  await expect(approver.getByRole("status").getByText(t("decided"))).toBeVisible();
  const row = approver.getByRole("row", { name: t("regions.unstated") });
  await expect(row).toContainText(t("routes.as_other"));
  // Mails of the portal that other plays share leave as before.
  await expect(row).toContainText(t("leaves"));
});
