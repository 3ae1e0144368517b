import { and, eq } from "drizzle-orm";
import { expect, test } from "vitest";

import { db } from "@/db/client";
import { followUpReports, incidentDuties } from "@/db/schema";
import { type Duty, REPORT_PARTS } from "@/db/vocabulary/duties";
import { acting } from "@/tests/support/context";
import { editForm, givenIncident, givenNoticeDesk } from "@/tests/support/notices";
import { recordOf } from "@/tests/support/record";
import { reportChanges, reportParts, reportText } from "@/wording/report";

import { FOLLOW_UPS } from "./duty-rules";
import { editIncident } from "./edit-incident";
import { moveIncident } from "./move-incident";
import { readDuties, readReport } from "./read-duties";
import { reportNamed } from "./reports";
import { handInReport, saveReport } from "./save-report";

const VENDOR = "云桥科技";
const at = (time: string) => `2026-11-20T${time}:00+08:00`;

/** An incident whose first report was handed in at 10:00: every part of it filled but for one written by hand. */
async function givenReported(duty: Duty = "cac") {
  const desk = await givenNoticeDesk();
  const { id, number } = await givenIncident(desk, { severity: "larger" });
  const by = (time: string) => acting(desk.author, `2026-11-20 ${time}`);
  const edit = (revision: number, fields: object, time = "10:30") =>
    editIncident(by(time), {
      ...{ ...editForm(desk, { id, revision }, { severity: "larger" }), ...fields },
    });
  const read = (report: string, time = "11:00") => readReport(by(time), { number, report });
  const report = { incidentId: id, duty };
  const parts = reportParts(await read(duty, "09:50"), VENDOR);
  await saveReport(by("09:50"), {
    ...report,
    revision: 1,
    parts: { ...parts, clues: "日志已固定" },
  });
  await handInReport(by("10:01"), {
    ...{ ...report, revision: 2, at: at("10:00"), reference: "12387，受理编号 7" },
  });
  return { desk, id, number, by, edit, read, report };
}

test("P17: which rule asks for further reports stands beside them, and that it sets no hours", () => {
  expect(FOLLOW_UPS.cac?.["zh-CN"]).toMatch(/第七条.*没有规定小时数/);
  expect(FOLLOW_UPS.gdpr?.en).toMatch(/33\(4\).*no number of hours/);
  expect(FOLLOW_UPS.cac_final).toBeUndefined();
});

test("P17: further reports begin once the first is handed in, any number of them, one at a time", async () => {
  const desk = await givenNoticeDesk();
  const { id: openId, number: openNumber } = await givenIncident(desk, { severity: "larger" });
  const early = acting(desk.author, "2026-11-20 10:00");
  await expect(readReport(early, { number: openNumber, report: "cac-1" })).rejects.toMatchObject({
    code: "not_found",
  });
  await expect(
    saveReport(early, { incidentId: openId, duty: "cac", sequence: 1, revision: 0, parts: {} }),
  ).rejects.toMatchObject({ messageKey: "notices.errors.movedOn" });

  const { id, number, by, read, report } = await givenReported();
  const next = async () =>
    (await readDuties(by("11:00"), { incidentId: id })).find(({ duty }) => duty === "cac");
  expect(await next()).toMatchObject({ nextFollowUp: 1, followUps: [] });
  await expect(read("cac-2")).rejects.toMatchObject({ code: "not_found" });
  for (const sequence of [1, 2, 3]) {
    const parts = reportParts(await read(`cac-${sequence}`), VENDOR);
    const save = { ...report, sequence, revision: 0, parts };
    await saveReport(by("11:00"), save);
    await expect(saveReport(by("11:00"), save)).rejects.toMatchObject({
      messageKey: "notices.errors.editedMeanwhile",
    });
    expect(await next()).toMatchObject({ nextFollowUp: null });
    await handInReport(by(`11:0${sequence}`), {
      ...{ ...report, sequence, revision: 1, at: at(`11:0${sequence}`), reference: "网站回执" },
    });
  }
  expect(await next()).toMatchObject({
    nextFollowUp: 4,
    followUps: [1, 2, 3].map((sequence) => ({ sequence, loggerName: expect.any(String) })),
  });
  expect((await recordOf(id)).slice(-2)).toEqual([
    "incident.report_saved",
    "incident.report_handed_in",
  ]);
  expect((await readReport(by("12:00"), { number, report: "cac" })).last).toBeNull();
});

