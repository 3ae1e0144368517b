import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { expect, type Page, test } from "@playwright/test";

import { inRoot } from "@/lib/paths";

/** A console of its own origin, invented; the portal beside it answers as server/inbox-api.test.ts says it does. */
const CONSOLE = "https://console.invented.example";
const PORTAL = "https://notices.invented.example";
const SCRIPT = readFileSync(inRoot("public", "gaozhi-bell.js"), "utf8");
const AXE = readFileSync(inRoot("node_modules", "axe-core", "axe.min.js"), "utf8");

const RUN_AXE = `axe.run().then(({ violations }) =>
  violations.map(({ id, nodes }) => id + ": " + nodes.map(({ html }) => html).join(" ")))`;

const message = (id: string, unread: boolean) => ({
  ...{ id, unread, kind: "政策变更", title: `《隐私指引》${id} 版 <b>变更</b>` },
  ...{ href: `${PORTAL}/zh-CN/inbox/${id}`, createdAt: "2026-11-20T08:00:00.000Z" },
});
const INBOX = {
  unread: 1,
  messages: [message("3.2", true), message("3.1", false)],
  popup: { ...message("3.2", true) },
  href: `${PORTAL}/zh-CN/inbox`,
};

type Seen = { authorization: string[] };

async function open(page: Page, { lang = "zh-CN", theme = "light" } = {}): Promise<Seen> {
  const seen: Seen = { authorization: [] };
  const dark = theme === "dark";
  // The strictest policy that a console can have besides the portal itself.
  const policy = `default-src 'none'; script-src ${PORTAL}; connect-src 'self' ${PORTAL}`;
  await page.route(`${CONSOLE}/**`, (route) =>
    route.request().url().endsWith("/token")
      ? route.fulfill({ json: { token: "signed" } })
      : route.fulfill({
          contentType: "text/html; charset=utf-8",
          headers: { "content-security-policy": policy },
          body: `<!doctype html><html lang="${lang}"><title>青禾云控制台</title><meta name="viewport" content="width=device-width"><body bgcolor="${dark ? "#111418" : "#ffffff"}" text="${dark ? "#eeeeee" : "#111111"}"><main><h1>青禾云控制台</h1><gaozhi-bell token-url="/token" theme="${theme}"></gaozhi-bell></main><script src="${PORTAL}/gaozhi-bell.js"></script></body></html>`,
        }),
  );
  await page.route(`${PORTAL}/**`, async (route) => {
    const request = route.request();
    if (request.url().endsWith("/gaozhi-bell.js"))
      return route.fulfill({ contentType: "text/javascript; charset=utf-8", body: SCRIPT });
    seen.authorization.push(request.headers().authorization ?? "");
    const headers = {
      "access-control-allow-origin": CONSOLE,
      "access-control-allow-headers": "authorization",
    };
    return route.fulfill({ json: INBOX, headers });
  });
  await page.goto(`${CONSOLE}/`);
  return seen;
}

test("the bell in another's page: popup, banner, red dot and list by keyboard, with links into the portal", async ({
  page,
}) => {
  const seen = await open(page);
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("《隐私指引》3.2 版 <b>变更</b>");
  await expect(dialog.getByRole("link")).toHaveAttribute("href", `${PORTAL}/zh-CN/inbox/3.2`);
  expect(seen.authorization.at(-1)).toBe("Bearer signed");

  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
  const bell = page.getByRole("button", { name: "告知台：1 条未读" });
  await expect(bell).toBeFocused();
  await page.keyboard.press("Enter");
  const panel = page.getByRole("region", { name: "告知台消息" });
  await expect(panel.getByRole("listitem")).toHaveCount(2);
  expect((await panel.boundingBox())?.x).toBeGreaterThanOrEqual(0);
  await page.keyboard.press("Tab");
  await expect(panel.getByRole("link").first()).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(panel).toHaveCount(0);
  await expect(bell).toBeFocused();

  await page.reload();
  await expect(page.getByRole("region", { name: "请您查看" })).toContainText("3.2 版");
  await expect(dialog).toHaveCount(0);
  await page.getByRole("button", { name: "收起" }).click();
  await expect(page.getByRole("region", { name: "请您查看" })).toHaveCount(0);
});

test("it has no barriers in either language, light and dark, on a phone too, and weighs at most 15 kB", async ({
  page,
}) => {
  expect(gzipSync(SCRIPT).length).toBeLessThanOrEqual(15 * 1024);
  await page.setViewportSize({ width: 390, height: 800 });
  for (const [lang, theme] of [
    ["zh-CN", "light"],
    ["en", "dark"],
  ] as const) {
    await page.unrouteAll();
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
