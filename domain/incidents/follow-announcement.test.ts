import { and, eq } from "drizzle-orm";
import { expect, test } from "vitest";

import { db } from "@/db/client";
import { auditEntries, broadcasts, deliveries, notices, users, withdrawals } from "@/db/schema";
import type { WavePlan } from "@/db/schema/waves";
import type { FollowKind } from "@/db/vocabulary/incidents";
import { readFeed } from "@/server/feed";
import { freezeAll, givenMembers, prepareAll, sendNextBatch } from "@/tests/support/broadcasts";
import { acting, beijing } from "@/tests/support/context";
import { dispatchesTo, givenEndpoint } from "@/tests/support/endpoints";
import {
  audienceForm,
  composed,
  givenAffected,
  givenAnnouncement,
  givenNoticeDesk,
  NOTICE_DAY,
  type NoticeDesk,
  noticeNow,
  published,
  submitted,
} from "@/tests/support/notices";
import { givenMember } from "@/tests/support/people";
import { givenSubscriber } from "@/tests/support/subscriptions";

import { listAnnouncements } from "../broadcasts/announcements";
import { cancelRemainder } from "../broadcasts/cancel-remainder";
import { findAnnouncement } from "../broadcasts/find-announcement";
import { pauseBroadcast } from "../broadcasts/pause";
import { ANONYMOUS } from "../context";
import { findMessage, listInbox } from "../inbox/list";
import { editNotice } from "./edit-notice";
import { findNotice } from "./find-notice";
import { followAnnouncement } from "./follow-announcement";
import { listAnnouncementNotices } from "./list-notices";
import { listPublicNotices } from "./list-public-notices";
import { approveNotice } from "./review-notice";
import { readSelection } from "./selection";
import { setAudience } from "./set-audience";
import { proposeAnnouncementWithdrawal, withdrawAnnouncement } from "./withdraw-announcement";

const LATER = "2026-11-22 15:00";
const [MANY, FIRST] = [40, 10];
const PLAN: WavePlan = {
  ...{ by: "share", first: 25, waitMinutes: 30 },
  ...{ bounced: 10, refused: 10, complained: 0.3 },
};
const anybody = { actor: ANONYMOUS, now: beijing(LATER) };

/** A published announcement to two accounts, whose mails have left; one person wants none. */
async function given(wish: Parameters<typeof givenAnnouncement>[1] = {}) {
  const desk = await givenNoticeDesk();
  const first = await givenAffected(desk.productId, {});
  const second = await givenAffected(desk.productId, {});
  const quiet = await givenMember(first.account.id, "member");
  await db.update(users).set({ wantsAnnouncementMails: false }).where(eq(users.id, quiet.id));
  const endpointId = await givenEndpoint(acting(second.owner, NOTICE_DAY.opened), {
    accountId: second.account.id,
  });
  const notifies = wish.notifies ?? true;
  const draft = await givenAnnouncement(desk, { visibility: "public", ...wish });
  const announced = await published(desk, draft, notifies ? { typedPeople: 3 } : {});
  await sendAll();
  return { desk, first, second, quiet, endpointId, announced };
}

async function sendAll() {
  await prepareAll(beijing(LATER));
  await freezeAll(beijing(LATER));
  while ((await sendNextBatch(beijing(LATER))).length > 0);
}

/** A complete draft of what follows an announcement. */
async function follow(desk: NoticeDesk, noticeId: string, kind: FollowKind) {
  const ctx = acting(desk.author, LATER);
  const { id } = await followAnnouncement(ctx, { noticeId, kind });
  const { parts, revision } = await noticeNow(id);
  const form = composed(
    { id, revision },
    { ...parts, type: "announcement", situation: { "zh-CN": `以此为准：${kind}`, en: kind } },
  );
  await editNotice(ctx, form);
  return noticeNow(id);
}

const published3 = (desk: NoticeDesk, notice: { id: string; revision: number }) =>
  published(desk, notice, { at: LATER, typedPeople: 3 });

const toldBy = async (broadcastId: string | null) => {
  const rows = await db
    .select({ userId: deliveries.userId, channel: deliveries.channel })
    .from(deliveries)
    .where(eq(deliveries.broadcastId, broadcastId!));
  return rows.map(({ userId, channel }) => `${userId} ${channel}`).toSorted();
};