test("P17: a further report is filled from the incident as it is now, and takes up what nothing has changed of", async () => {
  const { edit, read } = await givenReported();
  await edit(1, { cause: { "zh-CN": "备份脚本放宽了权限。" } });
  const parts = reportParts(await read("cac-1"), VENDOR);
  expect(parts.cause).toBe("备份脚本放宽了权限。");
  expect(parts.clues).toBe("日志已固定");
  expect(parts.event).toContain("较大");
});

test("P17: a further report says field by field what changed since the last one handed in, in its export too", async () => {
  const { by, edit, read, report } = await givenReported();
  const changes = async (name: string) =>
    reportChanges(await read(name, "12:00"), { vendor: VENDOR, locale: "zh-CN" });
  expect(await changes("cac")).toBeNull();
  expect(await changes("cac-1")).toEqual([]);
  expect(reportText(await read("cac-1"), VENDOR)).toContain("没有变化");

  await edit(1, { operator: "critical", cause: { "zh-CN": "备份脚本放宽了权限。" } });
  const cause = { before: "缓存文件的权限过宽。", after: "备份脚本放宽了权限。" };
  const first = [
    { name: "由谁运营", before: "其他网络运营者", after: "关键信息基础设施" },
    { name: "原因", ...cause },
    { name: "原因的初步分析", lang: "zh-CN", ...cause },
  ];
  expect(await changes("cac-1")).toEqual(first);
  const parts = reportParts(await read("cac-1"), VENDOR);
  await saveReport(by("11:00"), { ...report, sequence: 1, revision: 0, parts });
  await handInReport(by("11:10"), {
    ...{ ...report, sequence: 1, revision: 1, at: at("11:05"), reference: "网站回执 8" },
  });
  // What is changed later is the next one's; what was handed in keeps saying what it said.
  await edit(2, { operator: "critical", cause: { "zh-CN": "查明：发布流程缺少检查。" } }, "11:30");
  expect(await changes("cac-1")).toEqual(first);
  expect(await changes("cac-2")).toMatchObject([
    { name: "原因", before: cause.after },
    { name: "原因的初步分析", before: cause.after, after: "查明：发布流程缺少检查。" },
  ]);
  const text = reportText(await read("cac-1", "12:00"), VENDOR);
  for (const said of ["续报 1", "网络安全事件报告，报出于", `之前：${cause.before}`, "网站回执 8"])
    expect(text).toContain(said);
  expect(text).toContain((await read("cac-1")).report.reportHash);
});

test("P17: the summary too says what changed since the last report, whichever that was", async () => {
  const { id, by, edit, read, report } = await givenReported();
  const parts = reportParts(await read("cac-1"), VENDOR);
  await saveReport(by("11:00"), { ...report, sequence: 1, revision: 0, parts });
  await handInReport(by("11:10"), {
    ...{ ...report, sequence: 1, revision: 1, at: at("11:10"), reference: "网站回执 8" },
  });
  await edit(1, { cause: { "zh-CN": "发布流程缺少检查。" } }, "11:20");
  await moveIncident(by("12:00"), {
    ...{ incidentId: id, revision: 2, to: "resolved", at: at("11:55") },
    ...{ begunAt: at("09:30"), containedAt: at("10:30") },
  });
  const summary = await read("cac_final", "12:00");
  expect(summary.last).toMatchObject({ duty: "cac", sequence: 1 });
  const changes = reportChanges(summary, { vendor: VENDOR, locale: "zh-CN" }) ?? [];
  expect(changes.map(({ name }) => name)).toEqual([
    ...["当前状态", "开始控制的时间", "控制时间", "解决时间", "原因"],
  ]);
  expect(reportText(summary, VENDOR)).toContain("之前：调查中");
});

