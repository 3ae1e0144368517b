import { eq } from "drizzle-orm";
import { Secret, TOTP } from "otpauth";

import { db } from "@/db/client";
import { sessions } from "@/db/schema";

import { enterAs, putPopupsOff } from "./support/loop";
import { personOf, sessionOf } from "./support/people";
import { signInByMail } from "./support/sign-in";
import { expect, type Page, test } from "./support/test";
import { wordsOf } from "./support/words";

const { access, tickets, ui } = wordsOf("zh-CN");

const CODE = /[0-9A-Z]{4}(-[0-9A-Z]{4}){2}/g;

/** The code an app with this key shows now, or some steps of half a minute later. */
const codeOf = (key: string, stepsAhead = 0): string =>
  TOTP.generate({
    secret: Secret.fromBase32(key),
    timestamp: Date.now() + stepsAhead * 30_000,
  });

/** Adds an app on the page for it, after a wrong code. @returns its key, and ten recovery codes */
async function addApp(page: Page): Promise<{ key: string; recovery: string[] }> {
  await page.getByRole("button", { name: access("factor.add.start") }).click();
  await expect(page.getByRole("img", { name: access("factor.add.picture") })).toBeVisible();
  const [key = ""] = /[A-Z2-7]{32}/.exec(await page.getByRole("main").innerText()) ?? [];
  for (const code of ["000", codeOf(key)]) {
    await page.locator('[name="code"]').fill(code);
    await page.getByRole("button", { name: access("factor.add.submit") }).click();
    if (code === "000") await expect(page.getByRole("alert").first()).toBeVisible();
  }
  await page.waitForURL(/step=codes/);
  await page.getByRole("button", { name: access("factor.codes.make") }).click();
  const told = page.getByRole("status").filter({ hasText: CODE });
  const recovery = (await told.innerText()).match(CODE) ?? [];
  await page.emulateMedia({ media: "print" });
  await expect(told).toBeVisible();
  await page.emulateMedia({ media: "screen" });
  return { key, recovery };
}

test("an app is added, asked for at the next sign-in, and a recovery code stands in for it", async ({
  page,
}) => {
  await putPopupsOff(page, "zh-CN");
  // Nobody of the matrix of roles, in whose name every action is posted.
  const email = "gu.xingye@xingdu.example";
  await page.goto("/zh-CN/settings");
  await signInByMail(page, email);
  await page.waitForURL(/\/settings$/);
  await page.getByRole("link", { name: access("factor.addApp") }).click();
  const { key, recovery } = await addApp(page);
  expect(recovery).toHaveLength(10);

  for (const code of [codeOf(key, 1), recovery[0] ?? ""]) {
    await page.context().clearCookies();
    await page.goto("/zh-CN/sign-in?return=/zh-CN/account");
    await signInByMail(page, email, /\/sign-in\/factor/);
    await page.goto("/zh-CN/account");
    await page.waitForURL(/\/sign-in\/factor\?return=/);
    await page.locator('[name="code"]').fill(code);
    await page.getByRole("button", { name: access("factor.prove.submit"), exact: true }).click();
    await page.waitForURL(/\/zh-CN\/account$/);
  }
});

/** Plugs a security key of software into the browser. @returns what takes its keys away */
async function plugIn(page: Page): Promise<() => Promise<unknown>> {
  const client = await page.context().newCDPSession(page);
  await client.send("WebAuthn.enable");
  const { authenticatorId } = await client.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      ...{ protocol: "ctap2", transport: "internal", hasResidentKey: true },
      ...{ hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
    },
  });
  return () => client.send("WebAuthn.clearCredentials", { authenticatorId });
}

test("a passkey is added once, opens the next sign-in, and when it is lost a recovery code stands in for it", async ({
  page,
}) => {
  await putPopupsOff(page, "zh-CN");
  const email = "chen.ruochuan@qinghe.example";
  await page.goto("/zh-CN/settings");
  await page.getByRole("button", { name: access("demo.enterAs", { name: "陈若川" }) }).click();
  await page.waitForURL(/\/settings$/);
  const lose = await plugIn(page);
  const add = page.getByRole("button", { name: access("factor.passkey.submit") });
  await page.getByRole("link", { name: access("factor.addPasskey") }).click();
  await page.locator('[name="name"]').fill("手边的电脑");
  await add.click();
  await page.waitForURL(/step=codes/);
  await page.getByRole("button", { name: access("factor.codes.make") }).click();
  const told = page.getByRole("status").filter({ hasText: CODE });
  const [recovery = ""] = (await told.innerText()).match(CODE) ?? [];

  await page.goto("/zh-CN/sign-in/factor?step=passkey");
  await add.click();
  await expect(page.getByText(access("browser.passkey.there"))).toBeVisible();

  const signIn = async () => {
    await page.context().clearCookies();
    await page.goto("/zh-CN/sign-in?return=/zh-CN/account");
    await signInByMail(page, email, /\/sign-in\/factor/);
  };
  const use = page.getByRole("button", { name: access("factor.prove.passkey") });
  await signIn();
  await use.click();
  await page.waitForURL(/\/zh-CN\/account$/);

  await lose();
  await signIn();
  await use.click();
  await expect(page.getByText(access("browser.passkey.cancelled"))).toBeVisible();
  await page.locator('[name="code"]').fill(recovery);
  await page.getByRole("button", { name: access("factor.prove.submit"), exact: true }).click();
  await page.waitForURL(/\/zh-CN\/account$/);
  await page.goto("/zh-CN/settings");
  await page
    .getByRole("button", { name: access("factor.removeNamed", { name: "手边的电脑" }) })
    .click();
  await page
    .getByRole("dialog")
    .getByRole("button", { name: access("factor.remove"), exact: true })
    .click();
  await page.waitForURL(/step=sessions/);
  await page.getByRole("button", { name: access("factor.sessions.end") }).click();
  await expect(page.getByText(access("factor.sessions.none"))).toBeVisible();
});

test("an open session alone makes no token: who it is confirms it beside the form, which keeps what was typed", async ({
  browser,
}) => {
  const page = await enterAs(browser, { name: "乔静一", locale: "zh-CN" });
  const { id } = await personOf("admin");
  await db
    .update(sessions)
    .set({ factorAt: new Date(Date.now() - 16 * 60_000) })
    .where(eq(sessions.userId, id));
  // A button has no place for a refusal: it leads to the proof, and the proof back.
  await sessionOf({ id });
  await page.goto("/zh-CN/ops/settings");
  await page.getByRole("button", { name: access("sessions.endOthers") }).click();
  await page.waitForURL(/\/sign-in\/factor\?return=%2Fzh-CN%2Fops%2Fsettings/);
  await page.goto("/zh-CN/ops/tokens");
  await page.locator('[name="name"]').fill("第二步验证");
  await page.getByRole("button", { name: tickets("tokens.create") }).click();
  const [beside] = await Promise.all([
    page.context().waitForEvent("page"),
    page.getByRole("link", { name: ui("form.confirmPerson") }).click(),
  ]);
  await beside.getByRole("button", { name: access("factor.prove.demoSubmit") }).click();
  await beside.waitForURL(/\/ops\/tokens$/);
  await expect(page.locator('[name="name"]')).toHaveValue("第二步验证");
  await page.getByRole("button", { name: tickets("tokens.create") }).click();
  await expect(page.getByText(/gaozhi_[A-Za-z0-9_-]{20,}/).first()).toBeVisible();
});
