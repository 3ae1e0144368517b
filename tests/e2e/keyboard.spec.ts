import { eq, sql } from "drizzle-orm";

import { db } from "@/db/client";
import { apps, products } from "@/db/schema";
import { givenAnnouncement, submitted } from "@/tests/support/notices";
import { givenRequest, givenTaken } from "@/tests/support/requests";

import { givenPublishedIncident } from "./support/incidents";
import { choose, pressKey, tabTo, typeInto } from "./support/keyboard";
import { mailTo } from "./support/mailbox";
import { personOf, sessionOf } from "./support/people";
import { confirms, zh } from "./support/request-desk";
import type { Role } from "./support/roles";
import { type Browser, expect, type Page, test } from "./support/test";

// No hand on a mouse: everything below is done with keys.

const button = (page: Page, name: string | RegExp) =>
  page.getByRole("button", { name, ...(typeof name === "string" && { exact: true }) });
const field = (page: Page, name: string) => page.locator(`[name="${name}"]`);

/** No popup of a policy change has been closed by this person yet, whatever other tests have done. */
async function givenPopups(email: string): Promise<void> {
  await db.execute(sql`
    update deliveries d set popup_closed_at = null from users u, broadcasts b
    where u.id = d.user_id and u.email = ${email} and b.id = d.broadcast_id
      and b.kind = 'policy_change' and d.channel = 'inbox'`);
}

test("by keyboard alone: sign in, read the popup, acknowledge, hold the receipt", async ({
  page,
}) => {
  const email = "lin.zhiyuan@qinghe.example";
  await givenPopups(email);
  await page.goto("/zh-CN/sign-in");
  const earlier = Date.now();
  await typeInto(page, field(page, "email"), email);
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/sign-in\/code/);
  const { text } = await mailTo(email, { subject: /登录/, after: earlier });
  await typeInto(page, field(page, "code"), /\b\d{4} \d{4}\b/.exec(text ?? "")?.[0] ?? "");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/home$/);

  const read = button(page, zh.home("console.popup.read"));
  await expect(page.getByRole("dialog")).toMatchAriaSnapshot(`
    - dialog /重大变更/:
      - heading /重大变更/ [level=2]
      - button "关闭"
      - button "稍后再看"
      - button "阅读变更"
  `);
  await expect(read).toBeFocused();
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/acknowledgements\/[0-9a-f-]+\?by=popup$/);
  // The page begins at its content, and says the change once: no banner above it.
  await expect(page.locator("#main")).toBeFocused();
  await expect(page.getByRole("link", { name: zh.home("console.banner.view") })).toHaveCount(0);
  const form = page.getByRole("form", { name: /青禾网络/ }).first();
  await expect(form).toMatchAriaSnapshot(`
    - form:
      - checkbox /青禾网络/
      - button /确认/
  `);
  await pressKey(page, field(page, "confirmed"), "Space");
  await pressKey(page, form.getByRole("button"));
  await page.waitForURL(/\/receipts\/A-\d{4}-\d{6}/);
  await expect(page.getByRole("main")).toMatchAriaSnapshot(`
    - main:
      - article:
        - heading /A-\\d{4}-\\d{6}/ [level=1]
        - blockquote: /确认并接受/
        - button "复制内容指纹"
  `);
});

test("by keyboard alone: a request is filed", async ({ browser }) => {
  const page = await openAs(browser, "stranger");
  const next = () => pressKey(page, button(page, zh.requests("filing.saveAndNext")));
  await page.goto("/zh-CN/requests/new");
  await choose(page, "capacity", "end_user");
  await pressKey(page, button(page, zh.requests("filing.next")));
  await expect(field(page, "appName")).toBeVisible();
  await typeInto(page, field(page, "appName"), "轻语");
  await next();
  await expect(field(page, "type").first()).toBeVisible();
  await expect(page.getByRole("radiogroup")).toMatchAriaSnapshot(`
    - radiogroup:
      - radio
  `);
  await choose(page, "type", "question");
  await next();
  // Sent empty, it says what is missing, and the focus is on that.
  await expect(field(page, "facts")).toBeVisible();
  await next();
  await expect(page.locator("form [role=alert]")).toBeFocused();
  await expect(page.locator("form [role=alert]")).toMatchAriaSnapshot(`
    - alert:
      - heading "有内容需要修改" [level=2]
      - list:
        - listitem:
          - link
  `);
  await typeInto(page, field(page, "facts"), "你们保存我的位置信息多久？");
  await next();
  await pressKey(page, button(page, zh.requests("filing.next")));
  await pressKey(page, button(page, zh.requests("filing.check.submit")));
  await page.waitForURL(/\/submitted$/);
  await expect(
    page
      .getByRole("main")
      .getByText(/R-\d{4}-\d{6}/)
      .first(),
  ).toBeVisible();
});