test("P39: a correction goes to exactly those whom the announcement told, by the same channels, whoever has come since", async () => {
  const { desk, first, second, quiet, endpointId, announced } = await given();
  const newcomer = await givenMember(first.account.id, "owner");
  await givenAffected(desk.productId, {});

  const correction = await published3(desk, await follow(desk, announced.id, "correction"));

  expect(await toldBy(correction.broadcastId)).toEqual(await toldBy(announced.broadcastId));
  const told = await toldBy(correction.broadcastId);
  expect(told).toContain(`${second.owner.id} email`);
  expect(told).toContain(`${quiet.id} inbox`);
  expect(told).not.toContain(`${quiet.id} email`);
  expect(told.join()).not.toContain(newcomer.id);
  const posted = await dispatchesTo(endpointId);
  expect(posted.map(({ broadcastId }) => broadcastId)).toEqual(
    expect.arrayContaining([announced.broadcastId, correction.broadcastId]),
  );
  expect(
    await readSelection(acting(second.owner, LATER), {
      broadcastId: correction.broadcastId!,
      accountId: second.account.id,
    }),
  ).toMatchObject({ isTold: true, isSelected: true });
});

test("P39: an account's endpoint that came after the announcement has nothing of what follows it", async () => {
  const { desk, second, endpointId, announced } = await given();
  const robot = await givenEndpoint(acting(second.owner, LATER), {
    ...{ accountId: second.account.id, channel: "wecom" },
    address: "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=693a91f6-0000-4bc4-97a1",
  });
  await published3(desk, await follow(desk, announced.id, "update"));
  expect(await dispatchesTo(robot)).toEqual([]);
  expect(await dispatchesTo(endpointId)).toHaveLength(2);
});

test("P39: marks lead both ways, in the public list, the page, the feed, the inbox and at the desk", async () => {
  const { desk, first, announced } = await given();
  const correction = await published3(desk, await follow(desk, announced.id, "correction"));
  const update = await published3(desk, await follow(desk, announced.id, "update"));
  const end = await published3(desk, await follow(desk, announced.id, "end"));

  const kinds = ["correction", "update", "end"];
  const original = await findAnnouncement(anybody, { id: announced.broadcastId! });
  expect(original.following).toMatchObject(
    [correction, update, end].map(({ broadcastId }, index) => ({
      ...{ kind: kinds[index], at: beijing(LATER), announcementId: broadcastId },
    })),
  );
  expect(await findAnnouncement(anybody, { id: end.broadcastId! })).toMatchObject({
    following: [],
    told: { facts: { follows: { kind: "end", announcementId: announced.broadcastId } } },
  });
  const { rows } = await listAnnouncements(anybody, {});
  const listed = rows.find(({ id }) => id === announced.broadcastId);
  expect(listed!.following.map(({ kind }) => kind)).toEqual(kinds);

  const feed = await readFeed("zh-CN");
  const entry = feed.entries.find(({ url }) => url.includes(announced.broadcastId!));
  expect(entry).toMatchObject({ updatedAt: beijing(LATER) });
  expect(entry!.title).toMatch(/^【已更正、已更新、已结束】/);
  expect(entry!.text).toContain("以更正为准");
  const ending = feed.entries.find(({ url }) => url.includes(end.broadcastId!));
  expect(ending!.summary).toContain("公告结束");
  expect(ending!.text).toMatch(/所说的事项已经结束/);

  const ctx = acting(first.owner, LATER);
  const inbox = await listInbox(ctx, {});
  const message = inbox.rows.find(({ following }) => following.length > 0);
  const opened = await findMessage(ctx, { id: message!.id });
  expect(opened.following.map(({ kind }) => kind)).toEqual(kinds);
  const [toCorrection] = opened.following;
  expect(await findMessage(ctx, { id: toCorrection!.messageId! })).toMatchObject({
    broadcastId: correction.broadcastId,
    followedId: message!.id,
  });

  const deskCtx = acting(desk.author, LATER);
  const list = await listAnnouncementNotices(deskCtx, {});
  const row = list.rows.find(({ id }) => id === announced.id);
  expect(row!.following.map(({ kind }) => kind)).toEqual(kinds);
  expect(await findNotice(deskCtx, { noticeId: announced.id })).toMatchObject({
    following: kinds.map((kind) => ({ kind, status: "published" })),
  });
  expect(await findNotice(deskCtx, { noticeId: end.id })).toMatchObject({
    followed: { id: announced.id },
  });
  const recorded = await db
    .select({ after: auditEntries.after })
    .from(auditEntries)
    .where(and(eq(auditEntries.subjectId, end.id), eq(auditEntries.action, "notice.drafted")));
  expect(recorded).toMatchObject([{ after: { followsId: announced.id, followKind: "end" } }]);
});

