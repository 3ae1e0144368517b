import { givenIncident, givenNotice, submitted } from "@/tests/support/notices";

import { givenAccountWithApp, givenProductOfItsOwn } from "./support/concerned";
import { linkIn, mailTo } from "./support/mailbox";
import { personOf } from "./support/people";
import { refill } from "./support/ready";
import { agree, confirms, enter, press, zh } from "./support/request-desk";
import { expect, type Page, test } from "./support/test";

const OWNER = { name: "唐砚", email: "tang.yan@jiangxin.example", role: "owner" } as const;
const ACCOUNT = "匠心云课";
const REASON = "凌晨仍在被利用，批准人联系不上。";
const OBJECTION = "受影响的版本写错了，应为 8.0。";

test("P17 P18: one person sends the gravest notice alone, a second looks at once and has it corrected", async ({
  browser,
}) => {
  test.setTimeout(120_000);
  const { incidentNumber, noticeId } = await givenSubmitted();
  const author = await enter(browser, "xu.mingheng@yunqiao.example");
  const approver = await enter(browser, "shen.anlan@yunqiao.example");
  const address = `/zh-CN/ops/incidents/${incidentNumber}/notices/${noticeId}`;

  await author.goto(`${address}/review`);
  const emergency = author.locator("#emergency");
  await refill(emergency.locator('[name="reason"]'), REASON);
  await refill(emergency.locator('[name="typedPeople"]'), "1");
  await press(author, zh.incidents("desk.emergency.submit"));
  await agree(author);
  await confirms(author, zh.incidents("desk.done.sentAlone"));
  await expect(author.getByText(zh.incidents("desk.emergency.ownWaits"))).toBeVisible();

  const told = await mailTo(OWNER.email, { subject: /令牌缓存/ });
  expect(told.text).toContain(incidentNumber);
  const call = await mailTo("shen.anlan@yunqiao.example", {
    subject: new RegExp(`${incidentNumber} 的通知由一人紧急发出`),
  });
  await approver.goto("/zh-CN/ops/reviews");
  await expect(approver.getByRole("row").filter({ hasText: incidentNumber })).toContainText(
    zh.incidents("desk.reviews.out"),
  );
  await approver.goto(linkIn(call, `/ops/incidents/${incidentNumber}`));
  await expect(approver.getByRole("main")).toContainText(REASON);
  await objects(approver);
  await expect(approver.getByRole("main")).toContainText(OBJECTION);

  // Every board says whose word it left by.
  await approver.getByRole("link", { name: zh.incidents("desk.published.board") }).click();
  await approver.waitForURL("**/ops/broadcasts/**");
  await expect(approver.getByRole("main")).toContainText("许明衡一人于");
  await expect(approver.getByRole("main")).toContainText("提出异议");
  const board = new URL(approver.url()).pathname;
  const accounts = await approver.request.get(`${board}/accounts.csv`);
  expect(await accounts.text()).toContain(ACCOUNT);
  await handsOn(await enter(browser, OWNER.email), incidentNumber);
  await author.goto(address);
  await author.getByRole("link", { name: zh.incidents("desk.emergency.correction") }).click();
  await expect(author.locator('[name="situation.zh-CN"]')).toHaveValue("缓存文件的权限过宽。");
});

async function objects(page: Page): Promise<void> {
  const look = page.locator("#look");
  await refill(look.locator('[name="reason"]'), OBJECTION);
  await press(page, zh.incidents("desk.emergency.object"));
  await confirms(page, zh.incidents("desk.done.objectedDraft"));
}

/** The account's own page says when it was told, and gives a sheet of it as a page and as a file. */
async function handsOn(page: Page, number: string): Promise<void> {
  await page.goto(`/zh-CN/incidents/${number}`);
  const told = page.locator("#downstream");
  await expect(told.getByRole("row").filter({ hasText: ACCOUNT })).toBeVisible();
  await told
    .getByRole("link", { name: zh.incidents("downstream.openOf", { account: ACCOUNT }) })
    .click();
  await page.waitForURL("**/sheet/*");
  await expect(page.getByText(zh.incidents("downstream.disclaimer"))).toBeVisible();
  const file = await page.request.get(`${new URL(page.url()).pathname}/sheet.txt`);
  expect(file.status()).toBe(200);
  expect(await file.text()).toContain(zh.incidents("downstream.disclaimer"));
}

/** A notice of the gravest grade that waits for its approval and concerns one person. */
async function givenSubmitted() {
  const { id: productId } = await givenProductOfItsOwn();
  const { sdkAppId } = await givenAccountWithApp({
    ...{ productId, account: ACCOUNT, app: "匠心", platforms: { android: "8.0.1" } },
    people: [OWNER],
  });
  const desk = {
    ...{ author: await personOf("author"), approver: await personOf("approver"), productId },
  };
  const incident = await givenIncident(desk, { severity: "very_major" });
  const draft = await givenNotice(desk, {
    ...{ incidentId: incident.id, audience: { named: sdkAppId } },
  });
  const notice = await submitted(desk, draft);
  return { incidentNumber: incident.number, noticeId: notice.id };
}
