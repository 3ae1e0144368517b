import { and, eq } from "drizzle-orm";
import { expect, test } from "vitest";

import { db } from "@/db/client";
import { broadcasts, deliveries, emergencySendings, notices, staffRoles } from "@/db/schema";
import { LOCALES } from "@/db/vocabulary/languages";
import { type Person } from "@/domain/context";
import { asJob } from "@/domain/context";
import { acting, beijing } from "@/tests/support/context";
import {
  givenAffected,
  givenIncident,
  givenNotice,
  givenNoticeDesk,
  noticeNow,
  published,
  submitted,
} from "@/tests/support/notices";
import { givenMember, givenStaff } from "@/tests/support/people";
import { recordOf } from "@/tests/support/record";
import { noticeLookWords } from "@/wording/notice-look";

import { FACTS } from "../broadcasts/facts";
import { readRecipient } from "../broadcasts/read-recipient";
import { markBannersSeen } from "../inbox/mark";
import { measureWork } from "../measure";
import { listWaitingReviews } from "../reviews/waiting";
import { alarmUnseen } from "./alarm-unseen";
import { draftNotice } from "./draft-notice";
import { editNotice } from "./edit-notice";
import { LOOK_MOVES, LOOK_STATES, lookStateOf, mayBeSentAlone } from "./emergency-rules";
import { findIncident } from "./find-incident";
import { findNotice } from "./find-notice";
import { followAdvice } from "./follow-advice";
import { confirmSending, objectToSending } from "./look-at-sending";
import { readCourse } from "./read-course";
import { findSendingOfBroadcast } from "./read-sendings";
import { sendNoticeAlone } from "./send-alone";

const SENT = "2026-11-20 09:50";
const IN_TIME = "2026-11-20 10:19";
const TOO_LATE = "2026-11-20 10:20";
const REASON = "凌晨仍在被利用，批准人联系不上。";
const OBJECTION = "受影响的版本写错了。";

/** A submitted notice of an incident of the gravest grade, that concerns one account, and who may send it alone. */
async function given(severity: "very_major" | "major" = "very_major") {
  const both = await givenStaff("author", "responder");
  const desk = { ...(await givenNoticeDesk()), author: both };
  const incident = await givenIncident(desk, { severity });
  const affected = await givenAffected(desk.productId, { platforms: { android: "8.0.1" } });
  const draft = await givenNotice(desk, { incidentId: incident.id });
  return { desk, incident, affected, notice: await submitted(desk, draft) };
}

type Given = Awaited<ReturnType<typeof given>>;

const send = (
  { notice, desk }: Given,
  wish: { by?: Person; reason?: string; typedPeople?: number; contentHash?: string } = {},
) => {
  const { by = desk.author, reason = REASON, typedPeople = 1, contentHash } = wish;
  return sendNoticeAlone(acting(by, SENT), {
    noticeId: notice.id,
    contentHash: contentHash ?? notice.contentHash,
    ...{ reason, typedPeople },
  });
};

const calls = async (noticeId: string) => {
  const rows = await db
    .select({ facts: broadcasts.facts, userId: deliveries.userId, channel: deliveries.channel })
    .from(broadcasts)
    .innerJoin(deliveries, eq(deliveries.broadcastId, broadcasts.id))
    .where(and(eq(broadcasts.kind, "notice_look"), eq(broadcasts.subjectId, noticeId)));
  return rows.map(({ facts, ...row }) => ({ ...row, event: (facts as { event: string }).event }));
};

