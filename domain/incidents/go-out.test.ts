import { and, eq } from "drizzle-orm";
import { expect, test } from "vitest";

import { db } from "@/db/client";
import {
  accounts,
  auditEntries,
  broadcasts,
  deliveries,
  members,
  notices,
  noticeTargets,
} from "@/db/schema";
import { sendAnnouncements } from "@/jobs/due";
import { acting, beijing } from "@/tests/support/context";
import { dispatchesTo, givenEndpoint } from "@/tests/support/endpoints";
import {
  composed,
  givenAffected,
  givenAnnouncement,
  givenApp,
  givenContact,
  givenIncident,
  givenNotice,
  givenNoticeDesk,
  NOTICE_DAY,
  noticeNow,
  submitted,
} from "@/tests/support/notices";
import { givenAccount, givenMember, givenStaff } from "@/tests/support/people";

import { findBroadcast } from "../broadcasts/find";
import { findAnnouncement } from "../broadcasts/find-announcement";
import { ANONYMOUS, asJob } from "../context";
import { editNotice } from "./edit-notice";
import { findNotice } from "./find-notice";
import { goOut, minutesLate, takeBackAnnouncement } from "./go-out";
import { listScheduledAnnouncements } from "./list-notices";
import { approveNotice } from "./review-notice";
import { submitNotice } from "./submit-notice";

const AT = NOTICE_DAY.approved;
const MOMENT = "2026-11-23 09:00";
const goesOutAt = "2026-11-23T09:00:00+08:00";

/** An announcement to one account that a second person looks at, to go out three days later. */
async function given(approvedAt = AT) {
  const desk = await givenNoticeDesk();
  const affected = await givenAffected(desk.productId, {});
  const notice = await submitted(
    desk,
    await givenAnnouncement(desk, { goesOutAt, visibility: "public" }),
  );
  const { id: noticeId, contentHash } = notice;
  const approval = await approveNotice(acting(desk.approver, approvedAt), {
    ...{ noticeId, contentHash, typedPeople: 1 },
  });
  return { ...desk, affected, noticeId, contentHash, approval };
}

const toldOf = (noticeId: string) =>
  db
    .select({ userId: deliveries.userId, channel: deliveries.channel })
    .from(deliveries)
    .innerJoin(broadcasts, eq(broadcasts.id, deliveries.broadcastId))
    .where(eq(broadcasts.subjectId, noticeId));
const recorded = (subjectId: string, action: typeof auditEntries.$inferSelect.action) =>
  db
    .select({
      actorId: auditEntries.actorId,
      before: auditEntries.before,
      after: auditEntries.after,
    })
    .from(auditEntries)
    .where(and(eq(auditEntries.subjectId, subjectId), eq(auditEntries.action, action)));
const send = (moment: string) => sendAnnouncements(beijing(moment));

test("an approved announcement waits for its moment, and then tells whoever reads for the approved apps by then", async () => {
  const { approval, noticeId, contentHash, affected, ...desk } = await given();

  expect(approval).toMatchObject({ broadcastId: null, people: 0, goesOutAt: beijing(MOMENT) });
  await send("2026-11-23 08:59");
  expect(await toldOf(noticeId)).toEqual([]);
  expect(await noticeNow(noticeId)).toMatchObject({ status: "scheduled", publishedAt: null });
  const stranger = { actor: ANONYMOUS, now: beijing(AT) };
  await expect(findAnnouncement(stranger, { id: noticeId })).rejects.toThrow();
  const [waiting] = await listScheduledAnnouncements(acting(desk.author, AT), {});
  expect(waiting).toMatchObject({ id: noticeId, goesOutAt: beijing(MOMENT) });

  const colleague = await givenMember(affected.account.id, "member");
  const later = await givenAccount();
  await givenMember(later.id, "owner");
  await givenApp({ accountId: later.id, productId: desk.productId });
  const { changes } = await findNotice(acting(desk.author, AT), { noticeId });
  expect(changes).toMatchObject({ added: 1, removed: 0 });
  await send(MOMENT);

  const told = await toldOf(noticeId);
  expect(new Set(told.map(({ userId }) => userId))).toEqual(
    new Set([affected.owner.id, colleague.id]),
  );
  const { broadcastId, ...published } = await noticeNow(noticeId);
  expect(published).toMatchObject({
    ...{ status: "published", publishedAt: beijing(MOMENT), contentHash },
    approvedBy: desk.approver.id,
  });
  const board = await findBroadcast(acting(desk.author, MOMENT), { id: broadcastId! });
  expect(board.told.facts).toMatchObject({
    plannedAt: beijing(MOMENT).toISOString(),
    publishedAt: beijing(MOMENT).toISOString(),
  });
  expect(await recorded(noticeId, "notice.went_out")).toMatchObject([
    { actorId: "send-announcements", after: { minutesLate: null, broadcastId } },
  ]);
});

