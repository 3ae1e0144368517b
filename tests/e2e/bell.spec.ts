import { readFileSync } from "node:fs";

import { readPerson } from "@/domain/access/session";
import { asJob } from "@/domain/context";
import { inRoot } from "@/lib/paths";
import { buildScript } from "@/scripts/launch/own-scripts";

import { sessionOf } from "./support/people";
import { expect, type Page, test } from "./support/test";

/** A member of an account that has still to answer a major change. */
const READER = "chen.ruochuan@qinghe.example";

const AXE = readFileSync(inRoot("node_modules", "axe-core", "axe.min.js"), "utf8");
const RUN_AXE = `axe.run().then(({ violations }) =>
  violations.map(({ id, nodes }) => id + ": " + nodes.map(({ html }) => html).join(" ")))`;

/** The vendor's console at its own site, under the strictest policy that it can have. */
const open = (page: Page, view: Record<string, string> = {}) =>
  page.goto(
    `${process.env.CONSOLE_ORIGINS}/?${new URLSearchParams({ person: READER, ...view }).toString()}`,
  );

test("the bell in another's console has no barriers in either language, light and dark, on a phone too", async ({
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 800 });
  for (const [lang, theme] of [
    ["zh-CN", "light"],
    ["en", "dark"],
  ] as const) {
    await open(page, { lang, theme });
    // By the protocol of the tests, which the page's policy does not bind.
    await page.evaluate(AXE);
    const barriers = () => page.evaluate<string[]>(RUN_AXE);
    const later = page.getByRole("button", { name: lang === "en" ? "Later" : "稍后再看" });
    await expect(later).toBeVisible();
    expect(await barriers()).toEqual([]);
    await later.click();
    await page.getByRole("button", { name: lang === "en" ? /^Notices/ : /^告知台/ }).click();
    expect(await barriers()).toEqual([]);
    const box = await page
      .getByRole("region", { name: lang === "en" ? "Notices" : "告知台消息" })
      .boundingBox();
    expect(box?.x).toBeGreaterThanOrEqual(0);
    expect((box?.x ?? 0) + (box?.width ?? 391)).toBeLessThanOrEqual(390);
    await page.evaluate(() => localStorage.clear());
  }
});

test("it shows popup, banner, red dot and list by keyboard; what is read in the portal is read there", async ({
  page,
  context,
  baseURL,
}) => {
  expect(await (await fetch(`${baseURL}/gaozhi-bell.js`)).text()).toBe(
    await buildScript("gaozhi-bell.js"),
  );
  await open(page);
  const dialog = page.getByRole("dialog");
  const title = await dialog.getByRole("heading").innerText();
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);

  const bell = page.getByRole("button", { name: /^告知台：\d+ 条未读$/ });
  await expect(bell).toBeFocused();
  const unread = async () => Number((await bell.getAttribute("aria-label"))?.match(/\d+/)?.[0]);
  const before = await unread();
  await page.keyboard.press("Enter");
  const panel = page.getByRole("region", { name: "告知台消息" });
  const line = panel.getByRole("listitem").filter({ hasText: title }).getByRole("link");
  await expect(line).toContainText("未读");
  await page.keyboard.press("Tab");
  await expect(panel.getByRole("link").first()).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(panel).toHaveCount(0);
  await expect(bell).toBeFocused();

  await page.reload();
  const banner = page.getByRole("region", { name: "请您查看" });
  await expect(banner).toContainText(title);
  await expect(dialog).toHaveCount(0);

  const [name = "", value = ""] = (await sessionOf(await reader())).split("=");
  await context.addCookies([{ name, value, url: baseURL ?? "" }]);
  const [message] = await Promise.all([
    context.waitForEvent("page"),
    banner.getByRole("link", { name: "去查看" }).click(),
  ]);
  await expect(message).toHaveURL(new RegExp(`^${baseURL}/zh-CN/inbox/`));
  await expect(message.getByRole("main")).toContainText(title);
  await expect(async () => {
    await open(page);
    await expect(bell).toBeVisible({ timeout: 2000 });
    expect(await unread()).toBe(before - 1);
  }).toPass();
});

async function reader() {
  const person = await readPerson(asJob("tests", new Date()), { email: READER });
  if (!person) throw new Error(`the story has no ${READER}`);
  return person;
}
