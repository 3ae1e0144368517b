import { eq } from "drizzle-orm";
import { expect, test } from "vitest";

import { db } from "@/db/client";
import { incidents } from "@/db/schema";
import { acting } from "@/tests/support/context";
import {
  editForm,
  givenAffected,
  givenIncident,
  givenNotice,
  givenNoticeDesk,
  incidentForm,
  NOTICE_DAY,
  noticeNow,
  published,
  submitted,
} from "@/tests/support/notices";
import { givenStaff } from "@/tests/support/people";
import { recordOf } from "@/tests/support/record";

import { editIncident } from "./edit-incident";
import { findIncident } from "./find-incident";
import { listIncidents } from "./list-incidents";
import { moveIncident } from "./move-incident";
import { openIncident } from "./open-incident";

const LATER = "2026-11-20 12:00";

const now = async (id: string) => {
  const [incident] = await db.select().from(incidents).where(eq(incidents.id, id));
  return incident!;
};

test("P16: an incident is opened with a number of its year and an owner, and can be moved on", async () => {
  const desk = await givenNoticeDesk();
  const { id, number } = await givenIncident(desk);
  expect(number).toMatch(/^I-2026-\d{6}$/);
  expect(await recordOf(id)).toEqual(["incident.opened"]);

  const move = (to: "contained" | "resolved" | "closed" | "investigating", revision: number) =>
    moveIncident(acting(desk.author, LATER), {
      incidentId: id,
      revision,
      to,
      at: "2026-11-20T11:00:00+08:00",
      begunAt: "2026-11-20T10:30:00+08:00",
    });
  await move("contained", 1);
  expect((await now(id)).containedAt?.toISOString()).toBe("2026-11-20T03:00:00.000Z");
  await expect(move("closed", 2)).rejects.toMatchObject({ messageKey: "notices.errors.movedOn" });
  await move("investigating", 2);
  expect(await now(id)).toMatchObject({ status: "investigating", containedAt: null });
  await move("contained", 3);
  await move("resolved", 4);
  await expect(move("closed", 5)).rejects.toMatchObject({
    messageKey: "notices.errors.noFinalReport",
  });
  await expect(move("investigating", 5)).rejects.toMatchObject({
    messageKey: "notices.errors.movedOn",
  });
  expect((await recordOf(id)).filter((action) => action === "incident.moved")).toHaveLength(4);
});

test("dates that have not come or stand in the wrong order are refused at their field", async () => {
  const desk = await givenNoticeDesk();
  const open = (dates: object) =>
    openIncident(acting(desk.author, LATER), { ...incidentForm(desk), ...dates });
  await expect(
    open({ occurredAt: "2026-11-20T09:30:00+08:00", resolvedAt: "2026-11-20T08:00:00+08:00" }),
  ).rejects.toMatchObject({
    fields: {
      occurredAt: ["notices.errors.dates.afterDiscovery"],
      resolvedAt: ["notices.errors.dates.beforeDiscovery"],
    },
  });
  await expect(open({ discoveredAt: "2026-13-45T99:00:00+08:00" })).rejects.toMatchObject({
    fields: { discoveredAt: ["errors.field.moment"] },
  });
  const { id } = await open({});
  await expect(
    moveIncident(acting(desk.author, LATER), {
      incidentId: id,
      revision: 1,
      to: "contained",
      at: "2026-11-20T13:00:00+08:00",
      begunAt: "2026-11-20T11:00:00+08:00",
    }),
  ).rejects.toMatchObject({ fields: { at: ["notices.errors.dates.future"] } });
});

test("who resolves an incident says since when it was contained; the product does not guess", async () => {
  const desk = await givenNoticeDesk();
  const { id } = await givenIncident(desk);
  const resolve = (containedAt: string | null) =>
    moveIncident(acting(desk.author, LATER), {
      incidentId: id,
      revision: 1,
      to: "resolved",
      at: "2026-11-20T11:00:00+08:00",
      begunAt: "2026-11-20T09:30:00+08:00",
      containedAt,
    });
  await expect(resolve(null)).rejects.toMatchObject({
    fields: { containedAt: ["notices.errors.dates.containedFirst"] },
  });
  await expect(resolve("2026-11-20T11:30:00+08:00")).rejects.toMatchObject({ code: "invalid" });
  await resolve("2026-11-20T10:00:00+08:00");
  expect((await now(id)).containedAt?.toISOString()).toBe("2026-11-20T02:00:00.000Z");
});

test("a restricted incident has a public summary; an owner is one of the vendor's people", async () => {
  const desk = await givenNoticeDesk();
  const ctx = acting(desk.author, LATER);
  await expect(
    openIncident(ctx, { ...incidentForm(desk, { visibility: "restricted" }), publicSummary: {} }),
  ).rejects.toMatchObject({ fields: { "publicSummary.zh-CN": ["notices.errors.publicSummary"] } });
  const support = await givenStaff("support");
  await expect(
    openIncident(ctx, { ...incidentForm(desk), ownerId: support.id }),
  ).rejects.toMatchObject({ fields: { ownerId: ["notices.errors.owner"] } });
});