test("an account that the vendor closed before the moment is told nothing any more, its contacts and endpoints neither", async () => {
  const { noticeId, affected } = await given();
  const { account, owner } = affected;
  const contact = await givenContact(account.id, "technical");
  const endpointId = await givenEndpoint(acting(owner, AT), { accountId: account.id });
  const { id: ofAccount } = account;
  await db
    .update(accounts)
    .set({ closedAt: beijing(AT) })
    .where(eq(accounts.id, ofAccount));
  await db
    .update(members)
    .set({ leftAt: beijing(AT) })
    .where(eq(members.accountId, ofAccount));

  await send(MOMENT);

  expect((await noticeNow(noticeId)).status).toBe("published");
  expect((await toldOf(noticeId)).filter(({ userId }) => userId === contact.id)).toEqual([]);
  expect(await dispatchesTo(endpointId)).toEqual([]);
});

test("it goes out once, though the worker is killed on the way and two take it up at once", async () => {
  const { noticeId } = await given();
  const due = asJob("send-announcements", beijing(MOMENT));

  const killed = db.transaction(async (tx) => {
    expect(await goOut({ ...due, tx }, { noticeId })).toBe(true);
    throw new Error("killed");
  });
  await expect(killed).rejects.toThrow("killed");
  expect(await toldOf(noticeId)).toEqual([]);
  const both = await Promise.all([goOut(due, { noticeId }), goOut(due, { noticeId })]);

  expect(both.toSorted()).toEqual([false, true]);
  await send("2026-11-23 09:01");
  expect(await toldOf(noticeId)).toHaveLength(2);
});

test("a moment that passed while the worker was off is made up for at once, and the record says by how much", async () => {
  const { noticeId, author } = await given();

  await send("2026-11-23 09:47");

  expect(await recorded(noticeId, "notice.went_out")).toMatchObject([
    { after: { goesOutAt: beijing(MOMENT).toISOString(), minutesLate: 47 } },
  ]);
  const { broadcastId, publishedAt } = await noticeNow(noticeId);
  expect(minutesLate(beijing(MOMENT), publishedAt!)).toBe(47);
  expect(minutesLate(beijing(MOMENT), beijing("2026-11-23 09:01"))).toBeNull();
  const { told } = await findBroadcast(acting(author, MOMENT), { id: broadcastId! });
  expect(told.facts).toMatchObject({ publishedAt: beijing("2026-11-23 09:47").toISOString() });
});

test("whoever may steer a broadcast takes it back before its moment, and nobody after it", async () => {
  const { noticeId, author, approver, contentHash } = await given();
  const support = await givenStaff("support");
  await expect(takeBackAnnouncement(acting(support, AT), { noticeId })).rejects.toMatchObject({
    name: "NotAllowed",
  });
  const { revision } = await noticeNow(noticeId);
  await expect(
    editNotice(acting(author, AT), composed({ id: noticeId, revision }, { type: "announcement" })),
  ).rejects.toMatchObject({ messageKey: "notices.errors.scheduled" });

  await takeBackAnnouncement(acting(approver, AT), { noticeId });

  expect(await noticeNow(noticeId)).toMatchObject({
    ...{ status: "draft", approvedBy: null, contentHash: null, revision: revision + 1 },
  });
  expect(await db.$count(noticeTargets, eq(noticeTargets.noticeId, noticeId))).toBe(0);
  expect(await recorded(noticeId, "notice.taken_back")).toMatchObject([
    { actorId: approver.id, before: { contentHash } },
  ]);
  await send(MOMENT);
  expect(await toldOf(noticeId)).toEqual([]);
  await expect(takeBackAnnouncement(acting(author, AT), { noticeId })).rejects.toMatchObject({
    messageKey: "notices.errors.movedOn",
  });

  const again = await submitted({ author, approver, productId: "" }, await noticeNow(noticeId));
  const seen = { noticeId, contentHash: again.contentHash, typedPeople: 1 };
  await approveNotice(acting(approver, AT), seen);
  await send(MOMENT);
  await expect(takeBackAnnouncement(acting(author, MOMENT), { noticeId })).rejects.toMatchObject({
    messageKey: "notices.errors.wentOut",
  });
});

