import { eq } from "drizzle-orm";
import { expect, test } from "vitest";

import { db } from "@/db/client";
import { gradeChanges, incidents } from "@/db/schema";
import type { Severity } from "@/db/vocabulary/incidents";
import { acting, beijing } from "@/tests/support/context";
import {
  editForm,
  givenAffected,
  givenIncident,
  givenNotice,
  givenNoticeDesk,
  type NoticeDesk,
  published,
  submitted,
} from "@/tests/support/notices";
import { givenStaff } from "@/tests/support/people";
import { recordOf } from "@/tests/support/record";

import { decideGradeChange } from "./decide-grade-change";
import { editIncident } from "./edit-incident";
import { findIncident } from "./find-incident";
import { listIncidents } from "./list-incidents";
import { readNoticesAhead } from "./list-notices";
import { approveNotice } from "./review-notice";

const AT = "2026-11-20 12:00";

/** An incident discovered at nine with one app that it concerns. */
async function givenCase(severity: Severity) {
  const desk = await givenNoticeDesk();
  const { app } = await givenAffected(desk.productId, { platforms: { android: "8.0.0" } });
  const { id, number } = await givenIncident(desk, { severity });
  return { desk, id, number, audience: { named: app.sdkAppId } };
}

const clockOf = async (desk: NoticeDesk, number: string, moment: string) => {
  const ctx = acting(desk.approver, moment);
  const {
    clock: { toldAt: _, ...clock },
  } = await findIncident(ctx, { number });
  const { rows } = await listIncidents(ctx, {});
  expect(rows.find((row) => row.number === number)?.clock).toEqual(clock);
  return clock;
};

const changeOf = async (incidentId: string) => {
  const [change] = await db
    .select()
    .from(gradeChanges)
    .where(eq(gradeChanges.incidentId, incidentId));
  return change!;
};

type Wanted = { id: string; revision: number; severity: Severity };

const regrade = (desk: NoticeDesk, { id, revision, severity }: Wanted) =>
  editIncident(acting(desk.author, AT), {
    ...editForm(desk, { id, revision }, { severity }),
    gradeReason: "影响比最初估计的不同。",
  });

test("P17: a silent first notice tells nobody, so its clock runs on until somebody is told", async () => {
  const { desk, id, number, audience } = await givenCase("very_major");
  const silent = { notifies: false, silentReason: "先更新页面。" };
  await published(desk, await givenNotice(desk, { incidentId: id, audience, ...silent }), {
    typedPeople: 1,
  });
  expect((await clockOf(desk, number, "2026-11-20 09:59")).state).toBe("running");
  expect((await clockOf(desk, number, "2026-11-20 10:01")).state).toBe("breached");

  const update = await givenNotice(desk, {
    incidentId: id,
    type: "update",
    notifies: true,
    at: "2026-11-20 10:20",
  });
  await published(desk, update, { at: "2026-11-20 10:30", typedPeople: 1 });
  expect((await clockOf(desk, number, AT)).state).toBe("late");
});

test("P17: no later change of severity or discovery puts the limit off", async () => {
  const { desk, id, number } = await givenCase("very_major");
  expect(await regrade(desk, { id, revision: 1, severity: "general" })).toMatchObject({
    waits: true,
  });
  const change = await changeOf(id);
  await decideGradeChange(acting(desk.approver, AT), {
    incidentId: id,
    changeId: change.id,
    decision: "approved",
    reason: "",
  });
  expect(await clockOf(desk, number, AT)).toEqual({
    state: "breached",
    dueAt: beijing("2026-11-20 10:00"),
  });
  const putOff = db
    .update(incidents)
    .set({ firstNoticeDueAt: beijing("2026-11-21 09:00") })
    .where(eq(incidents.id, id));
  await expect(putOff).rejects.toThrow();
});

test("P17: a graver severity brings the limit forward at once while nothing is approved", async () => {
  const { desk, id, number } = await givenCase("general");
  expect(await regrade(desk, { id, revision: 1, severity: "major" })).toMatchObject({
    waits: false,
  });
  expect((await clockOf(desk, number, AT)).dueAt).toEqual(beijing("2026-11-20 11:00"));
  const { gradeChanges: shown } = await findIncident(acting(desk.author, AT), { number });
  expect(shown).toMatchObject([
    {
      change: { severityBefore: "general", severityAfter: "major", reason: expect.any(String) },
      proposerName: desk.author.name,
      deciderName: null,
    },
  ]);
});

