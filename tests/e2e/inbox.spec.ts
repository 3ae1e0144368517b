import { putPopupsOff } from "./support/loop";
import { personOf, sessionOf } from "./support/people";
import { type Browser, expect, type Page, test } from "./support/test";
import { wordsOf } from "./support/words";

const { inbox, layout, ui } = wordsOf("zh-CN");
const list = (page: Page) => page.getByRole("list", { name: inbox("list") });
const dot = (page: Page) => page.getByRole("banner").getByRole("link", { name: /未读/ });

async function open(browser: Browser, javaScriptEnabled = true) {
  const context = await browser.newContext({ locale: "zh-CN", javaScriptEnabled });
  const [name = "", value = ""] = (await sessionOf(await personOf("owner"))).split("=");
  await context.addCookies([{ name, value, url: `http://localhost:${process.env.E2E_PORT}` }]);
  const page = await context.newPage();
  if (javaScriptEnabled) await putPopupsOff(page, "zh-CN");
  return page;
}

test("messages are found by kind and word, archived and read by keys alone, and taken back", async ({
  browser,
}) => {
  const page = await open(browser);
  await page.goto("/zh-CN/inbox");
  const all = await list(page).getByRole("listitem").count();
  expect(all).toBeGreaterThan(2);

  await page.getByRole("link", { name: inbox("category.policies") }).click();
  await page.waitForURL(/category=policies/);
  const title = await list(page).getByRole("link").first().innerText();
  expect(title).toContain("《");
  await page.keyboard.press("/");
  await page.keyboard.type("没有这样的消息");
  await page.keyboard.press("Enter");
  await page.waitForURL(/q=/);
  await expect(page.getByText(inbox("empty.sought", { words: "没有这样的消息" }))).toBeVisible();

  await page.goto("/zh-CN/inbox");
  const second = list(page).getByRole("listitem").nth(1);
  const rows = await page.locator("#main [data-row]").count();
  // Keys are heard once the page is awake and no popup lies over it.
  await expect(async () => {
    for (let row = 0; row < rows; row += 1) await page.keyboard.press("k");
    for (let row = 0; row < rows - all + 1; row += 1) await page.keyboard.press("j");
    await expect(second.getByRole("link")).toBeFocused({ timeout: 1_000 });
  }).toPass();
  const name = (await second.getByRole("link").textContent()) ?? "";
  await page.keyboard.press("e");
  await expect(page.getByText(inbox("done.archived", { count: 1 }))).toBeVisible();
  await expect(list(page).getByRole("listitem")).toHaveCount(all - 1);
  await page.getByRole("button", { name: inbox("undo"), exact: true }).click();
  await expect(list(page).getByRole("listitem")).toHaveCount(all);
  await expect(second.getByRole("link")).toHaveText(name);

  await page.keyboard.press("?");
  const help = page.getByRole("dialog", { name: ui("shortcuts.title") });
  await expect(help).toBeVisible();
  await help.getByRole("checkbox").uncheck();
  await page.keyboard.press("Escape");
  await page.keyboard.press("?");
  await expect(help).toBeHidden();
});

test("without JavaScript several messages are ticked, archived and taken back", async ({
  browser,
}) => {
  const page = await open(browser, false);
  await page.goto("/zh-CN/inbox");
  const all = await list(page).getByRole("listitem").count();
  for (const at of [0, 1]) await list(page).getByRole("checkbox").nth(at).check();
  await page.getByRole("button", { name: inbox("bulk.archive") }).click();
  await expect(page.getByText(inbox("done.archived", { count: 2 }))).toBeVisible();
  await expect(list(page).getByRole("listitem")).toHaveCount(all - 2);
  await page.getByRole("button", { name: inbox("undo"), exact: true }).click();
  await expect(list(page).getByRole("listitem")).toHaveCount(all);
  await page.getByRole("button", { name: inbox("bulk.archive") }).click();
  await expect(page.getByText(inbox("errors.noneTicked"))).toBeVisible();
});

test("what is read in one tab counts in every tab within seconds, without a click", async ({
  browser,
}) => {
  const page = await open(browser);
  await page.goto("/zh-CN/home");
  const count = async () =>
    Number(/\d+/.exec((await dot(page).getAttribute("aria-label")) ?? "")?.[0] ?? 0);
  const before = await count();
  const other = await page.context().newPage();
  await putPopupsOff(other, "zh-CN");
  await other.goto("/zh-CN/inbox");
  const first = list(other).getByRole("listitem").first();
  const [read, unread] = [inbox("markRead"), inbox("markUnread")];
  const wasUnread = await first.getByRole("button", { name: read }).isVisible();

  await first.getByRole("button", { name: wasUnread ? read : unread }).click();
  const said = layout("unread", { count: wasUnread ? before - 1 : before + 1 });
  await expect(dot(other)).toHaveAccessibleName(said);
  await expect(dot(page)).toHaveAccessibleName(said);
  await first.getByRole("button", { name: wasUnread ? unread : read }).click();
  await expect(dot(page)).toHaveAccessibleName(layout("unread", { count: before }));
});
