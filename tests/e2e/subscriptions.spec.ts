import { eq } from "drizzle-orm";

import { db } from "@/db/client";
import { apps } from "@/db/schema";

import { givenPublishedIncident } from "./support/incidents";
import { linkIn, mailTo } from "./support/mailbox";
import { personOf } from "./support/people";
import { enter, press, zh } from "./support/request-desk";
import { expect, test } from "./support/test";
import { wordsOf } from "./support/words";

const { subscriptions: t } = wordsOf("zh-CN");
const ADDRESS = "reader@luming.example";

test("P53: somebody without an account subscribes on an incident's page, without JavaScript, is told once, chooses anew and ends it by one click", async ({
  browser,
}) => {
  const owner = await personOf("owner");
  const accountId = owner.memberships[0]?.accountId ?? "";
  const [app] = await db.select().from(apps).where(eq(apps.accountId, accountId));
  const before = await givenPublishedIncident(app!.id);
  const context = await browser.newContext({ locale: "zh-CN", javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`/zh-CN/incidents/${before.incidentNumber}`);
  await page.getByRole("link", { name: t("link.incident") }).click();
  await expect(page.locator(`[name="productIds"][value="${app!.productId}"]`)).toBeChecked();

  // Wrong, it says so and keeps what was chosen; right, it answers the same whoever has the address.
  await page.locator('[name="email"]').fill("reader");
  await press(page, t("ask"));
  await expect(page.getByRole("alert").first()).toBeVisible();
  await page.locator('[name="email"]').fill(ADDRESS);
  await page.locator(`[name="productIds"][value="${app!.productId}"]`).check();
  await press(page, t("ask"));
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(t("done.asked.title"));

  const link = linkIn(await mailTo(ADDRESS, { subject: /订阅/ }), "/subscriptions/confirm");
  await page.request.get(link); // A mail scanner opens the link and confirms nothing.
  await page.goto(link);
  await press(page, t("confirm.submit"));
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(t("manage.title"));
  await expect(
    page.getByRole("status").filter({ hasText: t("done.confirmed.title") }),
  ).toBeVisible();

  const told = Date.now();
  const next = await givenPublishedIncident(app!.id);
  const mail = await mailTo(ADDRESS, { text: new RegExp(next.incidentNumber), after: told });
  expect(mail.text).toContain(t("bulletin.why.subscribers"));
  const oneClick = mail.headers["List-Unsubscribe"]?.slice(1, -1) ?? "";
  expect(mail.headers["List-Unsubscribe-Post"]).toBe("List-Unsubscribe=One-Click");

  // On the board who subscribed is counted apart from the affected, with a way there and back.
  const desk = await enter(browser, "shen.anlan@yunqiao.example");
  await desk.goto(`/zh-CN/ops/broadcasts/${next.noticeBroadcastId}`);
  await desk
    .getByRole("link", { name: t("bulletin.board.readers.subscribers"), exact: true })
    .click();
  await expect(desk.getByRole("row").filter({ hasText: ADDRESS })).toBeVisible();
  await desk.getByRole("link", { name: t("bulletin.board.source") }).click();
  await desk.waitForURL(`**/ops/broadcasts/${next.noticeBroadcastId}`);
  const recipients = zh.broadcasts("board.recipients.title");
  await expect(desk.getByRole("heading", { name: recipients, exact: true })).toBeVisible();
  await expect(desk.getByRole("row").filter({ hasText: ADDRESS })).toHaveCount(0);

  const manage = linkIn(mail, "/subscriptions/manage");
  await page.goto(manage);
  await page.locator('[name="announcements"]').check();
  await press(page, t("manage.save"));
  await expect(page.getByText(t("manage.saved"))).toBeVisible();
  await page.goto(manage);
  await expect(page.locator('[name="announcements"]')).toBeChecked();

  const answer = await context.request.post(oneClick, {
    form: { "List-Unsubscribe": "One-Click" },
  });
  expect(answer.status()).toBe(204);
  await page.goto(manage);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(t("manage.none.title"));
});
