import { and, eq } from "drizzle-orm";
import { expect, test } from "vitest";

import { db } from "@/db/client";
import { incidentDuties, incidents } from "@/db/schema";
import { type Duty, OPERATORS } from "@/db/vocabulary/duties";
import { type SEVERITIES } from "@/db/vocabulary/incidents";
import { acting, beijing } from "@/tests/support/context";
import {
  editForm,
  givenAffected,
  givenIncident,
  givenNotice,
  givenNoticeDesk,
  incidentForm,
  published,
} from "@/tests/support/notices";
import { givenStaff } from "@/tests/support/people";
import { recordOf } from "@/tests/support/record";
import { reportText } from "@/wording/report";

import { approveProposal } from "./decide-proposal";
import { clockOf, DUTY_RULES, dutiesOf } from "./duty-rules";
import { editIncident } from "./edit-incident";
import { moveIncident } from "./move-incident";
import { openIncident } from "./open-incident";
import { proposeOfIncident, proposeWaiver } from "./propose";
import { readCourse } from "./read-course";
import { readDuties, readReport } from "./read-duties";
import { handInReport, saveReport } from "./save-report";

const LATER = "2026-11-20 12:00";

test("P17: the Chinese rule gives one, two or four hours by operator for what is larger or graver, the GDPR 72", () => {
  const discoveredAt = beijing("2026-11-20 09:00");
  const hours = (severity: (typeof SEVERITIES)[number]) =>
    OPERATORS.map((operator) => {
      const [due] = dutiesOf({ severity, operator, concernsEea: false, discoveredAt });
      return due ? (due.dueAt.getTime() - discoveredAt.getTime()) / 3_600_000 : null;
    });
  for (const severity of ["very_major", "major", "larger"] as const)
    expect(hours(severity)).toEqual([1, 2, 4]);
  expect(hours("general")).toEqual([null, null, null]);
  expect(
    dutiesOf({ severity: "general", operator: "other", concernsEea: true, discoveredAt }),
  ).toEqual([{ duty: "gdpr", dueAt: beijing("2026-11-23 09:00") }]);
  for (const { source } of Object.values(DUTY_RULES)) expect(source["zh-CN"]).toMatch(/第.+条/);
});

test("P17: a limit is running, kept, late or breached, and a breach stays one", () => {
  const at = (moment: string) => beijing(`2026-11-20 ${moment}`);
  const dueAt = at("10:00");
  const state = (now: string, doneAt: string | null, more = {}) =>
    clockOf({ dueAt, doneAt: doneAt ? at(doneAt) : null, now: at(now), ...more });
  expect(state("10:00", null)).toBe("running");
  expect(state("10:01", null)).toBe("breached");
  expect(state("12:00", "10:00")).toBe("kept");
  expect(state("12:00", "10:01")).toBe("late");
  expect(state("12:00", null, { waivedAt: at("11:00") })).toBe("not_due");
  expect(state("12:00", "10:01", { waivedAt: at("11:00") })).toBe("late");
});

const dutyOf = async (incidentId: string, duty: Duty, moment = LATER) =>
  (await readDuties(acting(await givenStaff("approver"), moment), { incidentId })).find(
    (one) => one.duty === duty,
  );

test("P17: a limit moves forward with a graver operator, and no edit puts it off or takes it away", async () => {
  const desk = await givenNoticeDesk();
  const { id } = await givenIncident(desk, { severity: "larger" });
  const edit = (revision: number, fields: object) =>
    editIncident(acting(desk.author, LATER), {
      ...editForm(desk, { id, revision }, { severity: "larger" }),
      ...fields,
    });
  expect((await dutyOf(id, "cac"))?.dueAt).toEqual(beijing("2026-11-20 13:00"));
  await edit(1, { operator: "critical", concernsEea: true });
  expect((await dutyOf(id, "cac"))?.dueAt).toEqual(beijing("2026-11-20 10:00"));
  await edit(2, { operator: "other", concernsEea: false });
  expect(await dutyOf(id, "cac")).toMatchObject({
    ...{ state: "breached", dueAt: beijing("2026-11-20 10:00") },
  });
  expect((await dutyOf(id, "gdpr"))?.state).toBe("running");

  const place = and(eq(incidentDuties.incidentId, id), eq(incidentDuties.duty, "cac"));
  const putOff = db
    .update(incidentDuties)
    .set({ dueAt: beijing("2026-11-21 09:00") })
    .where(place);
  await expect(putOff).rejects.toThrow();
  await expect(db.delete(incidentDuties).where(place)).rejects.toThrow();
});

