import { givenRequest } from "@/tests/support/requests";

import {
  agree,
  confirms,
  enter,
  mailedLink,
  openFromQueue,
  press,
  propose,
  proveAddress,
  takeAndVerify,
  zh,
} from "./support/request-desk";
import { personOf } from "./support/people";
import { refill, untilReady } from "./support/ready";
import { expect, type Page, test } from "./support/test";

let handler: Page;
let colleague: Page;
let approver: Page;

test.beforeAll(async ({ browser }) => {
  handler = await enter(browser, "jiang.yingxue@yunqiao.example");
  colleague = await enter(browser, "wen.ruqi@yunqiao.example");
  approver = await enter(browser, "shen.anlan@yunqiao.example");
});

const PROOF = {
  name: "用户授权书.pdf.exe",
  mimeType: "application/octet-stream",
  buffer: Buffer.from("%PDF-1.4\n用户授权书\n%%EOF\n"),
};

test("P25 P26 P32 P47: an on-behalf deletion goes from proof to receipt, by its mails", async ({
  browser,
}) => {
  test.setTimeout(180_000);
  const developer = await enter(browser, "gu.xingye@xingdu.example");
  const next = () => press(developer, zh.requests("filing.saveAndNext"));
  const choose = (name: string, value: string) =>
    developer.locator(`[name="${name}"][value="${value}"]`).check();
  await developer.goto("/zh-CN/requests/new");
  await choose("capacity", "on_behalf");
  await press(developer, zh.requests("filing.next"));
  await developer.locator('[name="place"]').first().check();
  await next();
  await choose("type", "delete");
  await next();
  await choose("ground", "c");
  await next();
  await developer.locator('[name="facts"]').fill("用户撤回同意，请删除资料和消息。");
  await next();
  await developer.locator('[name="list"]').fill("xd_1\nxd_2\nxd_1");
  await next();
  // What is no proof is said at the field; what is, keeps one ending: that of what it is.
  const file = developer.locator('[name="file"]');
  await file.setInputFiles({ ...PROOF, buffer: Buffer.from("<svg onload='alert(1)'></svg>") });
  const { name } = PROOF;
  await expect(
    developer.getByText(zh.requests("errors.file.webPage", { name })).first(),
  ).toBeVisible();
  await press(developer, zh.ui("upload.dropNamed", { name }));
  await file.setInputFiles([PROOF, { ...PROOF, buffer: Buffer.from("%PDF-1.4\n二\n%%EOF\n") }]);
  await expect(developer.getByText("用户授权书.pdf", { exact: true })).toHaveCount(2);
  await press(developer, zh.requests("filing.next"));
  await press(developer, zh.requests("filing.check.submit"));
  await developer.waitForURL(/\/submitted$/);
  const number = /R-\d{4}-\d{6}/.exec(developer.url())?.[0] ?? "";
  // Back leads from the draft that is no more to what became of it.
  await developer.goBack();
  await developer.waitForURL(new RegExp(`/requests/${number}$`));
  await developer.goto(`/zh-CN/requests/${number}/submitted`);
  await developer.getByText(zh.requests("dueDate.title"), { exact: true }).first().click();
  await expect(
    developer.getByRole("cell", { name: zh.requests("dueDate.count", { count: 15 }) }),
  ).toBeVisible();

  await takeAndVerify(handler, number);
  await writeByMacro(handler, number);
  for (const store of ["profile", "messages"] as const) {
    await handler
      .getByLabel(zh.requests("desk.plan.store"), { exact: true })
      .selectOption({ label: zh.requests(`store.${store}`) });
    await handler
      .getByLabel(zh.requests("desk.plan.action"), { exact: true })
      .selectOption({ label: zh.requests("act.delete") });
    await press(handler, zh.requests("desk.plan.add"));
    await expect(
      handler.getByRole("strong").filter({ hasText: zh.requests(`store.${store}`) }),
    ).toBeVisible();
  }
  await propose(handler, { outcome: "fulfilled", words: "已核对授权书，资料和消息已删除。" });
  await openFromQueue(approver, number);
  await press(approver, zh.requests("desk.review.approve"));
  await agree(approver);
  await confirms(approver, zh.requests("desk.done.approved", { number }));

  for (const done of ["done.completed", "done.answered"] as const) {
    await handler.goto(`/zh-CN/ops/requests/${number}`);
    // With two left, none is preset; the last one needs no choice.
    if (done === "done.completed")
      await handler
        .getByLabel(zh.requests("desk.plan.store"), { exact: true })
        .selectOption({ index: 1 });
    await handler
      .getByLabel(zh.requests("desk.plan.result"), { exact: true })
      .fill("2 个用户的数据已删除");
    await press(handler, zh.requests("desk.plan.finish"));
    await agree(handler);
    await confirms(handler, zh.requests(`desk.${done}`, { number }));
  }

  const told = zh.broadcasts("request.title.receipt", { number });
  await developer.goto(await mailedLink("gu.xingye@xingdu.example", told));
  await developer.getByRole("link", { name: zh.requests("receipt.open") }).click();
  await expect(developer.getByRole("heading", { level: 1 })).toContainText(/D-\d{4}-\d{6}/);
  await expect(developer.getByText("2 个用户的数据已删除").first()).toBeVisible();
  await expect(developer.getByText("xd_1")).toHaveCount(0);
});

