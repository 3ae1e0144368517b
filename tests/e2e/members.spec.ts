import { published, givenIncident, givenNotice } from "@/tests/support/notices";

import { givenAccountWithApp, givenProductOfItsOwn } from "./support/concerned";
import { linkIn, mailTo } from "./support/mailbox";
import { personOf } from "./support/people";
import { agree, confirms, enter, press, zh } from "./support/request-desk";
import { refill } from "./support/ready";
import { signInByMail } from "./support/sign-in";
import { expect, type Page, test } from "./support/test";

const { access, accounts, incidents } = zh;
const role = (name: string) => access(`memberRole.${name}` as "memberRole.owner");

const statusOf = async (page: Page, path: string) => (await page.goto(path))?.status();

/** Opens the page of a member, or of an app, from the row of one's account that names it. */
async function openFromAccount(page: Page, named: string): Promise<void> {
  await page.goto("/zh-CN/account");
  await page.getByRole("row").filter({ hasText: named }).getByRole("link").last().click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/^修改/);
}

test("who is invited by mail accepts; another role, the ownership and the end hold at the next request of whoever is signed in elsewhere", async ({
  browser,
}) => {
  const OWNER = { name: "季望舒", email: `ji.wangshu-${Date.now()}@tinglan.example` };
  const { id: productId } = await givenProductOfItsOwn();
  await givenAccountWithApp({
    ...{ productId, account: "汀兰笔记", app: "汀兰", platforms: { android: "9.5.0" } },
    people: [{ ...OWNER, role: "owner" }],
  });
  const owner = await enter(browser, OWNER.email);
  const email = `invited-${Date.now()}@tinglan.example`;
  await owner.goto("/zh-CN/account");
  await owner.getByRole("link", { name: accounts("invitation.invite") }).click();
  await owner.locator('[name="email"]').fill(email);
  await owner.locator('[name="role"][value="legal"]').check();
  await press(owner, accounts("invitation.submit"));
  await confirms(owner, accounts("own.saved.invited"));

  // The mail, as its reader gets it, leads through the sign-in to the answer.
  const invitation = await mailTo(email, { subject: /汀兰笔记/ });
  for (const part of [OWNER.name, role("legal")]) expect(invitation.text).toContain(part);
  const invited = await (await browser.newContext({ locale: "zh-CN" })).newPage();
  await invited.goto(linkIn(invitation, "/invitations"));
  await signInByMail(invited, email, /\/zh-CN\/invitations/);
  await press(invited, accounts("invitation.acceptOf", { account: "汀兰笔记" }));
  await confirms(invited, accounts("own.saved.joined"));
  await mailTo(OWNER.email, { subject: /有新成员加入/ });
  expect(await statusOf(invited, "/zh-CN/account/contacts/new")).toBe(200);

  await openFromAccount(owner, email);
  await owner.locator('[name="role"][value="viewer"]').check();
  await press(owner, accounts("own.member.save"));
  await agree(owner);
  await confirms(owner, accounts("own.saved.member"));
  expect(await statusOf(invited, "/zh-CN/account/contacts/new")).not.toBe(200);
  const changed = await mailTo(email, { subject: /角色已变更/ });
  expect(changed.text).toContain(role("viewer"));

  // Nothing changes until the other has accepted; then both do, in one act.
  await openFromAccount(owner, email);
  await press(owner, accounts("own.member.handOver"));
  await agree(owner);
  await confirms(owner, accounts("own.saved.handedOver"));
  expect(await statusOf(invited, "/zh-CN/account/members/new")).not.toBe(200);
  const offer = await mailTo(email, { subject: /所有权/ });
  await invited.goto(linkIn(offer, "/invitations"));
  await press(invited, accounts("invitation.acceptOf", { account: "汀兰笔记" }));
  await confirms(invited, accounts("own.saved.tookOver"));
  expect(await statusOf(invited, "/zh-CN/account/members/new")).toBe(200);
  expect(await statusOf(owner, "/zh-CN/account/members/new")).not.toBe(200);

  await openFromAccount(invited, OWNER.name);
  await press(invited, accounts("memberForm.remove"));
  await agree(invited);
  await confirms(invited, accounts("own.saved.memberRemoved"));
  await mailTo(OWNER.email, { subject: /已不再是“汀兰笔记”的成员/ });
  expect(await statusOf(owner, "/zh-CN/account")).not.toBe(200);
});

test("P22: an owner edits, closes and reopens an app, and sets the version that an advice named", async ({
  browser,
}) => {
  const email = `owner-${Date.now()}@lanting.example`;
  const { id: productId } = await givenProductOfItsOwn();
  const { sdkAppId } = await givenAccountWithApp({
    ...{ productId, account: "兰亭会议", app: "兰亭", platforms: { android: "9.0.1" } },
    people: [{ name: "沈青崖", email, role: "owner" }],
  });
  const owner = await enter(browser, email);
  const name = owner.locator('[name="name"]');
  const android = owner.locator('[name="platforms.android"]');
  await openFromAccount(owner, sdkAppId);
  await refill(name, "兰亭会议室");
  await press(owner, accounts("appForm.save"));
  await confirms(owner, accounts("own.saved.app"));

  await openFromAccount(owner, "兰亭会议室");
  await press(owner, accounts("appForm.close"));
  await agree(owner);
  await confirms(owner, accounts("own.saved.appClosed"));
  await openFromAccount(owner, "兰亭会议室");
  await press(owner, accounts("appForm.reopen"));
  await confirms(owner, accounts("own.saved.app"));

  const number = await givenAdvice({
    productId,
    versionRange: ">=9.0.0 <9.1.0",
    says: "升级到 9.1.0。",
  });
  await owner.goto(`/zh-CN/incidents/${number}`);
  await owner.locator("#own").getByRole("checkbox", { name: "升级到 9.1.0。" }).click();
  await owner
    .getByRole("link", { name: incidents("own.setVersion", { version: "9.1.0" }) })
    .click();
  await expect(android).toHaveValue("9.1.0");
  await press(owner, accounts("appForm.save"));
  await confirms(owner, accounts("own.saved.app"));
  await openFromAccount(owner, "兰亭会议室");
  await expect(android).toHaveValue("9.1.0");
});

type Advice = { productId: string; versionRange: string; says: string };

/** An incident of one range of versions whose first notice advises something. @returns its number */
async function givenAdvice({ productId, versionRange, says }: Advice): Promise<string> {
  const desk = {
    ...{ author: await personOf("author"), approver: await personOf("approver") },
    productId,
  };
  const incident = await givenIncident(desk);
  const draft = await givenNotice(desk, {
    ...{ incidentId: incident.id, audience: { versionRange } },
    adviceDevelopers: [{ "zh-CN": says }],
  });
  // One person alone: the advice concerns every app of the product.
  await published(desk, draft, { typedPeople: 1 });
  return incident.number;
}
