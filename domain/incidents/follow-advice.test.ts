import { eq } from "drizzle-orm";
import { expect, test } from "vitest";

import { db } from "@/db/client";
import { adviceDone, apps, type Notice } from "@/db/schema";
import type { Person } from "@/domain/context";
import { listUnreadAbout } from "@/domain/inbox/about";
import { countUnread } from "@/domain/inbox/list";
import { acting, beijing } from "@/tests/support/context";
import {
  givenAffected,
  givenApp,
  givenContact,
  givenIncident,
  givenNotice,
  givenNoticeDesk,
  published,
} from "@/tests/support/notices";
import { givenMember } from "@/tests/support/people";
import { recordOf } from "@/tests/support/record";

import { followAdvice, unfollowAdvice } from "./follow-advice";
import { listOpenAdvice } from "./open-advice";
import { readOwnApps } from "./own-apps";

const LATER = "2026-11-21 09:00";
const ctx = (actor: Person) => acting(actor, LATER);

async function givenStake() {
  const desk = await givenNoticeDesk();
  const mine = await givenAffected(desk.productId, { platforms: { android: "8.0.1" } });
  const other = await givenAffected(desk.productId, { platforms: { android: "8.0.0" } });
  const unaffected = await givenApp({
    accountId: mine.account.id,
    productId: desk.productId,
    platforms: { ios: "8.0.1" },
  });
  const incident = await givenIncident(desk, { visibility: "affected" });
  const draft = await givenNotice(desk, {
    incidentId: incident.id,
    audience: { platforms: ["android"] },
  });
  return { desk, ...mine, other, unaffected, incident, notice: await published(desk, draft) };
}

const item = (notice: Notice, appId: string, place = 0) => ({
  noticeId: notice.id,
  appId,
  item: place,
});

const doneOf = (appId: string) => db.$count(adviceDone, eq(adviceDone.appId, appId));

test("P22: a developer ticks an advice off for an app, once, on the record, and takes it back", async () => {
  const { owner, app, notice, incident } = await givenStake();
  await Promise.all(
    Array.from({ length: 20 }, () => followAdvice(ctx(owner), item(notice, app.id))),
  );
  expect(await doneOf(app.id)).toBe(1);
  expect(await recordOf(app.id)).toEqual(["advice.followed"]);
  expect((await readOwnApps(ctx(owner), { number: incident.number })).affected).toMatchObject([
    { appId: app.id, mayFollow: true, advice: [{ by: owner.name, at: beijing(LATER) }, null] },
  ]);

  await unfollowAdvice(ctx(owner), item(notice, app.id));
  await unfollowAdvice(ctx(owner), item(notice, app.id));
  expect(await doneOf(app.id)).toBe(0);
  expect(await recordOf(app.id)).toEqual(["advice.followed", "advice.unfollowed"]);
});

test("who follows an advice of an incident has read its messages; a colleague has not", async () => {
  const { account, owner, app, notice } = await givenStake();
  const unread = (person: Person) => countUnread(ctx(person), {});
  expect(await unread(owner)).toBe(1);
  await followAdvice(ctx(owner), item(notice, app.id));
  expect(await unread(owner)).toBe(0);
  const colleague = await givenMember(account.id, "member");
  expect(await listUnreadAbout(ctx(colleague), { subjectIds: [notice.id] })).toEqual([]);
});

test("P22: a viewer reads and may not tick; a stranger, another account's app and a missing item are refused", async () => {
  const { account, owner, app, other, unaffected, notice, incident } = await givenStake();
  const viewer = await givenMember(account.id, "viewer");
  await expect(followAdvice(ctx(viewer), item(notice, app.id))).rejects.toMatchObject({
    code: "not_allowed",
  });
  expect((await readOwnApps(ctx(viewer), { number: incident.number })).affected).toMatchObject([
    { appId: app.id, mayFollow: false },
  ]);
  expect(await listOpenAdvice(ctx(viewer), {})).toEqual([]);
  expect(await listOpenAdvice(ctx(viewer), { ofOthers: true })).toEqual(
    (await listOpenAdvice(ctx(owner), {})).map((one) => ({ ...one, unseenNoticeId: null })),
  );

  for (const [by, what, code] of [
    [other.owner, item(notice, app.id), "not_found"],
    [owner, item(notice, other.app.id), "not_found"],
    [owner, item(notice, unaffected.id), "not_found"],
    [owner, item(notice, app.id, 2), "invalid"],
  ] as const)
    await expect(followAdvice(ctx(by), what)).rejects.toMatchObject({ code });
  await expect(
    followAdvice(ctx(owner), { noticeId: notice.id, appId: app.id, item: "x" }),
  ).rejects.toMatchObject({ fields: { item: ["errors.field.number"] } });
  expect(await doneOf(app.id)).toBe(0);
});

test("P22: of a closed app nothing is ticked", async () => {
  const { owner, app, notice, incident } = await givenStake();
  await db
    .update(apps)
    .set({ closedAt: beijing("2026-11-20 20:00") })
    .where(eq(apps.id, app.id));
  await expect(followAdvice(ctx(owner), item(notice, app.id))).rejects.toMatchObject({
    messageKey: "notices.errors.appClosed",
  });
  expect((await readOwnApps(ctx(owner), { number: incident.number })).affected).toMatchObject([
    { isClosed: true, mayFollow: false },
  ]);
  expect(await listOpenAdvice(ctx(owner), {})).toEqual([]);
});

