import { and, eq } from "drizzle-orm";
import { expect, test } from "vitest";

import { db } from "@/db/client";
import { deliveries, members } from "@/db/schema";
import { LOCALES } from "@/db/vocabulary/languages";
import { acting, beijing } from "@/tests/support/context";
import {
  givenAffected,
  givenContact,
  givenIncident,
  givenNotice,
  givenNoticeDesk,
  NOTICE_DAY,
  published,
} from "@/tests/support/notices";
import { givenMember, givenStaff } from "@/tests/support/people";
import { factSheetWords } from "@/wording/fact-sheet";

import { exportToldAccounts, findFactSheet, listDownstream } from "./downstream";

const LATER = "2026-11-20 18:00";
const ARRIVED = beijing("2026-11-20 09:51");
const SEEN = beijing("2026-11-20 11:30");

type Visibility = "public" | "affected" | "restricted";

/** An incident told to one account of two, whose mail arrived and whose message was opened. */
async function given(visibility: Visibility = "public") {
  const desk = await givenNoticeDesk();
  const incident = await givenIncident(desk, { visibility });
  const concerned = await givenAffected(desk.productId, { platforms: { android: "8.0.1" } });
  const spared = await givenAffected(desk.productId, { platforms: { android: "8.1.0" } });
  const draft = await givenNotice(desk, {
    incidentId: incident.id,
    audience: { platforms: ["android"], versionRange: ">=7.9.0 <8.1.0" },
  });
  const { broadcastId } = await published(desk, draft);
  const of = (channel: "email" | "inbox") =>
    and(eq(deliveries.broadcastId, broadcastId ?? ""), eq(deliveries.channel, channel));
  const sentAt = beijing("2026-11-20 09:50");
  await db
    .update(deliveries)
    .set({ status: "delivered", sentAt, settledAt: ARRIVED })
    .where(of("email"));
  await db.update(deliveries).set({ readAt: SEEN }).where(of("inbox"));
  return { desk, concerned, spared, number: incident.number, broadcastId: broadcastId ?? "" };
}

const MOMENTS = { sentAt: beijing(NOTICE_DAY.approved), deliveredAt: ARRIVED, seenAt: SEEN };

test("P19: each account reads when it was told, when a mail arrived, when somebody opened it", async () => {
  const { concerned, spared, number } = await given();
  const owner = acting(concerned.owner, LATER);
  const { rows } = await listDownstream(owner, { number });
  const { uin, name } = concerned.account;
  expect(rows).toEqual([{ uin, name, ...MOMENTS }]);
  expect((await listDownstream(acting(spared.owner, LATER), { number })).rows).toEqual([]);
  // A public incident is read by everybody, another one's moments are not.
  for (const reader of [spared.owner, await givenStaff("author", "admin")])
    await expect(findFactSheet(acting(reader, LATER), { number, uin })).rejects.toMatchObject({
      code: "not_found",
    });
});

test("a moment stays the account's when whoever was told has left since, and the sheet says so", async () => {
  const { concerned, number } = await given();
  const { account, owner } = concerned;
  const next = await givenMember(account.id, "owner");
  await db.update(members).set({ leftAt: SEEN }).where(eq(members.userId, owner.id));
  const sheet = await findFactSheet(acting(next, LATER), { number, uin: account.uin });
  expect(sheet.account).toMatchObject(MOMENTS);
  expect(LOCALES.map((locale) => factSheetWords(sheet, locale, "云桥").momentsNote)).toEqual([
    expect.stringContaining("包括后来离开的"),
    expect.stringContaining("also those who have left since"),
  ]);
});

test("the sheet says what was told, which apps, when, and that it is no advice, in both languages", async () => {
  const { concerned, number } = await given();
  const { uin } = concerned.account;
  const sheet = await findFactSheet(acting(concerned.owner, LATER), { number, uin });
  const { sdkAppId, name } = concerned.app;
  expect(sheet).toMatchObject({ account: { uin, ...MOMENTS }, apps: [{ sdkAppId, name }] });
  expect(factSheetWords(sheet, "zh-CN", "云桥科技")).toMatchObject({
    disclaimer: expect.stringContaining("不是法律意见"),
    moments: [
      ["首次发出", expect.stringContaining("09:50")],
      ["邮件首次送达", expect.stringContaining("09:51")],
      ["首次查看站内信", expect.stringContaining("11:30")],
    ],
  });
  const words = factSheetWords(sheet, "en", "Yunqiao");
  expect(words.disclaimer).toContain("not legal advice");
  const said = JSON.stringify(words);
  for (const part of [sdkAppId, "A cache file was too open.", sheet.current.contentHash])
    expect(said).toContain(part);
});

test("of a restricted incident only who was told reads it: the security contact, and no other member", async () => {
  const desk = await givenNoticeDesk();
  const incident = await givenIncident(desk, { visibility: "restricted" });
  const { account } = await givenAffected(desk.productId, { platforms: { android: "8.0.1" } });
  const contact = await givenContact(account.id, "security");
  const member = await givenMember(account.id, "member");
  const draft = await givenNotice(desk, { incidentId: incident.id });
  await published(desk, draft, { typedPeople: 1 });
  const asked = { number: incident.number, uin: account.uin };
  const told = { ...desk.author, ...contact, staffRoles: [], memberships: [] };
  expect(await findFactSheet(acting(told, LATER), asked)).toMatchObject({
    account: { sentAt: beijing(NOTICE_DAY.approved), seenAt: null },
  });
  for (const read of [findFactSheet, listDownstream])
    await expect(read(acting(member, LATER), asked)).rejects.toMatchObject({ code: "not_found" });
});

test("who has two accounts hands on for each what concerned it, and nothing the other alone was told", async () => {
  const desk = await givenNoticeDesk();
  const incident = await givenIncident(desk, { visibility: "affected" });
  const platforms = { android: "8.0.1" } as const;
  const first = await givenAffected(desk.productId, { platforms });
  const second = await givenAffected(desk.productId, { platforms });
  const draft = await givenNotice(desk, {
    ...{ incidentId: incident.id, audience: { named: first.app.sdkAppId } },
  });
  const notice = await published(desk, draft);
  const later = await givenNotice(desk, {
    ...{ incidentId: incident.id, type: "update", audience: { named: second.app.sdkAppId } },
    adviceEndUsers: { "zh-CN": "只告诉第二个账号的话。" },
  });
  const next = await published(desk, later, { at: "2026-11-20 11:00" });
  const both = await givenMember(second.account.id, "owner", { also: first.owner });
  const sheetOf = async ({ account }: typeof first) =>
    findFactSheet(acting(both, LATER), { number: incident.number, uin: account.uin });
  expect((await sheetOf(first)).current.contentHash).toBe(notice.contentHash);
  expect((await sheetOf(second)).current.contentHash).toBe(next.contentHash);
});

test("operations take the same of one telling, account by account; of other tellings there is no such file", async () => {
  const { concerned, broadcastId } = await given();
  const support = acting(await givenStaff("support"), LATER);
  const { rows } = await exportToldAccounts(support, { broadcastId });
  const { uin, name } = concerned.account;
  expect(rows).toMatchObject([{ uin, name, apps: 1, ...MOMENTS }]);
  await expect(
    exportToldAccounts(support, { broadcastId: concerned.account.id }),
  ).rejects.toMatchObject({ code: "not_found" });
  await expect(
    exportToldAccounts(acting(concerned.owner, LATER), { broadcastId }),
  ).rejects.toMatchObject({ code: "not_allowed" });
});
