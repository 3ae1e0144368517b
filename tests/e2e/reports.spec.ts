import { confirms, enter, press, zh } from "./support/request-desk";
import { refill } from "./support/ready";
import { givenAccountWithApp, givenProductOfItsOwn, givenWriter } from "./support/concerned";
import { givenPublishedIncident } from "./support/incidents";
import { expect, test } from "./support/test";

const OWNER = { name: "方澈", email: "fang.che@lanzhou.example", role: "owner" } as const;
const EVENT = "令牌缓存可被其他应用读取，已作废旧令牌。";
const LATER = "令牌缓存可被其他应用读取，已作废旧令牌，已更换密钥。";
const FURTHER = "12387 网站，回执 2026-8";
const REFERENCE = "12387 热线，受理编号 2026-7";

test("P17: a report is filled from the incident, saved, written down as handed in, exported, and followed by a further one", async ({
  browser,
}) => {
  test.setTimeout(120_000);
  const { id: productId } = await givenProductOfItsOwn();
  const { appId } = await givenAccountWithApp({
    ...{ productId, account: "澜洲科技", app: "澜洲", platforms: { android: "8.0.1" } },
    people: [OWNER],
  });
  const { incidentNumber: number } = await givenPublishedIncident(appId, { people: 1 });
  const author = await enter(browser, (await givenWriter()).email);

  await author.goto(`/zh-CN/ops/incidents/${number}`);
  const duty = author
    .locator("#duties")
    .getByRole("listitem")
    .filter({ hasText: zh.incidents("desk.duties.duty.cac") })
    .first();
  // It was discovered days ago, and an authority has four hours.
  await expect(duty).toContainText(zh.incidents("desk.duties.state.breached"));
  await duty.getByRole("link", { name: zh.incidents("desk.duties.write") }).click();
  await author.waitForURL(/\/reports\/cac$/);
  const event = author.locator('[name="parts.event"]');
  await expect(event).toHaveValue(/缓存文件的权限过宽/);
  await refill(event, EVENT);
  await press(author, zh.incidents("desk.duties.save"));
  await confirms(author, zh.incidents("desk.done.reportSaved"));
  await expect(event).toHaveValue(EVENT);

  await author.locator('[name="reference"]').fill(REFERENCE);
  await press(author, zh.incidents("desk.duties.handInSubmit"));
  await confirms(author, zh.incidents("desk.done.reportHandedIn"));
  await expect(duty).toContainText(zh.incidents("desk.duties.state.late"));
  await expect(duty).toContainText(REFERENCE);

  await duty.getByRole("link", { name: zh.incidents("desk.duties.see") }).click();
  await expect(author.getByText(EVENT)).toBeVisible();
  await expect(author.locator('[name="parts.event"]')).toHaveCount(0);
  const file = await author.request.get(`/zh-CN/ops/incidents/${number}/reports/cac/report.txt`);
  expect(await file.text()).toContain(EVENT);

  // A further report begins with the last one and says what is different from it.
  await author.goto(`/zh-CN/ops/incidents/${number}`);
  await duty.getByRole("link", { name: zh.incidents("desk.duties.followUp.write") }).click();
  await author.waitForURL(/\/reports\/cac-1$/);
  const since = author.locator("#since");
  await expect(since).toContainText(zh.incidents("desk.duties.unchanged"));
  await expect(event).toHaveValue(EVENT);
  await refill(event, LATER);
  await press(author, zh.incidents("desk.duties.save"));
  await confirms(author, zh.incidents("desk.done.reportSaved"));
  await expect(since.locator("ins")).toContainText(["，已更换密钥"]);
  await author.locator('[name="reference"]').fill(FURTHER);
  await press(author, zh.incidents("desk.duties.handInSubmit"));
  await confirms(author, zh.incidents("desk.done.reportHandedIn"));
  await expect(duty).toContainText(FURTHER);
  const further = await author.request.get(
    `/zh-CN/ops/incidents/${number}/reports/cac-1/report.txt`,
  );
  expect(await further.text()).toContain(zh.incidents("desk.duties.was", { text: EVENT }));
});