test("what was announced without sending is followed without sending, and an audience of its own is refused", async () => {
  const { desk, announced } = await given({ notifies: false, silentReason: "只在页面公布。" });
  const draft = await follow(desk, announced.id, "update");
  expect(draft).toMatchObject({ notifies: false, visibility: "public", goesOutAt: null });
  await expect(
    setAudience(acting(desk.author, LATER), audienceForm(draft, { regions: ["cn"] })),
  ).rejects.toMatchObject({ messageKey: "notices.errors.follow.audience" });

  const update = await published(desk, draft, { at: LATER });
  expect(update.broadcastId).toBeNull();
  expect(await findAnnouncement(anybody, { id: announced.id })).toMatchObject({
    following: [{ kind: "update", announcementId: update.id }],
  });
});

test("the author of what follows may not approve it, and a form cannot make it go elsewhere or later", async () => {
  const { desk, announced } = await given();
  const draft = await follow(desk, announced.id, "correction");
  const form = composed(draft, { ...draft.parts, type: "announcement" });
  await editNotice(acting(desk.author, LATER), {
    ...form,
    ...{ visibility: "affected", notifies: false, silentReason: "不发" },
    goesOutAt: "2026-12-01T09:00:00+08:00",
  });
  expect(await noticeNow(draft.id)).toMatchObject({
    ...{ visibility: "public", notifies: true, goesOutAt: null, silentReason: null },
  });
  const { contentHash } = await submitted(desk, await noticeNow(draft.id), LATER);
  const both = { ...desk.author, staffRoles: ["author", "approver"] as const };
  await expect(
    approveNotice(acting({ ...both, staffRoles: [...both.staffRoles] }, LATER), {
      ...{ noticeId: draft.id, contentHash, typedPeople: 3 },
    }),
  ).rejects.toMatchObject({ messageKey: "notices.errors.ownWork" });
});

test("what is withdrawn is followed no more, and what followed it is withdrawn with it, told once to the same people", async () => {
  const { desk, announced } = await given();
  const update = await published3(desk, await follow(desk, announced.id, "update"));
  await sendAll();
  const waiting = await follow(desk, announced.id, "end");
  const { contentHash } = await submitted(desk, waiting, LATER);
  await expect(
    proposeAnnouncementWithdrawal(acting(desk.author, LATER), {
      ...{ noticeId: update.id, reason: "写错了。" },
    }),
  ).rejects.toMatchObject({ messageKey: "broadcasts.errors.noWithdrawal" });

  await proposeAnnouncementWithdrawal(acting(desk.author, LATER), {
    ...{ noticeId: announced.id, reason: "维护取消。" },
  });
  const { broadcastId } = await withdrawAnnouncement(acting(desk.approver, LATER), {
    noticeId: announced.id,
  });

  expect(await toldBy(broadcastId)).toEqual(await toldBy(announced.broadcastId));
  const withdrawn = await db
    .select({ id: withdrawals.subjectId })
    .from(withdrawals)
    .where(and(eq(withdrawals.broadcastId, broadcastId!)));
  expect(withdrawn.map(({ id }) => id).toSorted()).toEqual([announced.id, update.id].toSorted());
  expect(await findAnnouncement(anybody, { id: update.broadcastId! })).toMatchObject({
    withdrawnAt: beijing(LATER),
    withdrawalId: broadcastId,
  });
  const refused = { messageKey: "notices.errors.follow.withdrawn" };
  await expect(
    approveNotice(acting(desk.approver, LATER), {
      ...{ noticeId: waiting.id, contentHash, typedPeople: 3 },
    }),
  ).rejects.toMatchObject(refused);
  await expect(
    followAnnouncement(acting(desk.author, LATER), { noticeId: announced.id, kind: "correction" }),
  ).rejects.toMatchObject(refused);
});

