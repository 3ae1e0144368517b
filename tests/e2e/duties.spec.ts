import { eq } from "drizzle-orm";

import { db } from "@/db/client";
import { apps } from "@/db/schema";
import { affecting, givenListed } from "@/tests/support/own-policy";
import { givenApproved, untilInForce } from "@/tests/support/policies";

import { enterAs, putPopupsOff } from "./support/loop";
import { refill } from "./support/ready";
import { agree, enter, press } from "./support/request-desk";
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

test("P04: who knows of a minor change says so and has a receipt of it; their pipeline asks by a token of its own", async ({
  browser,
}) => {
  const { inbox: t, tickets } = wordsOf(LOCALE);
  const desk = await givenListed();
  await givenApproved(desk, { label: "1.1", effectiveDate: "2026-04-20", at: "2026-04-10 10:00" });
  const owner = await enter(browser, desk.owner.email);
  await owner.goto(`/${LOCALE}/inbox`);
  await owner.getByRole("main").getByRole("link", { name: "1.1 版" }).first().click();
  await press(owner, t("know.confirm"));
  await expect(owner.getByRole("heading", { name: t("know.receipt") })).toBeVisible();
  await expect(owner.locator("#known")).toContainText(t("know.statement"));
  await expect(owner.getByRole("button", { name: t("know.confirm") })).toHaveCount(0);

  await owner.goto(`/${LOCALE}/account/tokens`);
  await refill(owner.locator('[name="name"]'), "发布流水线");
  await press(owner, tickets("tokens.create"));
  const token = await owner.getByText(/^gaozhi_[\w-]{43}$/).innerText();
  const [app] = await db.select().from(apps).where(eq(apps.id, desk.appId));
  const ask = async (sdkAppId = "") =>
    (
      await owner.request.get(`/api/v1/apps/${sdkAppId}/compliance`, {
        headers: { authorization: `Bearer ${token}` },
      })
    ).status();
  expect(await ask(app?.sdkAppId)).toBe(200);
  expect(await ask("1400001287")).toBe(404);
  await press(owner, tickets("tokens.revokeNamed", { name: "发布流水线" }));
  await agree(owner);
  await expect(owner.getByText(tickets("tokens.states.revoked"))).toBeVisible();
  expect(await ask(app?.sdkAppId)).toBe(401);
});
