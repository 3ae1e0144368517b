import { and, eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";

import { db } from "@/db/client";
import {
  appPlatforms,
  broadcasts,
  deliveries,
  reviews,
  notices,
  noticeTargets,
  users,
} from "@/db/schema";
import { acting } from "@/tests/support/context";
import {
  composed,
  givenAffected,
  givenAnnouncement,
  givenContact,
  givenIncident,
  givenNotice,
  givenNoticeDesk,
  NOTICE_DAY,
  noticeNow,
  PARTS,
  published,
  settlePlan,
  submitted,
} from "@/tests/support/notices";
import { givenStaff } from "@/tests/support/people";
import { recordLength, recordOf } from "@/tests/support/record";

import { listAnnouncements } from "../broadcasts/announcements";
import { findBroadcast } from "../broadcasts/find";
import { draftNotice } from "./draft-notice";
import { editNotice } from "./edit-notice";
import { findNotice } from "./find-notice";
import { moveIncident } from "./move-incident";
import { previewNotice } from "./preview-notice";
import { approveNotice, rejectNotice } from "./review-notice";
import { submitNotice } from "./submit-notice";

const AT = NOTICE_DAY.approved;
const ANDROID = { platforms: ["android" as const], versionRange: ">=7.9.0 <8.1.0" };

/** A product with one affected account and one that is not. */
async function given(visibility: "public" | "affected" | "restricted" = "affected") {
  const desk = await givenNoticeDesk();
  const { id: incidentId, number } = await givenIncident(desk, { visibility });
  const affected = await givenAffected(desk.productId, { platforms: { android: "8.0.1" } });
  const spared = await givenAffected(desk.productId, { platforms: { android: "8.1.0" } });
  return { ...desk, incidentId, number, affected, spared, approve: acting(desk.approver, AT) };
}

const toldBy = (broadcastId: string) =>
  db.select().from(deliveries).where(eq(deliveries.broadcastId, broadcastId));

test("P18, P19: an approval tells exactly the affected, by mail and in-site, with all the parts", async () => {
  const { approve, ...desk } = await given();
  const notice = await submitted(
    desk,
    await givenNotice(desk, { incidentId: desk.incidentId, audience: ANDROID }),
  );
  const preview = await previewNotice(approve, { noticeId: notice.id });

  const { broadcastId, people } = await approveNotice(approve, {
    noticeId: notice.id,
    contentHash: notice.contentHash,
  });

  expect(people).toBe(1);
  const rows = await toldBy(broadcastId!);
  expect(rows.map(({ channel }) => channel).sort()).toEqual(["email", "inbox"]);
  for (const row of rows)
    expect(row).toMatchObject({
      userId: desk.affected.owner.id,
      accountIds: [desk.affected.account.id],
      appIds: [desk.affected.app.id],
    });
  const { told, isPublic } = await findBroadcast(approve, { id: broadcastId! });
  expect(isPublic).toBe(false);
  expect(told).toEqual(preview);
  const { title, ...parts } = PARTS;
  expect(told).toMatchObject({
    kind: "incident_notice",
    facts: { type: "initial", sequence: 1, title, parts, contentHash: notice.contentHash },
  });
  expect(await noticeNow(notice.id)).toMatchObject({
    status: "published",
    approvedBy: desk.approver.id,
    broadcastId,
  });
  const targets = await db
    .select()
    .from(noticeTargets)
    .where(eq(noticeTargets.noticeId, notice.id));
  expect(targets).toMatchObject([{ appId: desk.affected.app.id, reason: "android 8.0.1" }]);
  expect((await recordOf(notice.id)).at(-1)).toBe("notice.approved");
});

test("one person in several accounts gets one message that lists all affected apps", async () => {
  const { approve, ...desk } = await given();
  const { app } = await givenAffected(
    desk.productId,
    { platforms: { android: "7.9.1" } },
    desk.affected.owner,
  );
  const notice = await published(
    desk,
    await givenNotice(desk, { incidentId: desk.incidentId, audience: ANDROID }),
  );
  const rows = await toldBy(notice.broadcastId!);
  expect(rows).toHaveLength(2);
  for (const { appIds } of rows)
    expect([...appIds].sort()).toEqual([app.id, desk.affected.app.id].sort());
  expect(approve.actor).toBe(desk.approver);
});

test("a restricted notice goes to the security contact alone and is announced nowhere", async () => {
  const { approve, ...desk } = await given("restricted");
  const contact = await givenContact(desk.affected.account.id, "security");
  const notice = await published(
    desk,
    await givenNotice(desk, { incidentId: desk.incidentId, audience: ANDROID }),
  );
  const rows = await toldBy(notice.broadcastId!);
  expect(new Set(rows.map(({ userId }) => userId))).toEqual(new Set([contact.id]));
  const announced = await listAnnouncements(approve, {});
  expect(JSON.stringify(announced)).not.toContain(notice.id);
});

test("a public announcement is announced; mails go only to those who want them, the in-site message to all", async () => {
  const { approve, ...desk } = await given();
  await db
    .update(users)
    .set({ wantsAnnouncementMails: false })
    .where(eq(users.id, desk.affected.owner.id));
  const notice = await published(desk, await givenAnnouncement(desk), { typedPeople: 2 });
  const rows = await toldBy(notice.broadcastId!);
  const got = rows.map(({ userId, channel }) => `${userId} ${channel}`).sort();
  const [muted, open] = [desk.affected.owner.id, desk.spared.owner.id];
  expect(got).toEqual([`${muted} inbox`, `${open} email`, `${open} inbox`].sort());
  const { rows: announced } = await listAnnouncements(approve, {});
  expect(announced[0]).toMatchObject({
    told: { kind: "announcement", facts: { noticeId: notice.id } },
  });
});

test("the apps that changed since the submission stop the approval, which says what changed", async () => {
  const { approve, ...desk } = await given();
  const notice = await submitted(
    desk,
    await givenNotice(desk, { incidentId: desk.incidentId, audience: ANDROID }),
  );
  const joined = await givenAffected(desk.productId, { platforms: { android: "8.0.9" } });
  await db
    .update(appPlatforms)
    .set({ sdkVersion: "8.2.0" })
    .where(eq(appPlatforms.appId, desk.affected.app.id));
  const seen = { noticeId: notice.id, contentHash: notice.contentHash };

  await expect(approveNotice(approve, seen)).rejects.toMatchObject({
    messageKey: "notices.errors.appsChanged",
    values: {
      added: 1,
      removed: 1,
      ids: `${joined.app.sdkAppId}, ${desk.affected.app.sdkAppId}`,
    },
  });
  const page = await findNotice(approve, { noticeId: notice.id });
  expect(page.changes).toMatchObject({ addedIds: [joined.app.sdkAppId], removed: 1 });

  const again = await submitted(desk, notice, AT);
  expect(again.contentHash).not.toBe(notice.contentHash);
  await expect(approveNotice(approve, seen)).rejects.toMatchObject({
    messageKey: "notices.errors.notWhatWasSeen",
  });
  await approveNotice(approve, { ...seen, contentHash: again.contentHash });
});

test("the approval is bound to what was seen: an edit and a new submission void it", async () => {
  const { approve, ...desk } = await given();
  const notice = await submitted(
    desk,
    await givenNotice(desk, { incidentId: desk.incidentId, audience: ANDROID }),
  );
  const ctx = acting(desk.author, NOTICE_DAY.written);
  const { revision } = await editNotice(
    ctx,
    composed(notice, { adviceEndUsers: { "zh-CN": "换。" } }),
  );
  const seen = { noticeId: notice.id, contentHash: notice.contentHash };
  await expect(approveNotice(approve, seen)).rejects.toMatchObject({ code: "conflict" });
  await submitNotice(ctx, { noticeId: notice.id, revision });
  await expect(approveNotice(approve, seen)).rejects.toMatchObject({
    messageKey: "notices.errors.notWhatWasSeen",
  });
});

test("a word changed behind the product's back is not what was seen", async () => {
  const { approve, ...desk } = await given();
  const notice = await submitted(
    desk,
    await givenNotice(desk, { incidentId: desk.incidentId, audience: ANDROID }),
  );
  await db.execute(sql`
    update incidents set contact = 'else@where.example' where id = ${desk.incidentId}`);
  await expect(
    approveNotice(approve, { noticeId: notice.id, contentHash: notice.contentHash }),
  ).rejects.toMatchObject({ messageKey: "notices.errors.notWhatWasSeen" });
});

test("nobody approves or rejects their own work, nor what they submitted, and nothing is recorded", async () => {
  const desk = await given();
  const both = await givenStaff("author", "approver");
  const draft = await givenNotice(desk, { incidentId: desk.incidentId, audience: ANDROID });
  const { contentHash, id } = await submitted({ ...desk, author: both }, draft);
  const before = await recordLength();
  const own = acting(both, AT);
  const refusal = { messageKey: "notices.errors.ownWork" };
  await expect(approveNotice(own, { noticeId: id, contentHash })).rejects.toMatchObject(refusal);
  await expect(
    rejectNotice(own, { noticeId: id, contentHash, reason: "不" }),
  ).rejects.toMatchObject(refusal);
  expect(await recordLength()).toBe(before);
  for (const role of ["author", "admin", "support"] as const)
    await expect(
      approveNotice(acting(await givenStaff(role), AT), { noticeId: id, contentHash }),
    ).rejects.toMatchObject({ code: "not_allowed" });
});

test("everybody is told only by typing how many they are", async () => {
  const { approve, ...desk } = await given();
  const notice = await submitted(desk, await givenNotice(desk, { incidentId: desk.incidentId }));
  const seen = { noticeId: notice.id, contentHash: notice.contentHash };
  const refusal = { messageKey: "notices.errors.countDiffers", values: { people: 2 } };
  await expect(approveNotice(approve, seen)).rejects.toMatchObject(refusal);
  await expect(approveNotice(approve, { ...seen, typedPeople: 3 })).rejects.toMatchObject(refusal);
  expect(await db.$count(broadcasts, eq(broadcasts.subjectId, notice.id))).toBe(0);
  expect(await approveNotice(approve, { ...seen, typedPeople: 2 })).toMatchObject({ people: 2 });
});

test("a published notice never changes, not even behind the product's back", async () => {
  const desk = await given();
  const notice = await published(
    desk,
    await givenNotice(desk, { incidentId: desk.incidentId, audience: ANDROID }),
  );
  await expect(editNotice(acting(desk.author, AT), composed(notice))).rejects.toMatchObject({
    messageKey: "notices.errors.published",
  });
  await expect(
    db.update(notices).set({ silentReason: "x" }).where(eq(notices.id, notice.id)),
  ).rejects.toThrow();
  await expect(
    db.delete(noticeTargets).where(eq(noticeTargets.noticeId, notice.id)),
  ).rejects.toThrow();
});

test("a correction names the notice it corrects, the final report follows a resolved incident, each notifies or not", async () => {
  const { approve, ...desk } = await given();
  const { incidentId } = desk;
  const first = await published(desk, await givenNotice(desk, { incidentId, audience: ANDROID }));
  const correction = await published(
    desk,
    await givenNotice(desk, { incidentId, type: "correction", correctsId: first.id, at: AT }),
    { at: "2026-11-20 10:10" },
  );
  const { told } = await findBroadcast(approve, { id: correction.broadcastId! });
  expect(told.facts).toMatchObject({
    type: "correction",
    sequence: 2,
    corrects: { sequence: 1, publishedAt: first.publishedAt!.toISOString() },
  });

  const later = "2026-11-20 18:00";
  const final = await givenNotice(desk, {
    incidentId,
    type: "final",
    notifies: false,
    silentReason: "内容与上一份相同，只补充结论。",
    at: later,
  });
  const ctx = acting(desk.author, later);
  await expect(
    submitNotice(ctx, { noticeId: final.id, revision: final.revision }),
  ).rejects.toMatchObject({ fields: { type: ["notices.errors.missing.notResolved"] } });
  await moveIncident(ctx, {
    incidentId,
    revision: 1,
    to: "resolved",
    at: "2026-11-20T17:00:00+08:00",
    begunAt: "2026-11-20T15:00:00+08:00",
    containedAt: "2026-11-20T16:00:00+08:00",
  });
  const done = await published(desk, final, { at: later });
  expect(done).toMatchObject({ status: "published", broadcastId: null });
  expect(await db.$count(broadcasts, eq(broadcasts.subjectId, final.id))).toBe(0);
  await settlePlan(ctx, incidentId);
  await moveIncident(ctx, {
    incidentId,
    revision: 2,
    to: "closed",
    at: "2026-11-20T17:30:00+08:00",
  });
  await expect(
    draftNotice(ctx, { incidentId, type: "initial", correctsId: null }),
  ).rejects.toMatchObject({ messageKey: "notices.errors.hasInitial" });
});

test("a rejection goes back to the author with its reason, and needs one", async () => {
  const { approve, ...desk } = await given();
  const { id, contentHash } = await submitted(
    desk,
    await givenNotice(desk, { incidentId: desk.incidentId, audience: ANDROID }),
  );
  await expect(
    rejectNotice(approve, { noticeId: id, contentHash, reason: " " }),
  ).rejects.toMatchObject({ fields: { reason: ["notices.errors.missing.reason"] } });
  await rejectNotice(approve, { noticeId: id, contentHash, reason: "影响范围没有写清。" });
  expect(await noticeNow(id)).toMatchObject({ status: "draft", contentHash: null });
  const rows = await db
    .select()
    .from(reviews)
    .where(and(eq(reviews.subjectId, id), eq(reviews.decision, "rejected")));
  expect(rows).toMatchObject([{ reason: "影响范围没有写清。", reviewerId: desk.approver.id }]);
});