test("P17: nothing is handed in before what came before it, and what was handed in is never changed", async () => {
  const { id, by, read, report } = await givenReported();
  const further = { ...report, sequence: 1 };
  const handIn = (revision: number, time: string) =>
    handInReport(by("11:30"), { ...further, revision, at: at(time), reference: "回执" });
  await expect(handIn(0, "11:00")).rejects.toMatchObject({
    fields: { "parts.event": ["notices.errors.report.part"] },
  });
  await saveReport(by("11:00"), {
    ...{ ...further, revision: 0, parts: reportParts(await read("cac-1"), VENDOR) },
  });
  await expect(handIn(1, "09:59")).rejects.toMatchObject({
    fields: { at: ["notices.errors.report.beforeLast"] },
  });
  await handIn(1, "11:00");
  await expect(
    saveReport(by("11:30"), { ...further, revision: 2, parts: {} }),
  ).rejects.toMatchObject({ messageKey: "notices.errors.report.handedIn" });
  const place = and(eq(followUpReports.incidentId, id), eq(followUpReports.sequence, 1));
  await expect(db.update(followUpReports).set({ parts: {} }).where(place)).rejects.toThrow();
  await expect(db.delete(followUpReports).where(place)).rejects.toThrow();
  await expect(
    db.update(incidentDuties).set({ basis: null }).where(eq(incidentDuties.incidentId, id)),
  ).rejects.toThrow();
});

test("P17: what turned out not to be so is not taken up again from the last report", async () => {
  const { edit, read } = await givenReported();
  await edit(1, { cause: { "zh-CN": "" } });
  const next = await read("cac-1");
  expect(reportParts(next, VENDOR)).toMatchObject({ cause: "", clues: "日志已固定" });
  expect(reportChanges(next, { vendor: VENDOR, locale: "zh-CN" })).toMatchObject([
    { name: "原因", before: "缓存文件的权限过宽。", after: "" },
    { name: "原因的初步分析", after: "" },
  ]);
});

test("P17: the file of a saved report says what is kept once it is handed in; saved again, it knows what became known since", async () => {
  const { by, edit, read, report } = await givenReported();
  const parts = reportParts(await read("cac-1"), VENDOR);
  const save = (revision: number) =>
    saveReport(by("11:10"), { ...report, sequence: 1, revision, parts });
  const changesIn = async () => reportText(await read("cac-1", "12:00"), VENDOR).trimEnd();
  await save(0);
  await edit(1, { operator: "critical" }, "11:05");
  const before = await changesIn();
  expect(before).not.toContain("关键信息基础设施");
  await save(1);
  const after = await changesIn();
  expect(after).toContain("关键信息基础设施");
  await handInReport(by("11:20"), {
    ...{ ...report, sequence: 1, revision: 2, at: at("11:15"), reference: "网站回执 8" },
  });
  expect((await changesIn()).startsWith(after)).toBe(true);
});

test("P17: a report written down later, though handed in earlier, changes nothing of what was handed in", async () => {
  const { id, number, by, edit, read, report } = await givenReported();
  const further = { ...report, sequence: 1 };
  const parts = reportParts(await read("cac-1"), VENDOR);
  await saveReport(by("11:00"), { ...further, revision: 0, parts });
  await handInReport(by("11:30"), {
    ...further,
    revision: 1,
    at: at("11:25"),
    reference: "回执 8",
  });
  const text = async () => reportText(await read("cac-1", "13:00"), VENDOR);
  const told = await text();
  await edit(1, { operator: "critical" }, "11:40");
  await moveIncident(by("12:00"), {
    ...{ incidentId: id, revision: 2, to: "resolved", at: at("11:00") },
    ...{ begunAt: at("09:30"), containedAt: at("10:30") },
  });
  const summary = { incidentId: id, duty: "cac_final" as const };
  const filled = Object.fromEntries(REPORT_PARTS.cac_final.map((part) => [part, "已查明。"]));
  await saveReport(by("12:10"), { ...summary, revision: 1, parts: filled });
  await handInReport(by("12:20"), {
    ...{ ...summary, revision: 2, at: at("11:20"), reference: "电话" },
  });
  expect(await text()).toBe(told);
  const last = await readReport(by("13:00"), { number, report: "cac_final" });
  expect(last.last).toMatchObject({ duty: "cac", sequence: 0 });
});

test("a report's name is its duty and number, and nothing else is one", () => {
  expect(reportNamed.parse("cac_final")).toEqual({ duty: "cac_final", sequence: 0 });
  expect(reportNamed.parse("gdpr-12")).toEqual({ duty: "gdpr", sequence: 12 });
  for (const wrong of ["", "cac-0", "cac-01", "cac-", "cac--1", "toString", "cac-99999"])
    expect(reportNamed.safeParse(wrong).success).toBe(false);
});