test("P17, P41: one person sends it at once, marked as such, and every approver is called to look", async () => {
  const it = await given();
  const { desk, notice, affected, incident } = it;
  await send(it);

  const now = await noticeNow(notice.id);
  expect(now).toMatchObject({ status: "published", approvedBy: null, sentAloneBy: desk.author.id });
  const told = await db
    .select()
    .from(deliveries)
    .where(eq(deliveries.broadcastId, now.broadcastId ?? ""));
  expect(told.map(({ userId, channel }) => [userId, channel]).toSorted()).toEqual(
    [
      [affected.owner.id, "email"],
      [affected.owner.id, "inbox"],
    ].toSorted(),
  );
  expect(await recordOf(notice.id)).toContain("notice.sent_alone");
  const called = await calls(notice.id);
  expect(called.filter(({ userId }) => userId === desk.approver.id)).toEqual(
    expect.arrayContaining([
      { userId: desk.approver.id, channel: "email", event: "sent_alone" },
      { userId: desk.approver.id, channel: "inbox", event: "sent_alone" },
    ]),
  );
  expect(called.some(({ userId }) => userId === desk.author.id)).toBe(false);

  const { rows } = await listWaitingReviews(acting(desk.approver, SENT), {});
  expect(rows).toContainEqual(expect.objectContaining({ kind: "look", id: notice.id }));
  const read = await findNotice(acting(desk.approver, SENT), { noticeId: notice.id });
  expect(read.sending).toMatchObject({ state: "waits", reason: REASON });
  const { sendings } = await findIncident(acting(desk.author, SENT), { number: incident.number });
  expect(sendings).toMatchObject([{ noticeId: notice.id, senderName: desk.author.name }]);
});

test("it takes the right, the gravest grade, the reason, the number and what was seen", async () => {
  const it = await given();
  const { desk, notice } = it;
  const author = await givenStaff("author");
  const all = await givenStaff("author", "approver", "responder");
  for (const [wish, refusal] of [
    [{ by: author }, { code: "not_allowed" }],
    [{ by: desk.approver }, { code: "not_allowed" }],
    [{ by: all }, { messageKey: "notices.errors.emergency.needless" }],
    [{ reason: "  " }, { fields: { reason: ["notices.errors.emergency.reason"] } }],
    [{ typedPeople: 2 }, { messageKey: "notices.errors.countDiffers" }],
    [{ contentHash: "0".repeat(64) }, { messageKey: "notices.errors.notWhatWasSeen" }],
  ] as const)
    await expect(send(it, wish)).rejects.toMatchObject(refusal);
  expect((await noticeNow(notice.id)).status).toBe("in_review");
  await expect(send(await given("major"))).rejects.toMatchObject({
    messageKey: "notices.errors.emergency.notSo",
  });
  await send(it);
  await expect(send(it)).rejects.toMatchObject({ messageKey: "notices.errors.movedOn" });
});

test("what tells nobody, or does not wait, is nothing to send alone", () => {
  const incident = { severity: "very_major", status: "investigating" } as const;
  const notice = { notifies: true, status: "in_review" } as const;
  expect(mayBeSentAlone({ notice, incident })).toBe(true);
  for (const other of [{ notifies: false }, { status: "draft" as const }])
    expect(mayBeSentAlone({ notice: { ...notice, ...other }, incident })).toBe(false);
  expect(mayBeSentAlone({ notice, incident: { ...incident, status: "false_alarm" } })).toBe(false);
  expect(mayBeSentAlone({ notice, incident: null })).toBe(false);
});

test("a second person finds it right, and no board says anything else of it", async () => {
  const it = await given();
  const { desk, notice } = it;
  await send(it);
  const look = { noticeId: notice.id };
  const own = { messageKey: "notices.errors.emergency.own" };
  await db.insert(staffRoles).values({
    ...{ userId: desk.author.id, role: "approver", grantedAt: beijing(SENT) },
  });
  const sender = { ...desk.author, staffRoles: ["author", "approver", "responder"] as const };
  await expect(confirmSending(acting(sender, IN_TIME), look)).rejects.toMatchObject(own);
  await expect(
    confirmSending(acting(await givenStaff("author"), IN_TIME), look),
  ).rejects.toMatchObject({ code: "not_allowed" });

  await confirmSending(acting(desk.approver, IN_TIME), look);
  const { broadcastId } = await noticeNow(notice.id);
  expect(
    await findSendingOfBroadcast(acting(await givenStaff("support"), IN_TIME), {
      broadcastId: broadcastId ?? "",
    }),
  ).toEqual({
    ...{ senderName: desk.author.name, sentAt: beijing(SENT), lookDueAt: beijing(TOO_LATE) },
    ...{ state: "confirmed", lookerName: desk.approver.name, lookedAt: beijing(IN_TIME) },
  });
  const { rows } = await listWaitingReviews(acting(desk.approver, IN_TIME), {});
  expect(rows.map(({ id }) => id)).not.toContain(notice.id);
  expect(await recordOf(notice.id)).toContain("notice.looked_at");
  const { events } = await readCourse(acting(desk.approver, IN_TIME), {
    incidentId: it.incident.id,
  });
  expect(events.map(({ action, by, sequence }) => [action, by, sequence]).slice(-2)).toEqual([
    ["notice.sent_alone", desk.author.name, 1],
    ["notice.looked_at", desk.approver.name, 1],
  ]);
  for (const verb of [confirmSending, objectToSending])
    await expect(
      verb(acting(desk.approver, IN_TIME), { ...look, reason: OBJECTION }),
    ).rejects.toMatchObject({ messageKey: "notices.errors.emergency.lookedAt" });
});