test("P17: a report is filled from the incident and its notice, exported, and once handed in never changes", async () => {
  const desk = await givenNoticeDesk();
  const { app } = await givenAffected(desk.productId, { platforms: { android: "8.0.0" } });
  const { id, number } = await givenIncident(desk, { severity: "major" });
  await published(
    desk,
    await givenNotice(desk, { incidentId: id, audience: { named: app.sdkAppId } }),
    { typedPeople: 1 },
  );
  const ctx = acting(desk.author, "2026-11-20 10:00");
  const read = () => readReport(ctx, { number, report: "cac" });
  const filled = reportText(await read(), "云桥科技");
  for (const part of ["云桥科技", "重大", "缓存文件的权限过宽。", "已作废旧令牌。", "第四条"])
    expect(filled).toContain(part);

  const report = { incidentId: id, duty: "cac" as const };
  const handIn = (revision: number, at = "2026-11-20T09:58:00+08:00") =>
    handInReport(ctx, { ...report, revision, at, reference: "12387，受理编号 7" });
  await expect(handIn(1)).rejects.toMatchObject({
    fields: { "parts.unit": ["notices.errors.report.part"] },
  });
  await saveReport(ctx, { ...report, revision: 1, parts: { unit: "云桥科技", event: "令牌外泄" } });
  await expect(saveReport(ctx, { ...report, revision: 1, parts: {} })).rejects.toMatchObject({
    messageKey: "notices.errors.editedMeanwhile",
  });
  await expect(handIn(2, "2026-11-20T08:00:00+08:00")).rejects.toMatchObject({
    fields: { at: ["notices.errors.report.beforeDiscovery"] },
  });
  await expect(handIn(2, "2026-11-20T10:30:00+08:00")).rejects.toMatchObject({
    fields: { at: ["notices.errors.dates.future"] },
  });
  await handIn(2);
  expect(await dutyOf(id, "cac")).toMatchObject({
    ...{ state: "kept", loggerName: desk.author.name, reference: "12387，受理编号 7" },
  });
  const sent = reportText(await read(), "别的名字");
  expect(sent).toContain("令牌外泄");
  expect(sent).not.toContain("别的名字");
  expect(sent).toContain((await read()).report.reportHash);
  await expect(saveReport(ctx, { ...report, revision: 3, parts: {} })).rejects.toMatchObject({
    messageKey: "notices.errors.report.handedIn",
  });
  const change = db
    .update(incidentDuties)
    .set({ parts: { unit: "改" } })
    .where(eq(incidentDuties.incidentId, id));
  await expect(change).rejects.toThrow();
  expect((await recordOf(id)).slice(-2)).toEqual([
    "incident.report_saved",
    "incident.report_handed_in",
  ]);
});