test("by keyboard alone: an announcement is written and submitted", async ({ browser }) => {
  const page = await openAs(browser, "author");
  await page.goto("/zh-CN/ops/announcements");
  await typeInto(page, field(page, "title"), "键盘写成的公告");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/announcements\/[0-9a-f-]+/);
  const submit = button(page, zh.reviews("composer.submit"));
  await pressKey(page, submit);
  const alert = page.locator("form [role=alert]");
  await expect(alert).toBeFocused();
  await expect(alert).toMatchAriaSnapshot(`
    - alert:
      - heading "有内容需要修改" [level=2]
      - list:
        - listitem:
          - link /基本情况|正文/
  `);
  await typeInto(page, field(page, "situation.zh-CN"), "全部内容都不用鼠标写成。");
  await typeInto(page, field(page, "title.en"), "An announcement by keyboard");
  await typeInto(page, field(page, "situation.en"), "Written without a mouse.");
  const draft = page.url();
  await pressKey(page, button(page, zh.incidents("desk.aside.editAudience")));
  await page.waitForURL(/\/audience$/);
  await choose(page, "by", "everybody");
  await pressKey(page, button(page, zh.incidents("desk.audienceForm.save")));
  await confirms(page, zh.incidents("desk.audienceForm.saved"));
  await page.goto(draft);
  await pressKey(page, submit);
  await confirms(page, zh.incidents("desk.done.submitted"));
});

test("by keyboard alone: an approver types the number, is asked once, and approves", async ({
  browser,
}) => {
  const [product] = await db.select({ id: products.id }).from(products);
  const desk = {
    ...{ author: await personOf("author"), approver: await personOf("approver") },
    productId: product?.id ?? "",
  };
  const { id } = await submitted(desk, await givenAnnouncement(desk));
  const page = await openAs(browser, "approver");
  await page.goto(`/zh-CN/ops/announcements/${id}/review`);
  const approve = button(page, zh.incidents("desk.decision.approve"));
  const typed = field(page, "typedPeople");
  const people = (await typed.getAttribute("data-expected")) ?? "";

  // What would be refused is said, and nobody is asked whether they mean it.
  await typeInto(page, typed, `${people}9`);
  await pressKey(page, approve);
  await expect(page.locator("form [role=alert]")).toBeFocused();
  await expect(page.locator("form [role=alert]")).toContainText(people);
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await tabTo(page, typed);
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.insertText(people);
  await pressKey(page, approve);
  await expect(page.getByRole("dialog")).toMatchAriaSnapshot(`
    - dialog:
      - heading [level=2]
      - button "关闭"
      - button "返回"
      - button /批准并告知/
  `);
  // It opens on the safe way, and closing it gives the focus back.
  await expect(button(page, zh.ui("form.cancel"))).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(approve).toBeFocused();
  await page.keyboard.press("Enter");
  await pressKey(page, page.getByRole("dialog").getByRole("button").last());
  await confirms(page, zh.incidents("desk.done.approved"));
});