test("an announcement ends once, may be corrected after that, and of two who begin at once one does", async () => {
  const { desk, announced } = await given();
  const ctx = acting(desk.author, LATER);
  const noticeId = announced.id;
  const begun = await Promise.allSettled([
    followAnnouncement(ctx, { noticeId, kind: "end" }),
    followAnnouncement(ctx, { noticeId, kind: "update" }),
  ]);
  expect(begun.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  const [ahead] = await db.select().from(notices).where(eq(notices.followsId, noticeId));
  await db.delete(notices).where(eq(notices.id, ahead!.id));

  const end = await published3(desk, await follow(desk, noticeId, "end"));
  await expect(followAnnouncement(ctx, { noticeId, kind: "end" })).rejects.toMatchObject({
    messageKey: "notices.errors.follow.ended",
  });
  await expect(
    followAnnouncement(ctx, { noticeId: end.id, kind: "correction" }),
  ).rejects.toMatchObject({ messageKey: "notices.errors.follow.notPublished" });
  await published3(desk, await follow(desk, noticeId, "correction"));
  const copy = { ...end, id: crypto.randomUUID(), sequence: 9 };
  await expect(db.insert(notices).values(copy)).rejects.toThrow();
});

test("approving what follows and withdrawing what it follows at once leaves one winner and no word of the loser", async () => {
  const { desk, announced } = await given();
  const draft = await follow(desk, announced.id, "update");
  const { contentHash } = await submitted(desk, draft, LATER);
  const ctx = acting(desk.approver, LATER);
  await proposeAnnouncementWithdrawal(acting(desk.author, LATER), {
    ...{ noticeId: announced.id, reason: "维护取消。" },
  });

  const [approved] = await Promise.allSettled([
    approveNotice(ctx, { noticeId: draft.id, contentHash, typedPeople: 3 }),
    withdrawAnnouncement(ctx, { noticeId: announced.id }),
  ]);

  const isOut = approved.status === "fulfilled";
  const follows = await db.select().from(broadcasts).where(eq(broadcasts.subjectId, draft.id));
  expect(follows).toHaveLength(isOut ? 1 : 0);
  const original = await findAnnouncement(anybody, { id: announced.broadcastId! });
  expect(original.withdrawnAt).toEqual(beijing(LATER));
  const listed = await listPublicNotices(anybody, { limit: 100 });
  const out = listed.filter(({ id }) => id === draft.id);
  expect(out.map(({ withdrawnAt }) => withdrawnAt)).toEqual(isOut ? [beijing(LATER)] : []);
});

test("subscribers whom the announcement reached hear what follows it; who subscribed since does not", async () => {
  const { desk, announced } = await given();
  const before = await givenSubscriber({ announcements: true });
  const told = await published3(desk, await givenAnnouncement(desk, { visibility: "public" }));
  const since = await givenSubscriber({ announcements: true });
  await sendAll();

  const update = await published3(desk, await follow(desk, told.id, "update"));
  const bulletins = await db
    .select({ userId: deliveries.userId })
    .from(deliveries)
    .innerJoin(broadcasts, eq(broadcasts.id, deliveries.broadcastId))
    .where(eq(broadcasts.subjectId, update.broadcastId!));
  const readers = bulletins.map(({ userId }) => userId);
  expect(readers).toContain(before.userId);
  expect(readers).not.toContain(since.userId);

  // Nobody had subscribed to the other when it went out.
  const other = await published3(desk, await follow(desk, announced.id, "update"));
  const none = await db.$count(broadcasts, eq(broadcasts.subjectId, other.broadcastId!));
  expect(none).toBe(0);
});

test("what follows an announcement waits until it is decided on whom that one holds back, and tells who was told alone", async () => {
  const desk = await givenNoticeDesk();
  await givenMembers(desk.productId, MANY, `wave-${crypto.randomUUID()}`);
  const draft = await givenAnnouncement(desk, { waves: PLAN, visibility: "public" });
  const first = await published(desk, draft, { at: LATER, typedPeople: MANY });
  await sendAll();
  const { id } = await followAnnouncement(acting(desk.author, LATER), {
    ...{ noticeId: first.id, kind: "update" },
  });
  await editNotice(
    acting(desk.author, LATER),
    composed({ id, revision: 1 }, { type: "announcement" }),
  );
  const notice = await submitted(desk, await noticeNow(id), LATER);
  const approve = () =>
    approveNotice(acting(desk.approver, LATER), {
      ...{ noticeId: id, contentHash: notice.contentHash, typedPeople: FIRST },
    });
  await expect(approve()).rejects.toMatchObject({
    ...{ messageKey: "notices.errors.follow.restHeld", values: { people: MANY - FIRST } },
  });

  const broadcastId = first.broadcastId ?? "";
  const ctx = acting(desk.approver, LATER);
  await pauseBroadcast(ctx, { broadcastId });
  await cancelRemainder(ctx, { broadcastId, typedMails: MANY - FIRST, reason: "不再发。" });
  await prepareAll(beijing(LATER));
  expect(await approve()).toMatchObject({ people: FIRST });
});
