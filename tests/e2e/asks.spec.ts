import { eq } from "drizzle-orm";

import { db } from "@/db/client";
import { appPlatforms, apps } from "@/db/schema";
import { addDays, shanghaiDay, shanghaiMinute } from "@/lib/shanghai";
import { givenAccount, givenMember } from "@/tests/support/people";
import { givenApproved, givenInForce, MAJOR_CHANGE, untilInForce } from "@/tests/support/policies";

import { enter } from "./support/request-desk";
import { expect, test } from "./support/test";
import { wordsOf } from "./support/words";

const zh = wordsOf("zh-CN");

/** A major version in force that an account with an app on HarmonyOS never answered, and a minor one after it. */
async function givenOutlived() {
  const desk = await givenInForce();
  const account = await givenAccount({ productId: desk.productId });
  const owner = await givenMember(account.id, "owner");
  const [app] = await db.select().from(apps).where(eq(apps.accountId, account.id));
  await db
    .insert(appPlatforms)
    .values({ appId: app!.id, platform: "harmony", sdkVersion: "8.0.0" })
    .onConflictDoNothing();
  const major = await givenApproved(desk, MAJOR_CHANGE);
  await untilInForce(major);
  const minor = { label: "2.1", effectiveDate: "2026-04-20", at: "2026-04-10 10:00", major: [] };
  await untilInForce(await givenApproved(desk, minor));
  return { desk, account, owner, major };
}

test("P04 P30 P41: an unanswered major change outlives a minor version, is covered by the next major one, and disagreeing leads to stopping and deregistration", async ({
  browser,
}) => {
  test.setTimeout(120_000);
  const { desk, account, owner, major } = await givenOutlived();
  const page = await enter(browser, owner.email);
  const asked = (label: string) =>
    page.getByRole("link", {
      name: zh.acknowledgements("pending.item", { title: "隐私保护指引", label }),
    });

  await page.goto("/zh-CN/acknowledgements");
  await expect(asked("2.0").first()).toBeVisible();
  await expect(asked("2.1")).toHaveCount(0);

  const today = shanghaiDay(new Date());
  const next = await givenApproved(desk, {
    ...{ label: "3.0", effectiveDate: addDays(today, 40), major: ["rights"] },
    at: shanghaiMinute(new Date()).replace("T", " "),
  });
  await page.goto("/zh-CN/acknowledgements");
  await expect(asked("3.0").first()).toBeVisible();
  await expect(asked("2.0")).toHaveCount(0);
  await page.goto(`/zh-CN/acknowledgements/${major.id}`);
  await page.getByRole("link", { name: "3.0 版", exact: true }).first().click();
  await page.waitForURL(`**/acknowledgements/${next.id}`);

  await page.getByText(zh.acknowledgements("disagree.open"), { exact: true }).click();
  await page.locator('[name="changeNumbers"][value="1"]').check();
  await page.locator('[name="reason"]').fill("权利的行使方式不合我们的合同。");
  const submit = { name: zh.acknowledgements("disagree.submit"), exact: true };
  await page.locator("main").getByRole("button", submit).click();
  await page.getByRole("dialog").getByRole("button", submit).click();
  await page.waitForURL("**/receipts/A-*");

  const stops = page.locator("#stops");
  await stops.locator("summary").first().click();
  await stops.locator('[name="appVersion"]').first().fill("5.2.0");
  await stops.locator('[name="stoppedOn"]').first().fill(today);
  await stops
    .getByRole("button", { name: zh.acknowledgements("stops.submit"), exact: true })
    .first()
    .click();
  await expect(
    stops.getByText(zh.acknowledgements("stops.version", { version: "5.2.0", date: today })),
  ).toBeVisible();
  await page
    .getByRole("link", { name: zh.acknowledgements("stop.deregister"), exact: true })
    .click();
  await page.waitForURL(`**/account/deregistration?account=${account.id}`);

  await page.goto("/zh-CN/home");
  const row = page
    .getByRole("row")
    .filter({ hasText: zh.home("console.policies.scheduled", { label: "3.0" }) });
  await expect(row.getByText(zh.acknowledgements("answer.disagreed"))).toBeVisible();
  await page.context().close();
});
