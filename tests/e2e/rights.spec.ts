import { eq } from "drizzle-orm";

import { db } from "@/db/client";
import { apps, ownPolicyUpdates, policyVersions } from "@/db/schema";
import { givenPerson } from "@/tests/support/people";
import { givenRequest } from "@/tests/support/requests";

import { expect, type Page, test } from "./support/test";
import {
  agree,
  confirms,
  enter,
  press,
  proveAddress,
  takeAndVerify,
  zh,
} from "./support/request-desk";

/** An app by API only, and who owns its account. */
const APP = { sdkAppId: "1400004077", owner: "gu.xingye@xingdu.example" };

const choose = (page: Page, name: string, value: string) =>
  page.locator(`[name="${name}"][value="${value}"]`).check();

/** A part of a page, by its heading. */
const part = (page: Page, title: string) =>
  page
    .locator("[data-section]")
    .filter({ has: page.getByRole("heading", { name: title, exact: true }) });

/** The wizard of a developer, up to the question what is asked for. */
async function openTypes(page: Page): Promise<void> {
  await page.goto("/zh-CN/requests/new");
  await choose(page, "capacity", "on_behalf");
  await press(page, zh.requests("filing.next"));
  await page.locator('[name="place"]').first().check();
  await press(page, zh.requests("filing.saveAndNext"));
  await expect(page.locator('[name="type"]').first()).toBeVisible();
}

test("P23 P24: a developer is shown what they can do themselves, and what has a room of its own, and goes on", async ({
  browser,
}) => {
  test.setTimeout(90_000);
  const page = await enter(browser, APP.owner);
  await openTypes(page);
  const types = await page
    .locator('[name="type"]')
    .evaluateAll((radios) => radios.map((radio) => (radio as HTMLInputElement).value));
  expect(types.indexOf("deregister_account")).toBe(types.indexOf("delete") + 1);
  await choose(page, "type", "delete");
  await press(page, zh.requests("filing.saveAndNext"));

  const ways = part(page, zh.requests("filing.ways.title"));
  await expect(ways.getByRole("link", { name: "console.yunqiao.example/im/users" })).toBeVisible();
  await expect(ways.getByText("由您的服务器调用账号删除接口。")).toBeVisible();
  await choose(page, "ground", "a");
  await press(page, zh.requests("filing.saveAndNext"));
  await expect(page.locator('[name="facts"]')).toBeVisible();
  await expect(ways).toHaveCount(0);

  for (const [room, address] of [
    ["deregister_account", /\/zh-CN\/account\/deregistration$/],
    ["privacy_settings", /\/zh-CN\/settings$/],
  ] as const) {
    await openTypes(page);
    await choose(page, "type", room);
    await press(page, zh.requests("filing.saveAndNext"));
    await page.waitForURL(address);
  }
});