test("a change of severity says why, at its field", async () => {
  const { desk, id } = await givenCase("general");
  const edit = editIncident(acting(desk.author, AT), editForm(desk, { id }, { severity: "major" }));
  await expect(edit).rejects.toMatchObject({
    fields: { gradeReason: ["notices.errors.grade.reason"] },
  });
});

test("once a notice is approved, a second person decides on severity and discovery", async () => {
  const { desk, id, audience } = await givenCase("major");
  await published(desk, await givenNotice(desk, { incidentId: id, audience }), { typedPeople: 1 });
  await regrade(desk, { id, revision: 1, severity: "very_major" });
  const severityNow = async () =>
    (await db.select().from(incidents).where(eq(incidents.id, id)))[0]?.severity;
  expect(await severityNow()).toBe("major");
  await expect(regrade(desk, { id, revision: 2, severity: "general" })).rejects.toMatchObject({
    messageKey: "notices.errors.grade.waits",
  });

  const { id: changeId } = await changeOf(id);
  const both = await givenStaff("approver", "author");
  const decision = { incidentId: id, changeId, decision: "rejected" as const, reason: "" };
  await expect(
    decideGradeChange(acting(desk.author, AT), { ...decision, reason: "否" }),
  ).rejects.toMatchObject({ code: "not_allowed" });
  await expect(decideGradeChange(acting(both, AT), decision)).rejects.toMatchObject({
    fields: { reason: ["notices.errors.missing.reason"] },
  });
  await decideGradeChange(acting(both, AT), { ...decision, reason: "没有依据。" });
  expect(await severityNow()).toBe("major");
  expect((await recordOf(id)).slice(-3)).toEqual([
    "incident.grade_proposed",
    "incident.edited",
    "incident.grade_refused",
  ]);
  await expect(
    decideGradeChange(acting(both, AT), { ...decision, decision: "approved" }),
  ).rejects.toMatchObject({ messageKey: "notices.errors.grade.decided" });
});

test("nobody decides on their own change, and its approver may still approve the notice", async () => {
  const { desk, id, audience } = await givenCase("very_major");
  const both = await givenStaff("author", "approver");
  const own = { ...desk, author: both };
  await regrade(own, { id, revision: 1, severity: "general" });
  const { id: changeId } = await changeOf(id);
  const decision = { incidentId: id, changeId, decision: "approved" as const, reason: "" };
  await expect(decideGradeChange(acting(both, AT), decision)).rejects.toMatchObject({
    messageKey: "notices.errors.grade.own",
  });
  const notice = await givenNotice(desk, { incidentId: id, audience });
  await submitted(desk, notice);
  await decideGradeChange(acting(desk.approver, AT), decision);
  const again = await submitted(desk, { id: notice.id, revision: notice.revision + 1 }, AT);
  expect(again.writerIds).not.toContain(desk.approver.id);
  expect(again.writerIds).toContain(both.id);
});

test("P17: a notice that would be the first to tell anybody waits for its yes with the limit, a later one without", async () => {
  const { desk, id, audience } = await givenCase("major");
  const dueOf = async (noticeId: string) => {
    const ahead = await readNoticesAhead(acting(desk.approver, AT), { ids: [noticeId] });
    return ahead.find((one) => one.id === noticeId)?.dueAt;
  };
  const first = await givenNotice(desk, { incidentId: id, audience });
  const waiting = await submitted(desk, first);
  expect(await dueOf(waiting.id)).toEqual(beijing("2026-11-20 11:00"));
  const { contentHash } = waiting;
  await approveNotice(acting(desk.approver, "2026-11-20 10:30"), {
    ...{ noticeId: waiting.id, contentHash, typedPeople: 1 },
  });
  const update = await givenNotice(desk, {
    ...{ incidentId: id, type: "update", notifies: true, at: "2026-11-20 11:30" },
  });
  expect(await dueOf(update.id)).toBeNull();
});