test.each([
  ["NUL", "事件\u0000", "errors.field.unstorable"],
  ["a lone surrogate", "事件\ud800", "errors.field.unstorable"],
  ["a line end", "事件\n第二行", "errors.field.oneLine"],
  ["a turned direction", "事件\u202e件事", "errors.field.disguising"],
  ["a zero-width character", "事\u200b件", "errors.field.disguising"],
  ["a megabyte", "事".repeat(1_000_000), "errors.field.tooLong"],
  ["nothing", " ", "errors.field.required"],
])("a title with %s is refused with its own sentence", async (_, title, key) => {
  const desk = await givenNoticeDesk();
  const opened = openIncident(acting(desk.author, LATER), {
    ...incidentForm(desk),
    title: { "zh-CN": title },
  });
  await expect(opened).rejects.toMatchObject({
    code: "invalid",
    fields: { "title.zh-CN": expect.arrayContaining([key]) as string[] },
  });
});

test("who edits meanwhile is told; saving what is there changes nothing", async () => {
  const desk = await givenNoticeDesk();
  const { id } = await givenIncident(desk);
  const ctx = acting(desk.author, LATER);
  const form = editForm(desk, { id });
  await editIncident(ctx, form);
  expect((await now(id)).revision).toBe(1);
  const graver = { severity: "major" as const, gradeReason: "影响比估计的大。" };
  await editIncident(ctx, { ...form, ...graver });
  await expect(editIncident(ctx, { ...form, severity: "general" })).rejects.toMatchObject({
    messageKey: "notices.errors.editedMeanwhile",
  });
  expect(await now(id)).toMatchObject({ severity: "major", revision: 2 });
});

test("an incident that changes takes its notice back from review, and its writers may not approve it", async () => {
  const desk = await givenNoticeDesk();
  const both = await givenStaff("author", "approver");
  const { id } = await givenIncident(desk);
  await givenAffected(desk.productId, { platforms: { android: "8.0.0" } });
  const notice = await submitted(desk, await givenNotice(desk, { incidentId: id }));
  const form = editForm(desk, { id });
  await editIncident(acting(both, LATER), {
    ...form,
    cause: { "zh-CN": "换了一句。" },
  });
  const after = await noticeNow(notice.id);
  expect(after).toMatchObject({ status: "draft", contentHash: null });
  expect(after.writerIds).toContain(both.id);
  expect(await recordOf(notice.id)).toContain("notice.returned");
});

test("what everybody has been told is not made less public", async () => {
  const desk = await givenNoticeDesk();
  const { id } = await givenIncident(desk, { visibility: "public" });
  await givenAffected(desk.productId, { platforms: { android: "8.0.0" } });
  await published(desk, await givenNotice(desk, { incidentId: id }), { typedPeople: 1 });
  const form = editForm(desk, { id }, { visibility: "affected" });
  await expect(editIncident(acting(desk.author, LATER), form)).rejects.toMatchObject({
    fields: { visibility: ["notices.errors.staysPublic"] },
  });
});

test("P17: the list and the page show the clock to the first notice", async () => {
  const desk = await givenNoticeDesk();
  const { id, number } = await givenIncident(desk, { severity: "very_major" });
  const at = (moment: string) => acting(desk.approver, moment);
  const stateAt = async (moment: string) => {
    const { rows } = await listIncidents(at(moment), {});
    return rows.find((row) => row.id === id)?.clock.state;
  };
  expect(await stateAt("2026-11-20 09:59")).toBe("running");
  expect(await stateAt("2026-11-20 10:01")).toBe("breached");
  await givenAffected(desk.productId, { platforms: { android: "8.0.0" } });
  await published(desk, await givenNotice(desk, { incidentId: id }), { typedPeople: 1 });
  expect(await stateAt("2026-11-22 10:00")).toBe("kept");
  expect((await findIncident(at(NOTICE_DAY.approved), { number })).clock.state).toBe("kept");
});

test("incidents are for those who write, approve and audit; nobody else learns of one", async () => {
  const desk = await givenNoticeDesk();
  const { number } = await givenIncident(desk, { visibility: "restricted" });
  for (const role of ["support", "handler"] as const) {
    const ctx = acting(await givenStaff(role), LATER);
    await expect(findIncident(ctx, { number })).rejects.toMatchObject({ code: "not_allowed" });
    await expect(listIncidents(ctx, {})).rejects.toMatchObject({ code: "not_allowed" });
    await expect(openIncident(ctx, incidentForm(desk))).rejects.toMatchObject({
      code: "not_allowed",
    });
  }
  await expect(
    findIncident(acting(desk.author, LATER), { number: "I-2026-999999" }),
  ).rejects.toMatchObject({ code: "not_found" });
});
