import { type Browser, expect, type Page, test } from "@playwright/test";
import { eq } from "drizzle-orm";

import { db } from "@/db/client";
import { apps } from "@/db/schema";
import { givenRequest, givenTaken } from "@/tests/support/requests";

import { givenPublishedIncident } from "./support/incidents";
import { choose, pressKey, tabTo, typeInto } from "./support/keyboard";
import { personOf, sessionOf } from "./support/people";
import { confirms, zh } from "./support/request-desk";
import type { Role } from "./support/surfaces";

// No hand on a mouse: everything below is done with keys.

const button = (page: Page, name: string | RegExp) =>
  page.getByRole("button", { name, ...(typeof name === "string" && { exact: true }) });
const field = (page: Page, name: string) => page.locator(`[name="${name}"]`);

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

test("by keyboard alone: an advice of an incident is ticked", async ({ browser }) => {
  const owner = await personOf("owner");
  const [app] = await db
    .select({ id: apps.id })
    .from(apps)
    .where(eq(apps.accountId, owner.memberships[0]?.accountId ?? ""));
  const { incidentNumber } = await givenPublishedIncident(app?.id ?? "");
  const page = await openAs(browser, "owner");
  await page.goto(`/zh-CN/incidents/${incidentNumber}`);
  const dialog = page.getByRole("dialog");
  if (await dialog.isVisible()) await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
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
async function openAs(browser: Browser, role: Exclude<Role, "anonymous">): Promise<Page> {
  const context = await browser.newContext({
    locale: "zh-CN",
    viewport: { width: 1280, height: 800 },
    extraHTTPHeaders: { cookie: await sessionOf(await personOf(role)) },
  });
  return context.newPage();
}