test("P24: an end user without JavaScript reads the ways of a platform and goes on to ask", async ({
  browser,
}) => {
  test.setTimeout(90_000);
  const context = await browser.newContext({ locale: "zh-CN", javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto("/zh-CN/sign-in/prove");
  await proveAddress(page, "bai.lu@mail.example");
  const next = () => press(page, zh.requests("filing.saveAndNext"));
  await page.goto("/zh-CN/requests/new");
  await choose(page, "capacity", "end_user");
  await press(page, zh.requests("filing.next"));
  await page.locator('[name="appName"]').fill("轻语");
  await next();
  await choose(page, "type", "withdraw_consent");
  await next();

  const [android, ios] = [page.getByText("设置 → 应用 → 权限"), page.getByText("隐私与安全性")];
  await expect(android).toBeVisible();
  await page.getByRole("link", { name: "iOS", exact: true }).click();
  await expect(ios).toBeVisible();
  await expect(android).toHaveCount(0);
  await page.locator('[name="details.feature"]').fill("离线推送");
  await next();
  await expect(page.locator('[name="list"]')).toBeVisible();
});

test("P24: a handler writes a way, and requesters read it at once; taken off, it is gone", async ({
  browser,
}) => {
  test.setTimeout(90_000);
  const handler = await enter(browser, "jiang.yingxue@yunqiao.example");
  await handler.goto("/zh-CN/ops/requests");
  await handler.getByRole("link", { name: zh.requests("desk.ways.title"), exact: true }).click();
  // The queue that it is left from has a field of that name too.
  await handler.waitForURL(/\/ways$/);
  await handler.locator('[name="type"]').selectOption("copy");
  await handler.locator('[name="reader"]').selectOption("developer");
  await handler.locator('[name="text.zh-CN"]').fill("在控制台导出聊天记录。");
  await handler.locator('[name="url"]').fill("http://console.yunqiao.example/export");
  await press(handler, zh.requests("desk.ways.add"));
  await expect(handler.getByText(zh.requests("errors.wayAddress")).first()).toBeVisible();
  await handler.locator('[name="url"]').fill("https://console.yunqiao.example/export");
  await press(handler, zh.requests("desk.ways.add"));
  const row = handler.getByRole("listitem").filter({ hasText: "在控制台导出聊天记录。" });
  await expect(row).toBeVisible();

  const developer = await enter(browser, APP.owner);
  await openTypes(developer);
  await choose(developer, "type", "copy");
  await press(developer, zh.requests("filing.saveAndNext"));
  const way = developer.getByRole("link", { name: "console.yunqiao.example/export" });
  await expect(way).toBeVisible();

  await row.getByRole("button", { name: zh.requests("desk.ways.remove"), exact: true }).click();
  await agree(handler);
  await expect(row).toHaveCount(0);
  await developer.reload();
  await expect(developer.locator('[name="details.what"]')).toBeVisible();
  await expect(way).toHaveCount(0);
});

test("P34: an end user's wish to close a service goes to the app's developer with the policies it is held against", async ({
  browser,
}) => {
  test.setTimeout(120_000);
  const user = await givenPerson("终端用户");
  const { number } = await givenRequest(user.id, {
    ...{ type: "deregister_end_user", ground: null, namedSdkAppId: APP.sdkAppId },
    ...{ appName: "星渡网关", receivedAt: new Date() },
  });
  const handler = await enter(browser, "jiang.yingxue@yunqiao.example");
  await takeAndVerify(handler, number);
  await handler.getByText(zh.requests("desk.do.routeOpen"), { exact: true }).click();
  await handler.getByRole("button", { name: /^转给/ }).click();
  await agree(handler);
  await confirms(handler, zh.requests("desk.done.routed"));

  const developer = await enter(browser, APP.owner);
  await developer.goto(`/zh-CN/requests/${number}/answer`);
  const policy = part(developer, zh.requests("filing.task.policy"));
  await expect(policy.getByText(zh.requests("filing.task.noOwnPolicy"))).toBeVisible();
  await expect(policy.getByRole("link", { name: "即时通信 SDK 隐私保护指引" })).toBeVisible();
  const own = "https://gateway.xingdu.example/privacy";
  await sayOwnPolicy(own);
  await developer.reload();
  await expect(policy.getByRole("link", { name: own, exact: true })).toHaveAttribute("href", own);

  await choose(developer, "answer", "handled");
  await developer.locator('[name="text"]').fill("已按产品政策注销。");
  await press(developer, zh.requests("filing.task.submit"));
  await expect(developer.getByText(zh.requests("filing.task.ended.answered"))).toBeVisible();
  await handler.goto(`/zh-CN/ops/requests/${number}`);
  await expect(handler.getByText("已按产品政策注销。")).toBeVisible();
});

/** The app's account says where its own policy stands, as the task about a change of the guide asks it to. */
async function sayOwnPolicy(url: string): Promise<void> {
  const [app] = await db.select().from(apps).where(eq(apps.sdkAppId, APP.sdkAppId));
  const [version] = await db
    .select()
    .from(policyVersions)
    .where(eq(policyVersions.status, "in_force"));
  const { id: statedBy } = await givenPerson("星渡所有者");
  await db.insert(ownPolicyUpdates).values({
    ...{ appId: app!.id, versionId: version!.id, url },
    ...{ statedBy, statedAt: new Date() },
  });
}
