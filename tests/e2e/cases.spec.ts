import { type Browser, expect, type Page, test } from "@playwright/test";

import { givenFile, givenRequest } from "@/tests/support/requests";

import { cookieOf, personOf } from "./support/people";
import { type Role } from "./support/surfaces";
import { wordsOf } from "./support/words";

const zh = wordsOf("zh-CN");

/** Requests are handled in the browser; filing them has its own tests. */
test("a refusal passes a second reviewer and says its reason to the requester", async ({
  browser,
}) => {
  const owner = await personOf("owner");
  const request = await givenRequest(owner.id, {
    type: "consult",
    requesterKind: "developer",
    accountId: owner.memberships[0]?.accountId ?? null,
  });
  const handler = await openCase(browser, "handler", request.number);
  await handler.getByRole("button", { name: zh.cases("do.take"), exact: true }).click();
  await handler.getByRole("button", { name: zh.cases("do.verified") }).click();
  await handler.getByLabel(zh.requests("outcome.refused"), { exact: true }).check();
  await handler.getByLabel(zh.cases("decide.explanation")).fill("您本月已就同一事项提出三次。");

  await handler.getByRole("button", { name: zh.cases("decide.propose") }).click();
  await expect(handler.getByText(zh.requests("errors.codeMissing")).first()).toBeVisible();
  await handler
    .getByLabel(zh.cases("decide.code"), { exact: true })
    .selectOption({ label: `R-a ${zh.requests("code.R-a")}` });
  await handler.getByRole("button", { name: zh.cases("decide.preview") }).click();
  await expect(handler.getByText(zh.requests("answer.appealWay"))).toBeVisible();
  await handler.getByRole("button", { name: zh.cases("decide.propose") }).click();
  await expect(handler.getByText(zh.cases("review.own"))).toBeVisible();

  const approver = await openCase(browser, "approver", request.number);
  await approver.getByRole("button", { name: zh.cases("review.approve") }).click();
  // What is answered waits for no second person any more.
  await expect(async () => {
    const answer = await approver.goto(`/zh-CN/ops/requests/${request.number}`);
    expect(answer?.status()).toBe(404);
  }).toPass();
  await handler.reload();
  await expect(handler.getByText(zh.cases("status.refused")).first()).toBeVisible();
});

test("an on-behalf deletion goes from proof to receipt", async ({ browser }) => {
  const owner = await personOf("owner");
  const request = await givenRequest(owner.id, {
    requesterKind: "developer",
    onBehalf: true,
    accountId: owner.memberships[0]?.accountId ?? null,
  });
  const file = await givenFile(request, owner, "用户授权书");
  const handler = await openCase(browser, "handler", request.number);
  await handler.getByRole("button", { name: zh.cases("do.take"), exact: true }).click();
  await handler.getByRole("button", { name: zh.cases("case.show") }).click();
  await expect(handler.getByText("alice-0815")).toBeVisible();

  const proof = await handler.request.get(`/zh-CN/ops/requests/${request.number}/files/${file.id}`);
  expect(await proof.text()).toBe("用户授权书");
  expect(proof.headers()).toMatchObject({
    "content-disposition": expect.stringContaining("attachment"),
    "content-security-policy": expect.stringMatching(/^sandbox; default-src 'none'/),
    "x-content-type-options": "nosniff",
  });

  await handler.getByRole("button", { name: zh.cases("do.verified") }).click();
  await handler.getByRole("button", { name: zh.cases("plan.add") }).click();
  await handler.getByRole("button", { name: zh.cases("plan.drop") }).waitFor();
  await handler.getByLabel(zh.requests("outcome.fulfilled"), { exact: true }).check();
  await handler.getByLabel(zh.cases("decide.explanation")).fill("已按您的请求删除。");
  await handler.getByRole("button", { name: zh.cases("decide.propose") }).click();
  await expect(handler.getByText(zh.cases("review.own"))).toBeVisible();

  const approver = await openCase(browser, "approver", request.number);
  await approver.getByRole("button", { name: zh.cases("review.approve") }).click();
  await expect(async () => {
    await handler.reload();
    await expect(handler.getByText(zh.cases("decide.reconsiderNote"))).toBeVisible();
  }).toPass();
  await handler.getByLabel(zh.cases("plan.result"), { exact: true }).fill("2 个用户的资料已删除");
  await handler.getByRole("button", { name: zh.cases("plan.finish") }).click();
  await expect(handler.getByText(/D-\d{4}-\d{6}/)).toBeVisible();
});

async function openCase(browser: Browser, role: Role, number: string): Promise<Page> {
  const context = await browser.newContext({
    extraHTTPHeaders: { cookie: await cookieOf(role) },
  });
  const page = await context.newPage();
  await page.goto(`/zh-CN/ops/requests/${number}`);
  return page;
}