test("P27: an end user without an account asks and is answered, from the mail's code on, and finds nothing that is not theirs", async ({
  browser,
}) => {
  test.setTimeout(180_000);
  const address = "shi.yi@mail.example";
  const visitor = await (await browser.newContext({ locale: "zh-CN" })).newPage();
  await visitor.goto("/zh-CN/rights");
  await visitor.getByRole("link", { name: zh.requests("filing.door.endUserOpen") }).click();
  await proveAddress(visitor, address);
  await expect(visitor).toHaveURL(/\/zh-CN\/requests\/new$/);
  const rooms = visitor.locator("#side-navigation");
  await expect(rooms.locator('a[href="/zh-CN/requests"]')).toHaveText(zh.requests("filing.title"));
  for (const room of ["home", "acknowledgements", "account"])
    await expect(rooms.locator(`a[href="/zh-CN/${room}"]`)).toHaveCount(0);

  await visitor.locator('[name="capacity"][value="end_user"]').check();
  await press(visitor, zh.requests("filing.next"));
  await visitor.locator('[name="appName"]').fill("轻语");
  await press(visitor, zh.requests("filing.saveAndNext"));
  await visitor.locator('[name="type"][value="question"]').check();
  await press(visitor, zh.requests("filing.saveAndNext"));
  await visitor.locator('[name="facts"]').fill("你们保存我的位置信息多久？");
  await press(visitor, zh.requests("filing.saveAndNext"));
  // A question is answered whoever asks it (P48).
  await press(visitor, zh.requests("filing.next"));
  await press(visitor, zh.requests("filing.check.submit"));
  await visitor.waitForURL(/\/submitted$/);
  const number = /R-\d{4}-\d{6}/.exec(visitor.url())?.[0] ?? "";

  await takeAndVerify(handler, number);
  await propose(handler, { outcome: "fulfilled", words: "位置信息不保存，用后即弃。" });
  await openFromQueue(colleague, number);
  await press(colleague, zh.requests("desk.review.approve"));
  await agree(colleague);
  await confirms(colleague, zh.requests("desk.done.answered", { number }));

  // The mail is opened where nobody is signed in: the way leads back to the very request.
  const elsewhere = await (await browser.newContext({ locale: "zh-CN" })).newPage();
  const told = zh.broadcasts("request.title.decided", { number });
  await elsewhere.goto(await mailedLink(address, told));
  await elsewhere.getByRole("link", { name: zh.access("signIn.endUserOpen") }).click();
  await elsewhere.waitForURL(/\/sign-in\/prove/);
  await proveAddress(elsewhere, address);
  await expect(elsewhere).toHaveURL(new RegExp(`/zh-CN/requests/${number}$`));
  await expect(elsewhere.getByText("位置信息不保存，用后即弃。")).toBeVisible();
  await elsewhere.goto("/zh-CN/account");
  await expect(elsewhere.getByRole("heading", { level: 1 })).not.toContainText("账号");
});

