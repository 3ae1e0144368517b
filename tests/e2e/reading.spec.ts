import { gzipSync } from "node:zlib";

import { isForEverybody } from "@/server/for-everybody";

import { ask, inTurns } from "./support/ask";
import { cookieOf } from "./support/people";
import { givenRecords } from "./support/records";
import { addressOf } from "./support/rules";
import { PAGES } from "./support/surfaces";
import { expect, test } from "./support/test";

const READER = "/zh-CN/policies/im-privacy-guide/3.2";
const COMPARISON = `${READER}/changes`;

/** kB of HTML as it is sent, at least half of one above what it is: lists grow with what other tests publish. */
const MOST = {
  "/zh-CN": 8.5,
  "/zh-CN/policies": 8.5,
  [READER]: 17,
  [COMPARISON]: 9.5,
  "/zh-CN/incidents/I-2026-000001": 9,
};

const kB = (text: string) => gzipSync(text, { level: 7 }).length / 1000;

async function scriptsOf(html: string): Promise<{ names: string[]; kB: number }> {
  const names = [...html.matchAll(/<script[^>]* src="([^"]+)"(?![^>]*noModule)/g)].map(
    ([, name = ""]) => name,
  );
  const texts = await Promise.all(names.map(async (name) => (await ask(name)).text()));
  return { names, kB: texts.reduce((sum, text) => sum + kB(text), 0) };
}

test("a page that everybody reads is as small as its text, and runs 2 kB of scripts; for who is signed in at most 165", async () => {
  for (const [address, most] of Object.entries(MOST)) {
    const html = await (await ask(address)).text();
    expect(kB(html), address).toBeLessThan(most);
    const { names, kB: weight } = await scriptsOf(html);
    expect(names).toEqual(["/manners.js"]);
    expect(weight).toBeLessThan(2);
  }
  const cookie = await cookieOf("handler");
  const html = await (await ask(READER, { headers: { cookie } })).text();
  const { names, kB: weight } = await scriptsOf(html);
  expect(names).toContain("/manners.js");
  expect(names.length).toBeGreaterThan(5);
  expect(weight).toBeLessThan(165);
});

test("P39: a major change that is coming stands above what readers read, but where it is told anyway", async () => {
  for (const path of ["/announcements", "/incidents", "/incidents/I-2026-000001", "/rights"])
    expect(await (await ask(`/zh-CN${path}`)).text(), path).toContain("3.2 版是重大变更");
  expect(await (await ask("/zh-CN")).text()).not.toContain("3.2 版是重大变更");
});

/** What the server writes of these is all that a stranger's page needs; the rest are Next's own. */
const WHOLE = ["HiddenBelow", "LanguageSwitch", "NavLink", "NavigationProgress", "ShellManners"];
const OF_NEXT = ["default", "IconMark", "MetadataBoundary", "OutletBoundary", "ViewportBoundary"];

test("no page for everybody holds a component that only React could wake", async () => {
  const records = await givenRecords();
  const routes = Object.keys(PAGES).filter((route) => isForEverybody(addressOf(route, records)));
  const dead: string[] = [];
  let count = 0;
  await inTurns(routes, async (route) => {
    // With a key nobody's page is given from memory, so it comes as Next made it.
    const address = addressOf(route, records);
    const html = await (await ask(address, { headers: { authorization: "none" } })).text();
    const found = componentsOf(html);
    count += found.length;
    for (const name of found)
      if (!WHOLE.includes(name) && !OF_NEXT.includes(name)) dead.push(`${route}: ${name}`);
  });
  expect(count).toBeGreaterThan(routes.length);
  expect(dead).toEqual([]);
});

/** The client components that React's copy of a page names. */
function componentsOf(html: string): string[] {
  const pushed = [...html.matchAll(/>self\.__next_f\.push\((.*?)\)<\/script>/gs)];
  const copy = pushed.map(([, call = "[]"]) => String(JSON.parse(call)[1] ?? "")).join("");
  return [...copy.matchAll(/^[0-9a-f]+:I\[\d+,\[[^\]]*\],"([^"]+)"/gm)].map(([, name = ""]) => {
    const row = name.startsWith("$") && new RegExp(`^${name.slice(1)}:"([^"]+)"`, "m").exec(copy);
    return row ? (row[1] ?? name) : name;
  });
}

for (const [who, role] of [
  ["a stranger, without React", null],
  ["who is signed in, with React", "handler"],
] as const)
  test(`theme, copying, contents, language, Back, ways of looking and printing work for ${who}`, async ({
    browser,
  }) => {
    const context = await browser.newContext({
      locale: "zh-CN",
      permissions: ["clipboard-read", "clipboard-write"],
      extraHTTPHeaders: role ? { cookie: await cookieOf(role) } : {},
    });
    const page = await context.newPage();
    const copied = () => page.evaluate(() => navigator.clipboard.readText());
    const button = (name: string) => page.getByRole("button", { name, exact: true });

    await page.goto(READER);
    expect(await page.evaluate(() => "__next_f" in window)).toBe(role !== null);

    await button("显示：跟随系统，改为浅色").click();
    await expect(button("显示：浅色，改为深色")).toBeFocused();
    await page.reload();
    await button("显示：浅色，改为深色").click();
    await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
    await button("显示：深色，改为跟随系统").click();
    await expect(page.locator("html")).not.toHaveAttribute("data-theme");

    await button("复制内容指纹").first().click();
    await expect(page.getByRole("status").getByText("已复制")).toBeVisible();
    expect(await copied()).toMatch(/^[0-9a-f]{64}$/);

    const current = page.locator("nav a[data-spied][aria-current]").first();
    const hash = "#sec-1-3";
    await page.locator(`.legal-text a[href="${hash}"][data-copy-anchor]`).press("Enter");
    await expect(page).toHaveURL(new RegExp(`${hash}$`));
    await expect.poll(copied).toContain(READER + hash);
    await expect(current).toHaveAttribute("href", hash);

    await page.getByRole("link", { name: "English", exact: true }).click();
    await expect(page).toHaveURL(new RegExp(`/en/.*${hash}$`));
    await page.goBack();
    await expect(page.locator(".legal-text")).toContainText("一、");

    await page.evaluate(() => {
      window.print = () => (document.title = "printed");
    });
    await button("打印或存为 PDF").click();
    await expect(page).toHaveTitle("printed");

    await page.goto(COMPARISON);
    await page.evaluate(() => scrollTo(0, 160));
    const split = page.getByRole("link", { name: "左右对照" });
    await split.click();
    await expect(page).toHaveURL(/layout=split/);
    await expect(split).toBeFocused();
    await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(100);
    await context.close();
  });
