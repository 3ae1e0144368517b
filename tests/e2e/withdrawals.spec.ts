import { db } from "@/db/client";
import { products } from "@/db/schema";
import { findNotice } from "@/domain/incidents/find-notice";
import { formatClock, formatDateTime } from "@/lib/format";
import { shanghaiMinute } from "@/lib/shanghai";
import { acting } from "@/tests/support/context";
import { givenAnnouncement, published } from "@/tests/support/notices";

import { enterAs, explainFound, putPopupsOff } from "./support/loop";
import { mailTo } from "./support/mailbox";
import { personOf } from "./support/people";
import { refill } from "./support/ready";
import { agree, confirms, press } from "./support/request-desk";
import { expect, type Page, test } from "./support/test";
import { wordsOf } from "./support/words";

const { incidents, notices, ops, policies, reviews, ui, withdrawals: t } = wordsOf("zh-CN");
const TITLE = "控制台将支持按地域查看用量";
const REASON = "功能推迟，另行公布日期。";

test("an announcement is withdrawn by two people, whose desk and queue show that it waits, and told to who was told", async ({
  browser,
}) => {
  test.setTimeout(120_000);
  const author = await enterAs(browser, { name: "许明衡", locale: "zh-CN" });
  await author.goto("/zh-CN/ops/announcements");
  await author.getByRole("link", { name: TITLE }).first().click();
  await update(author);
  await author.getByLabel(t("ops.reason")).fill(REASON);
  await author.getByRole("button", { name: t("ops.submit") }).click();
  await expect(author.getByText(t("ops.ownWaits"))).toBeVisible();

  const approver = await enterAs(browser, { name: "沈安澜", locale: "zh-CN" });
  const queue = approver
    .getByRole("navigation")
    .getByRole("link", { name: policies("ops.reviews.title") });
  const waiting = Number((await queue.first().innerText()).match(/\d+/)?.[0]);
  await queue.first().click();
  await expect(approver.getByRole("table").getByRole("link")).toHaveCount(waiting);
  await approver.goto("/zh-CN/ops");
  const title = ops("desk.todo.review", { kind: t("ops.waiting"), title: TITLE });
  await approver.getByRole("link", { name: title }).click();

  await approver.getByRole("button", { name: t("ops.approve"), exact: true }).click();
  await approver.getByRole("dialog").getByRole("button").last().click();
  await expect(approver.getByText(t("ops.done"), { exact: true }).first()).toBeVisible();
  await approver.goto("/zh-CN/ops");
  await expect(approver.getByRole("link", { name: title })).toHaveCount(0);

  const mail = await mailTo("lin.zhiyuan@qinghe.example", {
    subject: new RegExp(t("title.announcement", { title: TITLE })),
  });
  expect(mail.text).toContain(REASON);
  const reader = await enterAs(browser, { name: "林知远", locale: "zh-CN" });
  await putPopupsOff(reader, "zh-CN");
  await reader.goto("/zh-CN/inbox");
  const old = reader.getByRole("listitem").filter({ hasText: TITLE }).last();
  await expect(old).toContainText(t("mark"));
  // What was added to it went with it; the third tells so.
  await expect(reader.getByRole("listitem").filter({ hasText: t("mark") })).toHaveCount(3);
});

test("an announcement with a moment of its own waits for it once approved, where operations see it, and is taken back", async ({
  browser,
}) => {
  const [product] = await db.select({ id: products.id }).from(products);
  const desk = {
    ...{ author: await personOf("author"), approver: await personOf("approver") },
    productId: product?.id ?? "",
  };
  const name = "到时发出的公告";
  const draft = await givenAnnouncement(desk, {
    ...{ title: { "zh-CN": name }, visibility: "affected" },
    ...{ notifies: false, silentReason: "只更新页面。" },
  });
  const author = await enterAs(browser, { name: "许明衡", locale: "zh-CN" });
  await author.goto(`/zh-CN/ops/announcements/${draft.id}`);
  await refill(author.locator('[name="goesOutAt"]'), "2031-01-06T09:30");
  await author.locator('[name="goesOutZone"]').selectOption("America/New_York");
  await explainFound(author, "zh-CN");
  await press(author, reviews("composer.submit"));
  await confirms(author, incidents("desk.done.submitted"));
  const at = ui("zones.planned", {
    local: formatClock("2031-01-06T09:30", "zh-CN"),
    zone: ui("zones.name.America/New_York"),
    beijing: formatDateTime("2031-01-06T14:30:00Z", "zh-CN"),
  });
  await expect(author.getByText(incidents("desk.scheduled.waits", { at }))).toBeVisible();

  const approver = await enterAs(browser, { name: "沈安澜", locale: "zh-CN" });
  await approver.goto(`/zh-CN/ops/announcements/${draft.id}/review`);
  await press(approver, incidents("desk.decision.later.approve"));
  await agree(approver);
  await confirms(approver, incidents("desk.done.scheduled"));
  await approver.goto("/zh-CN/ops/broadcasts");
  const row = approver.getByRole("row").filter({ hasText: name });
  await expect(row).toContainText("2031-01-06 22:30");
  await approver.getByRole("link", { name }).click();
  await expect(approver.getByText(incidents("desk.scheduled.title", { at }))).toBeVisible();
  await press(approver, incidents("desk.scheduled.takeBack"));
  await agree(approver);
  await confirms(approver, incidents("desk.done.takenBack"));
  await expect(approver.getByText(incidents("desk.scheduled.title", { at }))).toHaveCount(0);
});

/** The author adds to the announcement that is open, a colleague approves it; the author is back at the first one. */
async function update(author: Page) {
  await author.waitForURL(/announcements\/[\da-f-]{36}$/);
  const first = author.url();
  await press(author, incidents("desk.follow.start.update"));
  await expect(author.getByText(incidents("desk.follow.fixed"))).toBeVisible();
  await refill(author.locator('[name="situation.zh-CN"]'), "将先对新加坡开放。");
  await explainFound(author, "zh-CN");
  const id = new URL(author.url()).pathname.split("/").at(-1) ?? "";
  const desk = { author: await personOf("author"), approver: await personOf("approver") };
  const at = shanghaiMinute(new Date()).replace("T", " ");
  const { notice, measured } = await findNotice(acting(desk.author, at), { noticeId: id });
  const { productId } = notice;
  await published({ ...desk, productId }, notice, { at, typedPeople: measured.people });
  await author.goto(first);
  await expect(author.getByText(notices("follow.banner.updated"))).toBeVisible();
  await author.getByRole("link", { name: notices("follow.banner.read.update") }).click();
  await author.getByRole("main").getByRole("link", { name: TITLE }).click();
}