test("a moment that has passed is refused when it is submitted; passed before the approval, it goes out with that", async () => {
  const desk = await givenNoticeDesk();
  await givenAffected(desk.productId, {});
  const { id, revision } = await givenAnnouncement(desk, { goesOutAt });
  const late = submitNotice(acting(desk.author, MOMENT), { noticeId: id, revision });
  await expect(late).rejects.toMatchObject({
    fields: { goesOutAt: ["notices.errors.missing.goesOutAt"] },
  });

  const { approval, noticeId } = await given("2026-11-23 09:05");
  expect(approval).toMatchObject({ people: 1, goesOutAt: null });
  expect(await noticeNow(noticeId)).toMatchObject({ status: "published" });
});

test("P17: an incident's notice is never scheduled, and the database holds what was approved", async () => {
  const { noticeId, ...desk } = await given();
  const incident = await givenIncident(desk);
  const notice = await givenNotice(desk, { incidentId: incident.id, goesOutAt });
  expect(notice.goesOutAt).toBeNull();
  const moment = { goesOutAt: beijing(MOMENT) };
  const set = (id: string, to: Partial<typeof notices.$inferInsert>) =>
    db.update(notices).set(to).where(eq(notices.id, id));

  await expect(set(notice.id, moment)).rejects.toThrow();
  await expect(set(noticeId, { visibility: "affected" })).rejects.toThrow();
  await expect(set(noticeId, { notifies: false, status: "published" })).rejects.toThrow();
  await expect(db.delete(notices).where(eq(notices.id, noticeId))).rejects.toThrow();
  await send(MOMENT);
  await expect(
    db.delete(noticeTargets).where(eq(noticeTargets.noticeId, noticeId)),
  ).rejects.toThrow();
});

test("a moment by another zone's clock is kept as the instant it is and named with that zone, through the end of summer time", async () => {
  const desk = await givenNoticeDesk();
  await givenAffected(desk.productId, {});
  const { id, revision } = await givenAnnouncement(desk);
  const ctx = acting(desk.author, AT);
  const form = composed({ id, revision }, { type: "announcement" });
  const goesOutZone = "America/New_York" as const;
  const saved = await editNotice(ctx, { ...form, goesOutAt: "2027-11-08T09:30", goesOutZone });
  expect(await noticeNow(id)).toMatchObject({
    ...{ goesOutAt: new Date("2027-11-08T14:30:00Z"), goesOutZone },
  });
  const other = { ...form, revision: saved.revision };
  await editNotice(ctx, { ...other, goesOutAt: "2027-11-05T09:30", goesOutZone });
  const planned = await noticeNow(id);
  expect(planned.goesOutAt).toEqual(new Date("2027-11-05T13:30:00Z"));

  const { contentHash } = await submitted(desk, planned);
  await approveNotice(acting(desk.approver, AT), { noticeId: id, contentHash, typedPeople: 1 });
  await sendAnnouncements(new Date("2027-11-05T13:29:00Z"));
  expect((await noticeNow(id)).status).toBe("scheduled");
  await sendAnnouncements(new Date("2027-11-05T13:30:00Z"));
  expect(await noticeNow(id)).toMatchObject({
    status: "published",
    facts: { plannedAt: "2027-11-05T13:30:00.000Z", plannedZone: goesOutZone },
  });
});

test.each([
  ["2027-03-14T02:30", "America/New_York", "clockSkips"],
  ["2027-11-07T01:30", "America/New_York", "clockTwice"],
  ["2027-10-31T02:30", "Europe/Berlin", "clockTwice"],
] as const)("%s on the clock of %s is refused: %s", async (goesOutAt, goesOutZone, key) => {
  const desk = await givenNoticeDesk();
  const { id, revision } = await givenAnnouncement(desk);
  const form = composed({ id, revision }, { type: "announcement" });
  await expect(
    editNotice(acting(desk.author, AT), { ...form, goesOutAt, goesOutZone }),
  ).rejects.toMatchObject({ fields: { goesOutAt: [`notices.errors.missing.${key}`] } });
  expect((await noticeNow(id)).goesOutAt).toBeNull();
});

test("a minute after the last one that is kept is refused by whosever clock", async () => {
  const desk = await givenNoticeDesk();
  const { id, revision } = await givenAnnouncement(desk);
  const form = composed({ id, revision }, { type: "announcement" });
  const late = { goesOutAt: "9999-12-31T23:59", goesOutZone: "America/New_York" as const };
  await expect(editNotice(acting(desk.author, AT), { ...form, ...late })).rejects.toMatchObject({
    fields: { goesOutAt: ["errors.field.moment"] },
  });
});

test("a moment of Beijing's clock names no zone, so that what was approved before keeps its fingerprint", async () => {
  const desk = await givenNoticeDesk();
  const { id } = await givenAnnouncement(desk, { goesOutAt: "2026-11-23T09:00" });
  expect(await noticeNow(id)).toMatchObject({ goesOutAt: beijing(MOMENT), goesOutZone: null });
});