test("P19: a member who was not told of a restricted incident can neither read nor tick; who was told can", async () => {
  const desk = await givenNoticeDesk();
  const { account, owner, app } = await givenAffected(desk.productId, {
    platforms: { web: "8.0.1" },
  });
  await givenAffected(desk.productId, { platforms: { ios: "8.0.1" } });
  const contact = await givenContact(account.id, "security");
  const incident = await givenIncident(desk, { visibility: "restricted" });
  const notice = await published(
    desk,
    await givenNotice(desk, { incidentId: incident.id, audience: { platforms: ["web"] } }),
  );
  await expect(followAdvice(ctx(owner), item(notice, app.id))).rejects.toMatchObject({
    code: "not_found",
  });
  await expect(readOwnApps(ctx(owner), { number: incident.number })).rejects.toMatchObject({
    code: "not_found",
  });
  const told = await givenMember(account.id, "member", { also: asMember(contact) });
  await followAdvice(ctx(told), item(notice, app.id));
  expect(await doneOf(app.id)).toBe(1);
});

const asMember = ({ id, name, email }: { id: string; name: string; email: string }): Person => ({
  kind: "person",
  ...{ id, name, email },
  staffRoles: [],
  memberships: [],
});

test("P22: a verified contact who is no member sees the account's apps and cannot tick", async () => {
  const { account, app, incident } = await givenStake();
  const contact = asMember(await givenContact(account.id, "technical"));
  // Told of nothing yet: of an affected incident the contact knows only by a delivery.
  await expect(readOwnApps(ctx(contact), { number: incident.number })).rejects.toMatchObject({
    code: "not_found",
  });
  const { desk, incident: second } = await givenSecond(account.id, app.productId);
  expect(desk.productId).toBe(app.productId);
  const stake = await readOwnApps(ctx(contact), { number: second.number });
  expect(stake.affected).toMatchObject([{ appId: app.id, mayFollow: false }]);
});

async function givenSecond(accountId: string, productId: string) {
  const desk = { ...(await givenNoticeDesk()), productId };
  const incident = await givenIncident(desk, { visibility: "affected" });
  await published(
    desk,
    await givenNotice(desk, { incidentId: incident.id, audience: { platforms: ["android"] } }),
  );
  return { desk, incident, accountId };
}

test("P22: what is done stays done when a later notice repeats the advice; new advice is open", async () => {
  const { desk, owner, app, unaffected, incident, notice } = await givenStake();
  await followAdvice(ctx(owner), item(notice, app.id));
  const update = await givenNotice(desk, {
    incidentId: incident.id,
    type: "update",
    adviceDevelopers: [{ "zh-CN": "核对登录日志。" }, { "zh-CN": "升级到 8.1.0。" }],
    at: "2026-11-20 11:00",
  });
  const { id } = await published(desk, update, { at: "2026-11-20 11:10" });
  const { number } = incident;
  const stake = await readOwnApps(ctx(owner), { number });
  expect(stake).toMatchObject({
    noticeId: id,
    ...{ affectedCount: 1, othersCount: 1, doneCount: 1 },
    affected: [{ appId: app.id, advice: [null, { by: owner.name }] }],
    others: [{ appId: unaffected.id, wasNamed: false }],
  });
  expect(stake.affected[0]?.reason).toMatchObject({
    kind: "versions",
    versions: [{ platform: "android", version: "8.0.1", isReadable: true }],
    declarations: [],
  });
  for (const search of [unaffected.sdkAppId, "没有这个应用"])
    expect(await readOwnApps(ctx(owner), { number, search })).toMatchObject({
      ...{ affected: [], affectedCount: 1, doneCount: 1 },
      others: search === unaffected.sdkAppId ? [{ appId: unaffected.id }] : [],
    });
  expect((await readOwnApps(ctx(owner), { number, search: "\u0000" })).affected).toHaveLength(1);
  // The tick is taken back wherever it was set.
  await unfollowAdvice(ctx(owner), { noticeId: id, appId: app.id, item: 1 });
  expect(await doneOf(app.id)).toBe(0);
});

test("P22: the overview names the incidents whose advice is open, with the progress, until all is done", async () => {
  const { owner, app, incident, notice } = await givenStake();
  expect(await listOpenAdvice(ctx(owner), {})).toMatchObject([
    { number: incident.number, apps: 1, items: 2, done: 0, isRequired: true },
  ]);
  await followAdvice(ctx(owner), item(notice, app.id));
  expect(await listOpenAdvice(ctx(owner), {})).toMatchObject([{ items: 2, done: 1 }]);
  await followAdvice(ctx(owner), item(notice, app.id, 1));
  expect(await listOpenAdvice(ctx(owner), {})).toEqual([]);
});

test("P22: advice that is for information only is nobody's task", async () => {
  const { desk, owner, incident } = await givenStake();
  const update = await givenNotice(desk, {
    incidentId: incident.id,
    type: "update",
    actionability: "information",
    at: "2026-11-20 11:00",
  });
  await published(desk, update, { at: "2026-11-20 11:10" });
  expect(await listOpenAdvice(ctx(owner), {})).toEqual([]);
});
