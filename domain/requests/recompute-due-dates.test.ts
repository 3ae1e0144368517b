import { and, eq } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";

import { db } from "@/db/client";
import { broadcasts, type Request } from "@/db/schema";
import { asJob, type Person } from "@/domain/context";
import { beijing } from "@/tests/support/context";
import { givenStaff } from "@/tests/support/people";
import { current, givenRequestDesk, givenRequest } from "@/tests/support/requests";

import { saveCalendarYear } from "../calendar/save-year";
import { recomputeDueDates } from "./recompute-due-dates";

let requester: Person;
beforeAll(async () => {
  await givenRequestDesk();
  requester = await givenStaff();
});

const job = asJob("recompute-due-dates", beijing("2026-12-20 09:00"));
const year2027 = (holidays: string[]) =>
  saveCalendarYear(asJob("setup", beijing("2026-12-20 09:00")), {
    year: 2027,
    source: "通知",
    isComplete: true,
    days: holidays.map((day) => ({ day, kind: "rest" as const, note: "元旦" })),
  });
const tellings = (request: Request) =>
  db
    .select({ facts: broadcasts.facts })
    .from(broadcasts)
    .where(and(eq(broadcasts.kind, "request_update"), eq(broadcasts.subjectId, request.id)));

test("P47: a provisional date is put right when the year comes, and told only when it moved", async () => {
  const moves = await givenRequest(requester.id, { receivedAt: beijing("2026-12-14 10:00") });
  const stays = await givenRequest(requester.id, { receivedAt: beijing("2026-12-01 10:00") });
  expect([moves, stays]).toMatchObject([
    { dueDate: "2027-01-04", isDueProvisional: true },
    { dueDate: "2026-12-22", isDueProvisional: false },
  ]);
  const withdrawn = await givenRequest(requester.id, {
    receivedAt: beijing("2026-12-14 10:00"),
    status: "withdrawn",
  });

  await year2027(["2027-01-01"]);
  expect(await recomputeDueDates(job, {})).toEqual({ moved: 1 });
  expect(await current(moves)).toMatchObject({ dueDate: "2027-01-05", isDueProvisional: false });
  expect(await tellings(moves)).toMatchObject([
    { facts: { event: "due_changed", dueDate: "2027-01-05" } },
  ]);
  expect(await tellings(stays)).toEqual([]);
  expect((await current(withdrawn)).dueDate).toBe("2027-01-04");

  // Once more changes nothing and tells nobody.
  expect(await recomputeDueDates(job, {})).toEqual({ moved: 0 });
  expect(await tellings(moves)).toHaveLength(1);
});

test("a date that turns final where it was is put right without a word", async () => {
  await saveCalendarYear(job, { year: 2027, source: "通知", isComplete: false, days: [] });
  const request = await givenRequest(requester.id, { receivedAt: beijing("2026-12-11 10:00") });
  expect(request.isDueProvisional).toBe(true);
  await year2027(["2027-05-01"]);
  await recomputeDueDates(job, {});
  expect(await current(request)).toMatchObject({
    dueDate: request.dueDate,
    isDueProvisional: false,
  });
  expect(await tellings(request)).toEqual([]);
});