test("that a banner was seen and an advice followed is said of the notice, not of the call to look at it", async () => {
  const it = await given();
  const { desk, notice, affected } = it;
  const approver = await givenMember(affected.account.id, "owner", { also: desk.approver });
  await send(it, { typedPeople: 2 });
  await markBannersSeen(acting(approver, IN_TIME), { noticeIds: [notice.id] });
  await followAdvice(acting(approver, IN_TIME), {
    ...{ noticeId: notice.id, appId: affected.app.id, item: 0 },
  });
  const waysOf = async (broadcastId: string) => {
    const { events } = await readRecipient(acting(desk.author, IN_TIME), {
      ...{ broadcastId, userId: approver.id },
    });
    return events.flatMap(({ kind }) => (/^(bannerSeen|followed)$/.test(kind) ? [kind] : []));
  };
  const [call] = await db
    .select()
    .from(broadcasts)
    .where(and(eq(broadcasts.kind, "notice_look"), eq(broadcasts.subjectId, notice.id)));
  expect(await waysOf(call?.id ?? "")).toEqual([]);
  const { broadcastId } = await noticeNow(notice.id);
  expect(await waysOf(broadcastId ?? "")).toEqual(["bannerSeen", "followed"]);
});

test("an objection begins the correction in its writers' name, and tells them", async () => {
  const it = await given();
  const { desk, notice } = it;
  await send(it);
  const look = (reason: string) =>
    objectToSending(acting(desk.approver, IN_TIME), { noticeId: notice.id, reason });
  await expect(look(" ")).rejects.toMatchObject({
    fields: { reason: ["notices.errors.emergency.objection"] },
  });
  const { correctionId } = await look(OBJECTION);
  const draft = await noticeNow(correctionId ?? "");
  expect(draft).toMatchObject({
    ...{ type: "correction", status: "draft", correctsId: notice.id, sequence: 2 },
    ...{ authorId: desk.author.id, writerIds: notice.writerIds, parts: notice.parts },
  });
  const called = await calls(notice.id);
  expect(called).toContainEqual({ userId: desk.author.id, channel: "email", event: "objected" });

  // Whoever objected wrote none of it, and may approve it.
  const { id, revision, parts } = draft;
  await editNotice(acting(desk.author, IN_TIME), {
    ...{ noticeId: id, revision, type: "correction", correctsId: notice.id },
    ...{ notifies: true, silentReason: null, ...parts },
  });
  const out = await published(desk, await noticeNow(id), { at: IN_TIME, typedPeople: 1 });
  expect(out).toMatchObject({ status: "published", approvedBy: desk.approver.id });
});