test("by keyboard alone: an advice of an incident is ticked", async ({ browser }) => {
  const owner = await personOf("owner");
  const [app] = await db
    .select({ id: apps.id })
    .from(apps)
    .where(eq(apps.accountId, owner.memberships[0]?.accountId ?? ""));
  const { incidentNumber } = await givenPublishedIncident(app?.id ?? "");
  const page = await openAs(browser, "owner");
  await page.goto(`/zh-CN/incidents/${incidentNumber}`);
  // A popup opens once the page's scripts are there, unless what it tells of has just been read here.
  await page.waitForLoadState("networkidle");
  const dialog = page.getByRole("dialog");
  if (await dialog.isVisible()) await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
  // A developer reads it in the console, the advice to their apps before what happened.
  await expect(page.getByRole("link", { name: zh.home("console.title") })).toBeVisible();
  await expect(page.getByRole("main").getByRole("heading", { level: 2 }).first()).toHaveText(
    zh.incidents("own.title"),
  );
  const advice = page.locator("#own").getByRole("checkbox").first();
  await expect(advice).not.toBeChecked();
  await pressKey(page, advice, "Space");
  await expect(advice).toMatchAriaSnapshot("- checkbox [checked]");
  await expect(page.locator("#own")).toMatchAriaSnapshot(`
    - heading "对您有何影响" [level=2]
    - heading /Tideline/ [level=3]
    - list "给开发者的建议":
      - listitem:
        - checkbox "升级到 8.1.0。" [checked]
      - listitem:
        - checkbox "清除旧缓存。"
  `);
});

test("by keyboard alone: a handler answers a case", async ({ browser }) => {
  const [requester, handler] = [await personOf("viewer"), await personOf("handler")];
  const request = await givenRequest(requester.id, { type: "consult" });
  await givenTaken(request, handler);
  const page = await openAs(browser, "handler");
  // A wrong address leaves staff at their desk.
  await page.goto("/zh-CN/ops/nothing-here");
  await expect(page.getByRole("navigation").getByText(zh.ops("desk.title"))).toBeVisible();
  await page.goto(`/zh-CN/ops/requests/${request.number}`);
  const choice = page.getByRole("radio", { name: zh.requests("outcome.fulfilled"), exact: true });
  await tabTo(page, choice);
  await page.keyboard.press("Space");
  await expect(choice).toBeChecked();
  await typeInto(
    page,
    page.getByLabel(zh.requests("desk.decide.explanation")),
    "您的位置信息不保存，用后即弃。",
  );
  await pressKey(page, button(page, zh.requests("desk.decide.propose")));
  await confirms(page, zh.requests("desk.done.proposed"));
});

/** A browser of a role's, its keys and nothing else. */
test("two keys lead to a room and one to the search, but not while something is typed, nor turned off", async ({
  browser,
}) => {
  const page = await openAs(browser, "author");
  await page.goto("/zh-CN/ops/settings");
  const desk = "/zh-CN/ops";
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key);
  };

  await press("g", "p");
  await page.waitForURL(`**${desk}/policies`);
  await press("/");
  const search = page.getByRole("main").getByRole("searchbox");
  await expect(search).toBeFocused();
  await press("g", "s");
  await expect(search).toHaveValue("gs");
  await expect(page).toHaveURL(/\/policies$/);

  await page.goto(`${desk}/settings`);
  await page.getByLabel("使用快捷键").uncheck();
  await press("g", "p");
  await page.reload();
  await expect(page.getByLabel("使用快捷键")).not.toBeChecked();
  await expect(page).toHaveURL(/\/settings$/);
});

async function openAs(browser: Browser, role: Exclude<Role, "anonymous">): Promise<Page> {
  const context = await browser.newContext({
    locale: "zh-CN",
    viewport: { width: 1280, height: 800 },
    extraHTTPHeaders: { cookie: await sessionOf(await personOf(role)) },
  });
  return context.newPage();
}

test("a page that is long on its way is told of, and the one before stays until it is there", async ({
  browser,
}) => {
  // Where React runs; to a stranger the browser itself says so, as of any page.
  const page = await openAs(browser, "handler");
  await page.goto("/zh-CN");
  let letGo = () => {};
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  await page.route(/\/zh-CN\/policies\?/, async (route) => {
    await held;
    await route.continue();
  });
  await page.getByRole("banner").getByRole("link", { name: "政策" }).click();
  await expect(page.getByRole("status").getByText("正在打开下一页")).toBeAttached();
  await expect(page).toHaveURL(/\/zh-CN$/);
  letGo();
  await page.waitForURL(/\/zh-CN\/policies$/);
  await expect(page.getByText("正在打开下一页")).toHaveCount(0);
});