test("P17: once it is resolved its summary is due within thirty days, filled from how it went, and with each of its parts", async () => {
  const desk = await givenNoticeDesk();
  const { id, number } = await givenIncident(desk, { severity: "larger" });
  const ctx = acting(desk.author, LATER);
  expect(await dutyOf(id, "cac_final")).toBeUndefined();
  await moveIncident(ctx, {
    ...{ incidentId: id, revision: 1, to: "resolved" },
    ...{ begunAt: "2026-11-20T09:30:00+08:00", containedAt: "2026-11-20T10:00:00+08:00" },
    at: "2026-11-20T11:00:00+08:00",
  });
  expect(await dutyOf(id, "cac_final")).toMatchObject({
    ...{ state: "running", dueAt: beijing("2026-12-20 11:00") },
  });
  expect((await dutyOf(id, "cac_final", "2026-12-20 11:01"))?.state).toBe("breached");
  expect(await dutyOf(id, "cac")).toMatchObject({ dueAt: beijing("2026-11-20 13:00") });

  const filled = reportText(await readReport(ctx, { number, report: "cac_final" }), "云桥科技");
  for (const part of ["总结报告", "第八条", "解决时间", "教训"]) expect(filled).toContain(part);
  const parts = { origin: "权限过宽", handling: "作废令牌", harm: "无", accountability: "已约谈" };
  const report = { incidentId: id, duty: "cac_final" as const };
  await saveReport(ctx, { ...report, revision: 1, parts });
  await expect(
    handInReport(ctx, {
      ...{ ...report, revision: 2, reference: "回执 9", at: "2026-11-20T11:50:00+08:00" },
    }),
  ).rejects.toMatchObject({
    fields: { "parts.lessons": ["notices.errors.report.part"] },
  });

  // Handled again it is not due; once that has ended its time runs anew.
  const later = acting(desk.author, "2026-12-01 09:00");
  await proposeOfIncident(later, { incidentId: id, what: "reopening", reason: "再次出现。" });
  const { proposals } = await readCourse(later, { incidentId: id });
  await approveProposal(acting(desk.approver, "2026-12-01 09:30"), {
    ...{ incidentId: id, proposalId: proposals[0]!.id },
  });
  expect((await dutyOf(id, "cac_final", "2027-01-05 09:00"))?.state).toBe("not_due");
  const [{ revision } = { revision: 0 }] = await db
    .select({ revision: incidents.revision })
    .from(incidents)
    .where(eq(incidents.id, id));
  await moveIncident(acting(desk.author, "2027-01-04 10:00"), {
    ...{ incidentId: id, revision, to: "resolved", at: "2027-01-04T09:00:00+08:00" },
    ...{ begunAt: "2026-12-01T10:00:00+08:00", containedAt: "2026-12-02T10:00:00+08:00" },
  });
  expect(await dutyOf(id, "cac_final", "2027-01-05 09:00")).toMatchObject({
    ...{ state: "running", dueAt: beijing("2027-02-03 09:00") },
  });
});

test("P17: that a duty does not apply takes a reason and two people, and stays in sight", async () => {
  const desk = await givenNoticeDesk();
  const { id } = await openIncident(acting(desk.author, LATER), {
    ...incidentForm(desk, { severity: "general" }),
    concernsEea: true,
  });
  const wish = {
    incidentId: id,
    duty: "gdpr" as const,
    reason: "对个人没有风险（第 33 条第 1 款）。",
  };
  const ctx = acting(desk.author, LATER);
  await expect(proposeWaiver(ctx, { ...wish, duty: "cac" })).rejects.toMatchObject({
    messageKey: "notices.errors.movedOn",
  });
  await expect(proposeWaiver(ctx, { ...wish, reason: " " })).rejects.toMatchObject({
    fields: { reason: ["notices.errors.proposal.reason"] },
  });
  await proposeWaiver(ctx, wish);
  const { proposals } = await readCourse(ctx, { incidentId: id });
  const proposal = { incidentId: id, proposalId: proposals[0]!.id };
  await expect(approveProposal(ctx, proposal)).rejects.toMatchObject({ code: "not_allowed" });
  expect((await dutyOf(id, "gdpr"))?.state).toBe("running");
  await approveProposal(acting(desk.approver, LATER), proposal);
  expect(await dutyOf(id, "gdpr", "2026-11-30 09:00")).toMatchObject({
    ...{ state: "not_due", dueAt: beijing("2026-11-23 09:00") },
  });
  await expect(proposeWaiver(ctx, wish)).rejects.toMatchObject({
    messageKey: "notices.errors.movedOn",
  });
});

test("nobody but an author writes a report; who reads drafts reads it", async () => {
  const desk = await givenNoticeDesk();
  const { id, number } = await givenIncident(desk);
  const report = { incidentId: id, duty: "cac" as const, revision: 1 };
  await expect(
    saveReport(acting(desk.approver, LATER), { ...report, parts: {} }),
  ).rejects.toMatchObject({ code: "not_allowed" });
  const support = acting(await givenStaff("support"), LATER);
  await expect(readReport(support, { number, report: "cac" })).rejects.toMatchObject({
    code: "not_allowed",
  });
  await expect(
    readReport(acting(desk.author, LATER), { number, report: "gdpr" }),
  ).rejects.toMatchObject({ code: "not_found" });
});