test("an objection promises its writers a draft of the correction only where one was begun", async () => {
  const saidOf = async (noticeId: string) => {
    const told = await db
      .select({ facts: broadcasts.facts })
      .from(broadcasts)
      .where(and(eq(broadcasts.kind, "notice_look"), eq(broadcasts.subjectId, noticeId)));
    const facts = told.map((one) => FACTS.notice_look.parse(one.facts));
    const objected = facts.find(({ event }) => event === "objected");
    return LOCALES.map((locale) => noticeLookWords(objected!, locale).next);
  };
  const objected = async (isAhead: boolean) => {
    const it = await given();
    await send(it);
    const { desk, incident, notice } = it;
    if (isAhead)
      await draftNotice(acting(desk.author, IN_TIME), {
        ...{ incidentId: incident.id, type: "update", correctsId: null },
      });
    await objectToSending(acting(desk.approver, IN_TIME), {
      ...{ noticeId: notice.id, reason: OBJECTION },
    });
    return saidOf(notice.id);
  };
  expect(await objected(false)).toEqual([
    expect.stringContaining("更正的草稿"),
    expect.stringContaining("the draft of the correction"),
  ]);
  expect(await objected(true)).toEqual([
    expect.stringContaining("没有为它单独起草更正"),
    expect.stringContaining("No correction of its own"),
  ]);
});

test("at half an hour without a look it is an alarm, once: measured, on the record, told", async () => {
  const it = await given();
  const { desk, notice } = it;
  const admin = await givenStaff("admin");
  await send(it);
  const job = (at: string) => asJob("raise-alarms", beijing(at));
  const unseen = async (at: string) => (await measureWork(job(at), {})).unseen;
  const before = await unseen(IN_TIME);
  await alarmUnseen(job(IN_TIME), {});
  expect(await recordOf(notice.id)).not.toContain("notice.unseen");
  expect(await unseen(TOO_LATE)).toBeGreaterThan(before);
  await alarmUnseen(job(TOO_LATE), {});
  expect(await alarmUnseen(job(TOO_LATE), {})).toBe(0);
  expect((await recordOf(notice.id)).filter((one) => one === "notice.unseen")).toHaveLength(1);
  expect(await calls(notice.id)).toContainEqual({
    ...{ userId: admin.id, channel: "email", event: "unseen" },
  });
  // Late is better than never: the alarm ends with the look.
  const late = await unseen(TOO_LATE);
  await confirmSending(acting(desk.approver, "2026-11-20 11:00"), { noticeId: notice.id });
  expect(await unseen(TOO_LATE)).toBe(late - 1);
});

test("the table of what may be said of it knows every state, and says nothing twice", () => {
  expect(Object.keys(LOOK_MOVES)).toEqual([...LOOK_STATES]);
  const [now, lookDueAt] = [beijing(IN_TIME), beijing(TOO_LATE)];
  expect(lookStateOf({ verdict: null, lookDueAt, now })).toBe("waits");
  expect(lookStateOf({ verdict: null, lookDueAt, now: lookDueAt })).toBe("unseen");
  for (const verdict of ["confirmed", "objected"] as const) {
    expect(lookStateOf({ verdict, lookDueAt, now: lookDueAt })).toBe(verdict);
    expect(LOOK_MOVES[verdict]).toEqual([]);
  }
});

test("the database keeps it too: no sending without its row, none looked at by its own, none changed", async () => {
  const it = await given();
  const { desk, notice } = it;
  const forged = db
    .update(notices)
    .set({
      ...{ status: "published", sentAloneBy: desk.author.id, publishedAt: beijing(SENT) },
      facts: {},
    })
    .where(eq(notices.id, notice.id));
  await expect(forged).rejects.toThrow();
  await send(it);
  const ofNotice = eq(emergencySendings.noticeId, notice.id);
  const look = (lookedBy: string) =>
    db
      .update(emergencySendings)
      .set({ verdict: "confirmed", lookedBy, lookedAt: beijing(IN_TIME) })
      .where(ofNotice);
  await expect(look(desk.author.id)).rejects.toThrow();
  await expect(
    db.update(emergencySendings).set({ reason: "另一个理由" }).where(ofNotice),
  ).rejects.toThrow();
  await look(desk.approver.id);
  await expect(
    db.update(emergencySendings).set({ verdict: "objected", objection: "改口" }).where(ofNotice),
  ).rejects.toThrow();
  await expect(db.delete(emergencySendings).where(ofNotice)).rejects.toThrow();
});
