import { eq } from "drizzle-orm";
import { expect, test } from "vitest";

import { db } from "@/db/client";
import { containmentSteps, incidents } from "@/db/schema";
import { INCIDENT_KINDS, PLANS } from "@/db/vocabulary/incidents";
import { acting, beijing } from "@/tests/support/context";
import { editForm, givenIncident, givenNoticeDesk, settlePlan } from "@/tests/support/notices";
import { givenStaff } from "@/tests/support/people";
import { recordOf } from "@/tests/support/record";

import { beginContainment } from "./begin-containment";
import { editIncident } from "./edit-incident";
import { moveIncident } from "./move-incident";
import { readCourse } from "./read-course";
import { settleStep } from "./settle-step";

const LATER = "2026-11-20 12:00";
const BEGUN = "2026-11-20T09:30:00+08:00";

async function givenContained() {
  const desk = await givenNoticeDesk();
  const { id } = await givenIncident(desk);
  const ctx = acting(desk.author, LATER);
  await beginContainment(ctx, { incidentId: id, revision: 1, containmentBegunAt: BEGUN });
  return { desk, id, ctx };
}

test("P16: containment has a beginning and an end, its plan is ticked by whom and when, and all of it is the incident's course", async () => {
  const { desk, id, ctx } = await givenContained();
  await settleStep(ctx, { incidentId: id, step: "halt_release", state: "done" });
  const reason = "只影响服务端。";
  await settleStep(ctx, { incidentId: id, step: "look_for_use", state: "set_aside", reason });
  await moveIncident(ctx, {
    ...{ incidentId: id, revision: 2, to: "contained", at: "2026-11-20T10:00:00+08:00" },
  });
  const other = await givenStaff("author");
  await editIncident(ctx, {
    ...editForm(desk, { id, revision: 3 }),
    ...moments,
    ownerId: other.id,
  });

  const [incident] = await db.select().from(incidents).where(eq(incidents.id, id));
  expect(incident).toMatchObject({
    ...{
      containmentBegunAt: beijing("2026-11-20 09:30"),
      containedAt: beijing("2026-11-20 10:00"),
    },
    ownerId: other.id,
  });
  const { plan, events } = await readCourse(ctx, { incidentId: id });
  expect(plan.map(({ step }) => step)).toEqual(PLANS.vulnerability);
  expect(plan.filter(({ settled }) => settled).map(({ settled }) => settled)).toMatchObject([
    { step: "halt_release", state: "done", by: desk.author.name, at: beijing(LATER) },
    { step: "look_for_use", state: "set_aside", reason, by: desk.author.name },
  ]);
  expect(events.map(({ action, by, ownerName }) => [action, by, ownerName])).toEqual([
    ["incident.opened", desk.author.name, desk.author.name],
    ["incident.containment_begun", desk.author.name, null],
    ["incident.moved", desk.author.name, null],
    ["incident.edited", desk.author.name, other.name],
  ]);
  expect(events[1]?.said.containmentBegunAt).toEqual(beijing("2026-11-20 09:30"));
});
const moments = { containmentBegunAt: BEGUN, containedAt: "2026-11-20T10:00:00+08:00" };

test("P16: who says that it is contained says since when it was being contained", async () => {
  const desk = await givenNoticeDesk();
  const { id } = await givenIncident(desk);
  const contain = (begunAt: string | null) =>
    moveIncident(acting(desk.author, LATER), {
      ...{ incidentId: id, revision: 1, to: "contained" },
      ...{ at: "2026-11-20T10:00:00+08:00", begunAt },
    });
  await expect(contain(null)).rejects.toMatchObject({
    fields: { begunAt: ["notices.errors.dates.begunFirst"] },
  });
  await expect(contain("2026-11-20T10:30:00+08:00")).rejects.toMatchObject({
    fields: { at: ["notices.errors.dates.beforeBegun"] },
  });
  await contain(BEGUN);
});

test("a plan is started once, at a moment that has come", async () => {
  const desk = await givenNoticeDesk();
  const { id } = await givenIncident(desk);
  const begin = (revision: number, containmentBegunAt: string) =>
    beginContainment(acting(desk.author, LATER), { incidentId: id, revision, containmentBegunAt });
  await expect(begin(1, "2026-11-20T13:00:00+08:00")).rejects.toMatchObject({
    fields: { containmentBegunAt: ["notices.errors.dates.future"] },
  });
  await expect(
    settleStep(acting(desk.author, LATER), { incidentId: id, step: "watch", state: "done" }),
  ).rejects.toMatchObject({ messageKey: "notices.errors.movedOn" });
  await begin(1, BEGUN);
  await expect(begin(1, BEGUN)).rejects.toMatchObject({
    messageKey: "notices.errors.editedMeanwhile",
  });
  await expect(begin(2, BEGUN)).rejects.toMatchObject({ messageKey: "notices.errors.movedOn" });
});

test("a step is settled once, taken back, and set aside with a reason alone", async () => {
  const { id, ctx } = await givenContained();
  const settle = (state: "done" | "open" | "set_aside", reason?: string) =>
    settleStep(ctx, { incidentId: id, step: "mitigate", state, ...(reason && { reason }) });
  await settle("done");
  await settle("done");
  await settle("open");
  await settle("open");
  expect((await recordOf(id)).slice(2)).toEqual([
    "incident.step_settled",
    "incident.step_taken_back",
  ]);
  await expect(settle("set_aside")).rejects.toMatchObject({
    fields: { reason: ["notices.errors.stepReason"] },
  });
  await expect(
    settleStep(ctx, { incidentId: id, step: "restore", state: "done" }),
  ).rejects.toMatchObject({ messageKey: "notices.errors.movedOn" });
  const bare = { incidentId: id, round: 1, step: "watch", state: "set_aside" } as const;
  await expect(
    db.insert(containmentSteps).values({
      ...{ ...bare, settledBy: ctx.actor.id, settledAt: ctx.now },
    }),
  ).rejects.toThrow();
});

test("nobody but an author starts a plan or ticks it off", async () => {
  const { id, desk } = await givenContained();
  const approver = acting(desk.approver, LATER);
  await expect(
    settleStep(approver, { incidentId: id, step: "watch", state: "done" }),
  ).rejects.toMatchObject({ code: "not_allowed" });
  await expect(
    beginContainment(approver, { incidentId: id, revision: 2, containmentBegunAt: BEGUN }),
  ).rejects.toMatchObject({ code: "not_allowed" });
});

test("P16: every kind of incident has a plan, each step of it once", async () => {
  for (const kind of INCIDENT_KINDS) {
    expect(PLANS[kind].length).toBeGreaterThanOrEqual(5);
    expect(new Set(PLANS[kind]).size).toBe(PLANS[kind].length);
  }
  const { id, ctx } = await givenContained();
  await settlePlan(ctx, id);
  const { plan } = await readCourse(ctx, { incidentId: id });
  expect(plan.every(({ settled }) => settled?.state === "done")).toBe(true);
});
