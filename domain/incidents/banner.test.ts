import { eq } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";

import { db } from "@/db/client";
import { incidents, type Notice } from "@/db/schema";
import { readRecipient } from "@/domain/broadcasts/read-recipient";
import type { Person } from "@/domain/context";
import { markBannersSeen } from "@/domain/inbox/mark";
import { acting, beijing } from "@/tests/support/context";
import {
  givenAffected,
  givenContact,
  givenIncident,
  givenNotice,
  givenNoticeDesk,
  published,
} from "@/tests/support/notices";
import { givenMember } from "@/tests/support/people";
import { statementsOf } from "@/tests/support/statements";

import { followAdvice } from "./follow-advice";
import { listOpenAdvice } from "./open-advice";

const SEEN = "2026-11-20 12:00";
const LATER = "2026-11-20 13:00";

let desk: Awaited<ReturnType<typeof givenNoticeDesk>>;
let spared: Awaited<ReturnType<typeof givenAffected>>;
beforeEach(async () => {
  desk = await givenNoticeDesk();
  spared = await givenAffected(desk.productId, { platforms: { ios: "8.0.1" } });
});

const bannersOf = async (reader: Person, wish: { ofOthers?: boolean } = {}) =>
  (await listOpenAdvice(acting(reader, SEEN), wish)).filter(({ stands }) => stands);

async function givenTold(wish: { notifies?: boolean; silentReason?: string } = {}) {
  const affected = await givenAffected(desk.productId, { platforms: { android: "8.0.1" } });
  const incident = await givenIncident(desk, { visibility: "public" });
  const draft = await givenNotice(desk, {
    incidentId: incident.id,
    audience: { named: affected.app.sdkAppId },
    ...wish,
  });
  return { ...affected, incident, notice: await published(desk, draft) };
}

const follow = (by: Person, { notice, appId }: { notice: Notice; appId: string }) =>
  Promise.all(
    [0, 1].map((item) => followAdvice(acting(by, LATER), { noticeId: notice.id, appId, item })),
  );

test("P18: a banner stands for the members of the account that was told, until what it asks for is done", async () => {
  const { account, owner, app, incident, notice } = await givenTold();
  const viewer = await givenMember(account.id, "viewer");
  const stands = [{ number: incident.number, isRequired: true, unseenNoticeId: notice.id }];
  expect(await bannersOf(owner)).toMatchObject(stands);
  // Who joined later was told nothing themselves; their account was.
  expect(await bannersOf(viewer, { ofOthers: true })).toMatchObject([{ unseenNoticeId: null }]);
  expect(await bannersOf(spared.owner, { ofOthers: true })).toEqual([]);
  await follow(owner, { notice, appId: app.id });
  for (const reader of [owner, viewer])
    expect(await bannersOf(reader, { ofOthers: true })).toEqual([]);
});

test("P18: a closed incident stands as a banner no more", async () => {
  const { owner, incident } = await givenTold();
  await db.update(incidents).set({ status: "closed" }).where(eq(incidents.id, incident.id));
  expect(await bannersOf(owner)).toEqual([]);
});

test("P18: what an account was not told of never stands as a banner, public as it may be", async () => {
  const { owner } = await givenTold({ notifies: false, silentReason: "没有要求。" });
  expect(await listOpenAdvice(acting(owner, SEEN), {})).toMatchObject([{ stands: false }]);
});

test("P18: of a restricted incident the banner stands for who was told alone", async () => {
  const { account, owner, app } = await givenAffected(desk.productId, {
    platforms: { android: "8.0.1" },
  });
  await givenContact(account.id, "security");
  const incident = await givenIncident(desk, { visibility: "restricted" });
  const audience = { named: app.sdkAppId };
  await published(desk, await givenNotice(desk, { incidentId: incident.id, audience }));
  expect(await bannersOf(owner)).toEqual([]);
});

test("P18: per recipient it is kept when the banner was first shown and an advice followed", async () => {
  const { owner, app, notice } = await givenTold();
  const waysOf = async () => {
    const about = { broadcastId: notice.broadcastId ?? "", userId: owner.id };
    const { events } = await readRecipient(acting(desk.author, LATER), about);
    return events.flatMap(({ kind, at }) =>
      kind === "bannerSeen" || kind === "followed" ? [[kind, at]] : [],
    );
  };
  expect(await waysOf()).toEqual([]);
  for (const moment of [SEEN, LATER])
    await markBannersSeen(acting(owner, moment), { noticeIds: [notice.id] });
  expect(await waysOf()).toEqual([["bannerSeen", beijing(SEEN)]]);
  expect(await bannersOf(owner)).toMatchObject([{ unseenNoticeId: null }]);
  await follow(owner, { notice, appId: app.id });
  expect((await waysOf()).slice(1)).toEqual([
    ["followed", beijing(LATER)],
    ["followed", beijing(LATER)],
  ]);
});

test("three banners are read by as many statements as one, and marked by one", async () => {
  const { account, owner, app, notice } = await givenTold();
  const one = await statementsOf(() => bannersOf(owner));
  for (let n = 0; n < 2; n += 1) {
    const incident = await givenIncident(desk, { visibility: "public" });
    const audience = { named: app.sdkAppId };
    await published(desk, await givenNotice(desk, { incidentId: incident.id, audience }));
  }
  const newer = { ...owner, memberships: [{ accountId: account.id, role: "owner" as const }] };
  const three = await statementsOf(() => bannersOf(newer));
  expect(await bannersOf(newer)).toHaveLength(3);
  expect(three.length).toBe(one.length);
  const marking = () => markBannersSeen(acting(owner, SEEN), { noticeIds: [notice.id] });
  expect(await statementsOf(marking)).toHaveLength(1);
});
