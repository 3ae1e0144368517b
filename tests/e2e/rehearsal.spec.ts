import { draftNotice } from "@/domain/incidents/draft-notice";
import { editNotice } from "@/domain/incidents/edit-notice";
import { findIncident } from "@/domain/incidents/find-incident";
import { composed, explainNoticeFindings } from "@/tests/support/notices";

import { givenAccountWithApp, givenProductOfItsOwn, givenWriter } from "./support/concerned";
import { linkIn, mailTo } from "./support/mailbox";
import { contextOf } from "./support/people";
import { agree, confirms, enter, press, zh } from "./support/request-desk";
import { expect, type Page, test } from "./support/test";

const TITLE = "季度演练：令牌服务不可用";
const ACCOUNT = "寒山科技";
const OWNER = { name: "闻笛", email: "wen.di@hanshan.example", role: "owner" } as const;

test("a rehearsal is opened, approved by a second person, arrives marked, is nowhere public, and its report shows it", async ({
  browser,
  request,
}) => {
  const { id: productId } = await givenProductOfItsOwn();
  await givenAccountWithApp({
    ...{
      productId,
      account: ACCOUNT,
      app: "寒山音视频",
      platforms: { android: "8.0.0" },
      people: [OWNER],
    },
  });
  const author = await enter(browser, (await givenWriter()).email);
  const number = await openRehearsal(author, productId);
  expect(number).toMatch(/^E-/);
  await write(number);

  await author.goto(`/zh-CN/ops/incidents/${number}`);
  await author.getByRole("link", { name: zh.incidents("desk.next.continue") }).click();
  await press(author, zh.incidents("desk.aside.editAudience"));
  await author.getByRole("checkbox", { name: new RegExp(ACCOUNT) }).check();
  await press(author, zh.incidents("desk.audienceForm.save"));
  const all = { accounts: "1", all: "1" };
  await expect(author.getByText(zh.incidents("desk.audience.wide", all))).toBeVisible();
  await author.goBack();
  await press(author, zh.reviews("composer.submit"));
  await confirms(author, zh.incidents("desk.done.submitted"));

  const approver = await enter(browser, "shen.anlan@yunqiao.example");
  await approver.goto(`/zh-CN/ops/incidents/${number}`);
  await approver.getByRole("link", { name: zh.incidents("desk.next.review"), exact: true }).click();
  await approver.locator('[name="typedPeople"]').fill("1");
  await press(approver, zh.incidents("desk.decision.approve"));
  await agree(approver);
  await confirms(approver, zh.incidents("desk.done.approved"));

  const mail = await mailTo(OWNER.email, { subject: new RegExp(TITLE) });
  expect(mail.subject).toMatch(/^【演练】/);
  expect((mail.text ?? "").indexOf("【演练】")).toBeLessThan(40);
  const reader = await enter(browser, OWNER.email);
  await reader.goto(linkIn(mail, `/incidents/${number}`));
  await expect(reader.getByRole("heading", { level: 1 })).toHaveText(`【演练】${TITLE}`);
  expect((await request.get(`/zh-CN/incidents/${number}`)).status()).toBe(404);
  for (const feed of ["/feeds/zh-CN/incidents.json", "/zh-CN/incidents"])
    expect(await (await request.get(feed)).text()).not.toContain(TITLE);

  await approver.goto(`/zh-CN/ops/incidents/${number}/rehearsal`);
  const line = approver.getByRole("row").filter({ hasText: ACCOUNT });
  await expect(line).toBeVisible();
});

async function openRehearsal(page: Page, productId: string): Promise<string> {
  await page.goto("/zh-CN/ops/incidents");
  await page.getByRole("link", { name: zh.incidents("desk.incidents.rehearse") }).click();
  await page.locator('[name="productId"]').selectOption(productId);
  await page.locator('[name="title.zh-CN"]').fill(TITLE);
  await page.locator('[name="kind"]').selectOption("availability");
  await page.locator('[name="severity"][value="larger"]').check();
  await page.locator('[name="dataKinds.zh-CN"]').fill("不涉及数据");
  await page.locator('[name="cause.zh-CN"]').fill("演练，没有发生。");
  await page.locator('[name="contact"]').fill("security@yunqiao.example");
  await press(page, zh.incidents("desk.incidentForm.openRehearsal"));
  await confirms(page, zh.incidents("desk.done.opened"));
  return /\/ops\/incidents\/([^/?]+)/.exec(page.url())?.[1] ?? "";
}

/** The words of its first notice; how they are typed is another play. */
async function write(number: string): Promise<void> {
  const ctx = await contextOf("author");
  const { incident } = await findIncident(ctx, { number });
  const { id, revision } = await draftNotice(ctx, {
    ...{ incidentId: incident.id, type: "initial", correctsId: null },
  });
  const title = { "zh-CN": TITLE };
  const measures = [
    { state: "taken" as const, at: new Date(Date.now() - 60_000).toISOString(), text: title },
  ];
  const saved = await editNotice(ctx, composed({ id, revision }, { title, measures }));
  await explainNoticeFindings(ctx, { id, revision: saved.revision });
}
