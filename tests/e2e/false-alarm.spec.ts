import { RECONCILED } from "@/domain/broadcasts/reconcile";

import { linkIn, mailTo } from "./support/mailbox";
import { agree, confirms, enter, press, zh } from "./support/request-desk";
import { givenAccountWithApp, givenProductOfItsOwn, givenWriter } from "./support/concerned";
import { givenPublishedIncident } from "./support/incidents";
import { expect, type Page, test } from "./support/test";

const OWNER = { name: "白砚", email: "bai.yan@suhe.example", role: "owner" } as const;
const REASON = "核实后确认是压测数据，没有泄露。";

test("P16 P18: an incident is contained step by step, proves a false alarm, and whoever was told is told so", async ({
  browser,
}) => {
  test.setTimeout(120_000);
  const { id: productId } = await givenProductOfItsOwn();
  const { appId } = await givenAccountWithApp({
    ...{ productId, account: "溯河直播", app: "溯河", platforms: { android: "8.0.1" } },
    people: [OWNER],
  });
  const { incidentNumber: number, noticeBroadcastId } = await givenPublishedIncident(appId, {
    people: 1,
  });
  const author = await enter(browser, (await givenWriter()).email);
  const approver = await enter(browser, "shen.anlan@yunqiao.example");

  await author.goto(`/zh-CN/ops/incidents/${number}`);
  const plan = author.locator("#containment");
  await expect(plan).toContainText(zh.incidents("desk.containment.notBegun"));
  await press(author, zh.incidents("desk.containment.begin"));
  await confirms(author, zh.incidents("desk.done.begun"));
  const step = plan
    .getByRole("listitem")
    .filter({ hasText: zh.incidents("desk.containment.step.halt_release") });
  await step.getByRole("button", { name: zh.incidents("desk.containment.done") }).click();
  await expect(step).toContainText(zh.incidents("desk.containment.state.done"));
  await expect(
    step.getByRole("button", { name: zh.incidents("desk.containment.takeBack") }),
  ).toBeVisible();

  await proposes(author);
  await approver.goto(`/zh-CN/ops/incidents/${number}`);
  await press(approver, zh.incidents("desk.proposal.approve.false_alarm"));
  await agree(approver);
  await confirms(approver, zh.incidents("desk.done.proposalDecided"));
  await expect(approver.getByText(zh.notices("status.false_alarm")).first()).toBeVisible();

  const mail = await mailTo(OWNER.email, { subject: /误报/ });
  expect(mail.text).toContain(REASON);
  const stranger = await (await browser.newContext({ locale: "zh-CN" })).newPage();
  await stranger.goto(linkIn(mail, `/incidents/${number}`));
  await expect(stranger.getByText(zh.incidents("falseAlarm.title"))).toBeVisible();
  await expect(stranger.getByText(REASON).first()).toBeVisible();

  // The books of what was told, long sent by now, agree; the worker may just be writing the last of it.
  await expect(async () => {
    await approver.goto(`/zh-CN/ops/broadcasts/${noticeBroadcastId}/reconciliation`);
    const same = approver.getByRole("cell", { name: zh.broadcasts("reconciliation.same") });
    await expect(same).toHaveCount(RECONCILED.length, { timeout: 2_000 });
  }).toPass();
});

async function proposes(page: Page): Promise<void> {
  const proposal = page.locator("#proposals");
  await proposal
    .locator("summary")
    .filter({ hasText: zh.incidents("desk.proposal.propose.false_alarm") })
    .click();
  await proposal.locator('[name="reason"]').fill(REASON);
  await proposal.locator('button[type="submit"]').click();
  await confirms(page, zh.incidents("desk.done.proposed"));
}