test("P35 P36: a refusal passes a second person, says its reason, and is appealed to another handler", async ({
  browser,
}) => {
  test.setTimeout(180_000);
  const owner = await personOf("owner");
  const { number } = await givenRequest(owner.id, {
    type: "consult",
    requesterKind: "developer",
    accountId: owner.memberships[0]?.accountId ?? null,
  });
  await takeAndVerify(handler, number);
  const refusal = { outcome: "refused", words: "您本月已就同一事项提出三次。" } as const;
  await handler.getByLabel(zh.requests("outcome.refused"), { exact: true }).check();
  await handler.getByLabel(zh.requests("desk.decide.explanation")).fill(refusal.words);
  await press(handler, zh.requests("desk.decide.propose"));
  await expect(handler.getByText(zh.requests("errors.codeMissing")).first()).toBeVisible();
  await propose(handler, { ...refusal, code: "R-a" });
  await expect(handler.getByText(zh.requests("desk.review.own"))).toBeVisible();

  await openFromQueue(approver, number);
  await approver.getByLabel(zh.requests("desk.review.reason")).fill("请写明前三次的答复日期。");
  await press(approver, zh.requests("desk.review.sendBack"));
  await confirms(approver, zh.requests("desk.done.sentBack", { number }));
  await handler.goto(`/zh-CN/ops/requests/${number}`);
  await expect(handler.getByText("请写明前三次的答复日期。")).toBeVisible();
  await propose(handler, { ...refusal, code: "R-a" });
  await openFromQueue(approver, number);
  await press(approver, zh.requests("desk.review.approve"));
  await agree(approver);
  await confirms(approver, zh.requests("desk.done.answered", { number }));

  const requester = await enter(browser, owner.email);
  await requester.goto(`/zh-CN/requests/${number}`);
  await expect(requester.getByText(zh.requests("code.R-a"))).toBeVisible();
  await requester.locator('[name="reason"]').fill("前三次问的是另一件事。");
  await press(requester, zh.requests("filing.appeal.submit"));
  await expect(requester.getByText(zh.requests("filing.acts.appealed"))).toBeVisible();
  await expect(requester.getByText(zh.requests("filing.page.answerAppealed"))).toBeVisible();

  await handler.goto(`/zh-CN/ops/requests/${number}`);
  await expect(handler.getByText(zh.requests("desk.do.notForYou"))).toBeVisible();
  await expect(handler.getByRole("button", { name: zh.requests("desk.do.take") })).toHaveCount(0);
  await openFromQueue(colleague, number);
  await expect(colleague.getByText("前三次问的是另一件事。")).toBeVisible();
  await press(colleague, zh.requests("desk.do.take"));
  await confirms(colleague, zh.requests("desk.done.taken"));
});

/** Keeps a macro, and writes to the requester with what it says for this case. */
async function writeByMacro(page: Page, number: string): Promise<void> {
  await page.goto("/zh-CN/ops/requests/macros");
  await refill(page.locator('[name="name"]'), "材料已收到");
  await page.locator('[name="text.zh-CN"]').fill("请求 {{number}} 的材料已收到。");
  await press(page, zh.requests("desk.macros.add"));
  await expect(page.getByText(zh.requests("desk.macros.saved"))).toBeVisible();
  await page.goto(`/zh-CN/ops/requests/${number}`);
  await page.getByText(zh.requests("desk.do.writeOpen"), { exact: true }).click();
  await page.locator('[name="macro"]').selectOption({ label: "材料已收到" });
  await press(page, zh.requests("desk.macros.insert"));
  const field = page.locator('[name="message"]');
  await expect(field).toHaveValue(`请求 ${number} 的材料已收到。`);
  await untilReady(field);
  await press(page, zh.requests("desk.do.write"));
  await confirms(page, zh.requests("desk.done.written"));
}
