import { randomInt } from "node:crypto";
import { eq } from "drizzle-orm";

import { db } from "@/db/client";
import { apps, deliveries, notices, users } from "@/db/schema";
import { editAccount } from "@/domain/accounts/edit-account";
import { measureReach, settleCalls } from "@/domain/broadcasts/measure-reach";
import { asJob } from "@/domain/context";
import { submitNotice } from "@/domain/incidents/submit-notice";
import { explainNoticeFindings, givenAnnouncement } from "@/tests/support/notices";

import { givenAccountWithApp, givenProductOfItsOwn } from "./support/concerned";
import { contextOf, personOf } from "./support/people";
import { refill, untilReady } from "./support/ready";
import { agree, enter, press, zh } from "./support/request-desk";
import { expect, test } from "./support/test";

const own = randomInt(1e6, 1e7);
const TAG = `出海 ${own}`;
const mailOf = (name: string) => `${name}-${own}@kuahai.example`;

/** An account with one app on Android 8.0.1, tagged or not. */
async function givenOne(productId: string, name: string, tags: string | null) {
  const given = await givenAccountWithApp({
    ...{ productId, account: `跨海 ${name}`, app: `跨海 ${name}`, platforms: { android: "8.0.1" } },
    people: [{ name, email: mailOf(name), role: "owner" }],
  });
  const [app] = await db.select().from(apps).where(eq(apps.id, given.appId));
  const accountId = app?.accountId ?? "";
  await editAccount(await contextOf("admin"), { accountId, name: `跨海 ${name}`, tags });
  return { ...given, accountId };
}

test("P06, P41: a rule by version and tag is saved and looked at again, and tells exactly those it found; whoever cannot be reached is called", async ({
  browser,
}) => {
  test.setTimeout(60_000);
  const { id: productId } = await givenProductOfItsOwn();
  const first = await givenOne(productId, "yi", TAG);
  await givenOne(productId, "er", null);
  const author = await personOf("author");
  const { id } = await givenAnnouncement(
    { author, approver: await personOf("approver"), productId },
    { audience: null },
  );

  const page = await enter(browser, "xu.mingheng@yunqiao.example");
  await page.goto(`/zh-CN/ops/announcements/${id}/audience`);
  const by = page.locator('[name="by"][value="rule"]');
  await untilReady(by);
  await by.check();
  await refill(page.locator('[name="versionRange"]'), "<8.1.0");
  await page.getByRole("checkbox", { name: TAG }).check();
  await press(page, zh.incidents("desk.audienceForm.save"));
  const list = page.locator("#list");
  await expect(list).toContainText(first.sdkAppId);
  await expect(list).toContainText(zh.incidents("desk.audienceList.reason.tagged", { tags: TAG }));
  await expect(list.getByRole("row")).toHaveCount(2);
  await refill(page.locator('[name="name"]'), `出海的 ${own}`);
  await press(page, zh.incidents("desk.savedAudiences.save"));
  await page.waitForURL("**/ops/audiences?show=*");

  // Another account gets the tag: the audience says who came since, and its file why each is in.
  const second = await givenOne(productId, "san", TAG);
  await page.reload();
  await expect(page.getByRole("main")).toContainText(
    zh.incidents("desk.appsChanged.added", { count: 1, ids: second.sdkAppId }),
  );
  const file = page.getByRole("link", { name: zh.incidents("desk.savedAudiences.export") });
  const answer = await page.request.get((await file.getAttribute("href")) ?? "");
  const lines = (await answer.text()).trim().split("\r\n");
  expect(lines).toHaveLength(3);
  for (const { sdkAppId } of [first, second])
    expect(lines.find((line) => line.startsWith(sdkAppId))).toContain(
      `Android 8.0.1；账号标签：${TAG}`,
    );

  const [draft] = await db.select().from(notices).where(eq(notices.id, id));
  if (!draft) throw new Error("the draft is gone");
  const ctx = await contextOf("author");
  await explainNoticeFindings(ctx, draft);
  await submitNotice(ctx, { noticeId: id, revision: draft.revision });
  const approver = await enter(browser, "shen.anlan@yunqiao.example");
  await approver.goto(`/zh-CN/ops/announcements/${id}/review`);
  await press(approver, zh.incidents("desk.decision.approve"));
  await agree(approver);
  await approver.waitForURL((url) => !url.pathname.endsWith("/review"));
  const told = await db
    .select({ email: users.email })
    .from(notices)
    .innerJoin(deliveries, eq(deliveries.broadcastId, notices.broadcastId))
    .innerJoin(users, eq(users.id, deliveries.userId))
    .where(eq(notices.id, id));
  expect(new Set(told.map(({ email }) => email))).toEqual(new Set([mailOf("yi"), mailOf("san")]));

  // An account with nobody is seen before anything happens, and called.
  const name = `无人 ${own}`;
  await givenAccountWithApp({
    ...{ productId, account: name, app: name, platforms: { android: "8.0.1" }, people: [] },
  });
  const job = asJob("measure-reach", new Date());
  await measureReach(job, {});
  await settleCalls(job, {});
  const support = await enter(browser, "he.xiaoman@yunqiao.example");
  await support.goto("/zh-CN/ops/reach");
  await expect(support.getByRole("row").filter({ hasText: name })).toBeVisible();
  await support.goto("/zh-CN/ops/calls");
  const row = support.getByRole("row").filter({ hasText: name });
  await row.locator("summary").click();
  await row.locator('[name="result"][value="reached"]').check();
  await refill(row.locator('[name="note"]'), "已请对方登记成员。");
  await row.getByRole("button", { name: zh.broadcasts("calls.submit") }).click();
  await expect(row).toBeHidden();
  await support.goto("/zh-CN/ops/calls?shelf=settled");
  await expect(row).toContainText("已请对方登记成员。");
});
