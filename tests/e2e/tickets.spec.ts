import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { promisify } from "node:util";
import { Webhook } from "standardwebhooks";

import { db } from "@/db/client";
import { computeDueDate } from "@/domain/requests/due-date";
import { formatDate } from "@/lib/format";
import { inRoot } from "@/lib/paths";
import { shanghaiMidnight, shanghaiMinute } from "@/lib/shanghai";
import { startEndpoints } from "@/stand-ins/endpoints/start";

import { enterAs } from "./support/loop";
import { linkIn, mailTo } from "./support/mailbox";
import { cookieOf } from "./support/people";
import { untilReady } from "./support/ready";
import { agree, press } from "./support/request-desk";
import { ROLES } from "./support/roles";
import { expect, type Page, test } from "./support/test";
import { wordsOf } from "./support/words";

const { access, lists, requests, support: t, tickets } = wordsOf("zh-CN");
const origin = `http://localhost:${process.env.E2E_PORT}`;
const CALLBACK = "/zh-CN/ops/tickets/callback";
const interfaceUrl = `${origin}/api/v1/ticket-links`;

test("P27, P46: token, link by the documented call, proof of an address, prefilled request, support's view", async ({
  browser,
}) => {
  test.setTimeout(180_000);
  const admin = await enterAs(browser, { name: "乔静一", locale: "zh-CN" });
  const token = await newToken(admin);
  const called = await startEndpoints({ port: Number(process.env.TICKET_HOSTS?.split(":")[1]) });
  const secret = await namedCallback(admin, `${called.url}/tickets`);
  const { url, ticketNumber } = await documentedCall(token);
  expect(ticketNumber).toBe("T-2026-004711");
  expect(url).not.toContain("user-0815");

  // A mail scanner looks at the link; the end user, who has no account, opens it.
  const visitor = await (await browser.newContext({ locale: "zh-CN" })).newPage();
  await visitor.request.get(url);
  await visitor.goto(url);
  await expect(visitor.getByText(ticketNumber)).toBeVisible();
  await visitor.getByRole("button", { name: tickets("landing.asEndUser") }).click();
  const address = "end.user.of.a.ticket@mail.example";
  await visitor.waitForURL(/\/sign-in\/prove/);
  await visitor.locator('[name="email"]').fill(address);
  await visitor.getByRole("button", { name: access("prove.send") }).click();
  await visitor.waitForURL(/\/sign-in\/code/);
  const mail = await mailTo(address, {});
  await visitor.goto(linkIn(mail, "/sign-in/confirm"));
  await visitor.getByRole("button", { name: access("confirm.proveSubmit"), exact: true }).click();
  await visitor.waitForURL(/\/requests\/new\?link=/);
  await expect(visitor.getByText(tickets("wizard.ticket", { ticket: ticketNumber }))).toBeVisible();
  const number = await file(visitor);

  // The ticket system was called back, and its log says so; then no more.
  await expect.poll(() => called.received.length, { timeout: 30_000 }).toBe(1);
  const [{ body = "", headers = {} } = {}] = called.received;
  expect(new Webhook(secret).verify(body, headers)).toMatchObject({
    data: { ticket: ticketNumber, request: number, status: "received" },
  });
  await admin.goto(CALLBACK);
  await expect(admin.locator("#log").getByText(number).first()).toBeVisible();
  await press(admin, tickets("callback.remove"));
  await agree(admin);
  await expect(admin.getByText(tickets("callback.removed"))).toBeVisible();
  await called.close();

  // Support sees where it stands; the handler sees the ticket's number on the case.
  const support = await enterAs(browser, { name: "何小满", locale: "zh-CN" });
  await support.goto("/zh-CN/ops/support");
  await support.locator('[name="q"]').fill(ticketNumber);
  await support.getByRole("button", { name: t("search.submit") }).click();
  await expect(support.getByText(number)).toBeVisible();
  await expect(support.getByText("请删除我的聊天记录")).toHaveCount(0);

  // Two clicks to a link that leads the customer to the case, with a sentence to send in each language.
  await support.getByRole("link", { name: t("standing.linkNamed", { number }) }).click();
  const ticketField = support.locator('[name="wish.ticketNumber"]');
  await untilReady(ticketField);
  await expect(ticketField).toHaveValue(ticketNumber);
  await press(support, tickets("new.submit"));
  await expect(support.getByText(/Ticket T-2026-004711: .*\/en\/t\//)).toBeVisible();
  await visitor.goto(await support.getByText(/^http\S+\/zh-CN\/t\/\S+$/).innerText());
  await press(visitor, tickets("landing.goOn.read_request"));
  await visitor.waitForURL(new RegExp(`/zh-CN/requests/${number}$`));
  await support.goto(`/zh-CN/ops/support?q=${ticketNumber}`);
  await support.getByRole("link", { name: "end.user.of.a.ticket" }).click();
  await expect(support.getByText("e***@mail.example").first()).toBeVisible();
  await expect(support.getByText(number).first()).toBeVisible();
  const handler = await (
    await browser.newContext({ extraHTTPHeaders: { cookie: await cookieOf("handler") } })
  ).newPage();
  await handler.goto(`/zh-CN/ops/requests/${number}`);
  await expect(handler.getByText(ticketNumber)).toBeVisible();
  const auditor = await enterAs(browser, { name: "白朔", locale: "zh-CN" });
  await auditor.goto("/zh-CN/ops/audit?action=person.looked_up");
  await expect(auditor.getByText("何小满").first()).toBeVisible();

  // A revoked token opens nothing any more, and no role's session does in its place.
  await admin.goto("/zh-CN/ops/tokens");
  const name = tickets("tokens.revokeNamed", { name: "端到端测试" });
  await admin.getByRole("button", { name }).click();
  await admin.getByRole("dialog").getByRole("button").last().click();
  await expect(admin.getByRole("button", { name })).toHaveCount(0);
  expect(await statusOf({ authorization: `Bearer ${token}` })).toBe(401);
  for (const role of ROLES) expect(await statusOf({ cookie: await cookieOf(role) })).toBe(401);
});

test("P46, P47: support logs a letter with the day it truly arrived", async ({ browser }) => {
  const page = await enterAs(browser, { name: "何小满", locale: "zh-CN" });
  // Six weeks ago: its fifteen working days are over, whatever holidays there were.
  const received = new Date(Date.now() - 42 * 24 * 3_600_000);
  await page.goto("/zh-CN/ops/requests/new");
  await page.getByRole("button", { name: t("log.submit") }).click();
  await expect(page.getByRole("alert").first()).toBeFocused();
  await fillLog(page, "post", shanghaiMinute(received));
  await page.locator('[name="files"]').setInputFiles([
    { name: "信.txt", mimeType: "text/plain", buffer: Buffer.from("第一页") },
    { name: "附件.txt", mimeType: "text/plain", buffer: Buffer.from("第二页") },
  ]);
  await page.getByRole("button", { name: t("log.submit") }).click();
  await page.waitForURL(/logged=R-\d{4}-\d+/);
  const { dueDate } = await computeDueDate(db, received, {
    ...{ type: "question", region: null, extendedAt: null },
  });
  const day = formatDate(shanghaiMidnight(dueDate), "zh-CN");
  await expect(page.getByText(day).first()).toBeVisible();
  await expect(page.getByText(t("log.untold"))).toBeVisible();
  await expect(page.locator('[name="requesterName"]')).toHaveValue("");

  const number = /R-\d{4}-\d+/.exec(page.url())?.[0] ?? "";
  const handler = await (
    await browser.newContext({ extraHTTPHeaders: { cookie: await cookieOf("handler") } })
  ).newPage();
  await handler.goto(`/zh-CN/ops/requests/${number}`);
  await expect(handler.getByText(requests("desk.channel.post")).first()).toBeVisible();
  await expect(handler.getByText("附件.txt").first()).toBeVisible();
});

test("P46: support logs a call without any file, and a refused form takes no number", async ({
  browser,
}) => {
  const page = await enterAs(browser, { name: "何小满", locale: "zh-CN" });
  const yesterday = shanghaiMinute(new Date(Date.now() - 86_400_000));
  const log = async () => {
    await page.getByRole("button", { name: t("log.submit") }).click();
    await page.waitForURL(/logged=R-\d{4}-\d+/);
    return Number(/logged=R-\d{4}-(\d+)/.exec(page.url())?.[1]);
  };
  await page.goto("/zh-CN/ops/requests/new");
  await fillLog(page, "phone", yesterday);
  const first = await log();

  await page.goto("/zh-CN/ops/requests/new");
  await fillLog(page, "phone", yesterday);
  const picture = {
    name: "users.csv",
    mimeType: "text/csv",
    buffer: Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
  };
  await page.locator('[name="csv"]').setInputFiles(picture);
  await page.getByRole("button", { name: t("log.submit") }).click();
  await expect(page.getByText(lists("errors.file.binary")).first()).toBeVisible();
  const csv = "序号,用户ID\n1,user_001\n2,user_001\n";
  await page.locator('[name="csv"]').setInputFiles({ ...picture, buffer: Buffer.from(csv) });
  expect(await log()).toBe(first + 1);
  await expect(page.getByText(t("log.repeated", { count: 1 }))).toBeVisible();
});

/** What a letter or a call says; no file is chosen. */
async function fillLog(page: Page, channel: "post" | "phone", receivedAt: string): Promise<void> {
  await page.getByLabel(t(`log.channels.${channel}`), { exact: true }).check();
  await page.locator('[name="receivedAt"]').fill(receivedAt);
  await page.getByLabel(requests("filing.who.choices.end_user")).check();
  await page.locator('[name="requesterName"]').fill("江一帆");
  await page.locator('[name="replyTo"]').fill("广州市某路 1 号");
  await page.locator('[name="appName"]').fill("轻语");
  await page.locator('[name="type"]').selectOption("question");
  await page.locator('[name="facts"]').fill("请问保存多久？");
}

/** Names where the ticket system is called back. @returns the secret that the page shows once */
async function namedCallback(admin: Page, address: string): Promise<string> {
  await admin.goto(CALLBACK);
  const field = admin.locator('[name="address"]');
  await untilReady(field);
  await field.fill(address);
  await press(admin, tickets("callback.name"));
  return admin.getByText(/^whsec_/).innerText();
}

/** The token that the page shows once. */
async function newToken(admin: Page): Promise<string> {
  await admin.goto("/zh-CN/ops/tokens");
  await admin.locator('[name="name"]').fill("端到端测试");
  await admin.getByRole("button", { name: tickets("tokens.create") }).click();
  const token = await admin.getByText(/^gaozhi_[\w-]{43}$/).innerText();
  await admin.reload();
  await expect(admin.getByText(token)).toHaveCount(0);
  return token;
}

/** Runs the very call that docs/api.md shows. */
async function documentedCall(token: string): Promise<{ url: string; ticketNumber: string }> {
  const [, call = ""] =
    /```sh\n(curl[^`]*ticket-links[^`]*)```/.exec(readFileSync(inRoot("docs", "api.md"), "utf8")) ??
    [];
  const { stdout } = await promisify(execFile)("sh", ["-c", call], {
    env: { ...process.env, APP_ORIGIN: origin, GAOZHI_TOKEN: token },
  });
  return JSON.parse(stdout);
}

/** Through the wizard: everything the ticket knew is there, so only the capacity and the proof are missing. */
async function file(visitor: Page): Promise<string> {
  const next = () => visitor.getByRole("button", { name: requests("filing.saveAndNext") }).click();
  await visitor.getByLabel(requests("filing.who.choices.end_user")).check();
  await visitor.getByRole("button", { name: requests("filing.next"), exact: true }).click();
  await expect(visitor.locator('[name="appName"]')).toHaveValue("轻语");
  await next();
  await expect(visitor.locator('[name="type"][value="delete"]')).toBeChecked();
  await next();
  await expect(visitor.locator('[name="ground"][value="d"]')).toBeChecked();
  await next();
  await expect(visitor.locator('[name="facts"]')).toHaveValue(/请删除我的聊天记录/);
  await next();
  await expect(visitor.locator('[name="list"]')).toHaveValue("user-0815");
  await next();
  await visitor.locator('[name="file"]').setInputFiles({
    name: "截图.txt",
    mimeType: "text/plain",
    buffer: Buffer.from("账号 user-0815 的截图"),
  });
  await visitor.getByRole("button", { name: requests("filing.next"), exact: true }).click();
  await visitor.getByRole("button", { name: requests("filing.check.submit") }).click();
  await visitor.waitForURL(/\/requests\/R-\d{4}-\d+\/submitted/);
  return /R-\d{4}-\d+/.exec(visitor.url())?.[0] ?? "";
}

/** How the interface answers a call with these headers. */
async function statusOf(headers: Record<string, string>): Promise<number> {
  const answer = await fetch(interfaceUrl, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: "{}",
  });
  return answer.status;
}
