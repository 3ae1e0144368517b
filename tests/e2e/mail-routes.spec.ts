import { enterAs } from "./support/loop";
import { expect, test } from "./support/test";
import { wordsOf } from "./support/words";

const { broadcasts, reviews } = wordsOf("zh-CN");

test("P15: as which region's the accounts without one are treated is refused for a region that is known, and decided by two people", async ({
  browser,
}) => {
  const author = await enterAs(browser, { name: "许明衡", locale: "zh-CN" });
  await author.goto("/zh-CN/ops/mail-routes");
  const propose = author.getByRole("form", { name: broadcasts("routes.propose") });
  await propose.locator('[name="region"]').selectOption("cn");
  await propose.locator('[name="route"][value="as_other"]').check();
  await propose.getByRole("button", { name: broadcasts("routes.submit") }).click();
  await expect(propose.getByText(broadcasts("errors.route.stated")).first()).toBeVisible();
  // What was chosen stays.
  await expect(propose.locator('[name="route"][value="as_other"]')).toBeChecked();
  await propose.locator('[name="region"]').selectOption("unstated");
  await propose.getByRole("button", { name: broadcasts("routes.submit") }).click();
  await expect(author.getByRole("status").getByText(broadcasts("routes.proposed"))).toBeVisible();

  const approver = await enterAs(browser, { name: "沈安澜", locale: "zh-CN" });
  await approver.goto("/zh-CN/ops/mail-routes");
  await approver.locator('[name="decision"][value="approved"]').check();
  await approver.getByRole("button", { name: reviews("proposal.submit"), exact: true }).click();
  await expect(approver.getByRole("status").getByText(broadcasts("routes.decided"))).toBeVisible();
  const row = approver.getByRole("row", { name: broadcasts("routes.regions.unstated") });
  await expect(row).toContainText(broadcasts("routes.routes.as_other"));
  // Mails of the portal that other plays share leave as before.
  await expect(row).toContainText(broadcasts("routes.leaves"));
});
