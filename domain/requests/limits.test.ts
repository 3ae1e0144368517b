import { describe, expect, test } from "vitest";

import { LEGAL_REGIONS, REQUEST_TYPES } from "@/db/vocabulary/requests";
import { acting, beijing } from "@/tests/support/context";
import { givenFiled } from "@/tests/support/filing";
import { givenAccount, givenDeclared, givenProduct, givenStaff } from "@/tests/support/people";
import {
  asSeen,
  current,
  givenRequest,
  givenRequestDesk,
  givenTaken,
  moveAs,
  told,
} from "@/tests/support/requests";
import { db } from "@/db/client";
import { apps } from "@/db/schema";

import type { Calendar } from "../calendar/due-date";
import { extendDueDate } from "./extend";
import { dueOf, LEGAL_LIMITS, monthsAfter } from "./limits";
import { listOwnRequests, readOwnRequest } from "./read-own";
import { readStaffRequest } from "./read-staff-request";

const { handler, requester } = await givenRequestDesk();
const NOW = "2026-03-05 10:00";

const rest = { kind: "rest", note: null } as const;
/** A calendar in which `days` are off besides the weekends. */
const calendarOf = (...days: string[]): Calendar => ({
  completeYears: new Set([2026, 2027]),
  days: new Map(days.map((day) => [day, rest])),
});

const extend = async (request: Parameters<typeof asSeen>[0], time = NOW) =>
  extendDueDate(acting(handler, time), {
    ...(await asSeen(request)),
    reason: "需要从备份里核对，比预计的久。",
  });

describe("P47: an earlier legal limit counts", () => {
  const of = { receivedDay: "2026-03-02", type: "delete", isExtended: false } as const;

  test("without one the promise of 15 working days stands", () => {
    const due = dueOf(calendarOf(), { ...of, region: null });
    expect(due).toMatchObject({ dueDate: "2026-03-23", source: null, latest: "2026-04-13" });
  });

  test("ten days in Korea come before them, and know no extension; a question there is the promise's", () => {
    const due = dueOf(calendarOf(), { ...of, region: "kr" });
    expect(due).toMatchObject({ dueDate: "2026-03-12", latest: null });
    expect(due.source).toContain("개인정보 보호법");
    expect(due.steps.at(-1)).toMatchObject({ day: "2026-03-12", count: 8 });
    const question = dueOf(calendarOf(), { ...of, type: "question", region: "kr" });
    expect(question).toMatchObject({ dueDate: "2026-03-23", source: null });
  });

  test("P49: the month of the GDPR moves the day where holidays would carry it further, and reaches two months more", () => {
    const off = ["03", "04", "05", "06", "09", "10", "11", "12", "13", "16", "17"].map(
      (day) => `2026-03-${day}`,
    );
    const timing = { ...of, region: "eea" } as const;
    expect(dueOf(calendarOf(), timing)).toMatchObject({ dueDate: "2026-03-23", source: null });
    expect(dueOf(calendarOf(...off), { ...of, region: null }).dueDate).toBe("2026-04-07");
    const moved = dueOf(calendarOf(...off), timing);
    expect(moved).toMatchObject({ dueDate: "2026-04-02", latest: "2026-06-02" });
    expect(moved.source).toContain("2016/679");
    expect(dueOf(calendarOf(...off), { ...timing, isExtended: true }).dueDate).toBe("2026-06-02");
  });

  test("every rule names where it stands, and its types are types", () => {
    for (const region of LEGAL_REGIONS)
      for (const { source, types } of LEGAL_LIMITS[region]) {
        expect(source.length).toBeGreaterThan(10);
        for (const type of types ?? []) expect(REQUEST_TYPES).toContain(type);
      }
  });

  test.each([
    ["2026-03-02", "2026-04-02"],
    ["2026-01-30", "2026-02-28"],
    ["2028-01-31", "2028-02-29"],
    ["2026-05-31", "2026-06-30"],
    ["2026-12-15", "2027-01-15"],
  ])("what arrived on %s is due by %s under GDPR 12(3)", (received, end) => {
    expect(monthsAfter(received, 1)).toBe(end);
  });
});

describe("P49: whose law it is, the person says or the app's owner declared", () => {
  test("what the person says holds, on every surface", async () => {
    const number = await givenFiled(requester, { region: "kr", at: "2026-03-02 09:00" });
    const ctx = acting(requester, NOW);
    const request = await readOwnRequest(ctx, { number });
    expect(request).toMatchObject({ region: "kr", dueDate: "2026-03-12" });
    expect(request.due.term.filter(({ isOver }) => !isOver)).toHaveLength(8);
    const { rows } = await listOwnRequests(ctx, {});
    expect(rows.find((row) => row.number === number)?.term).toHaveLength(8);
    const { clock } = await readStaffRequest(acting(handler, NOW), { number });
    expect(clock).toMatchObject({ passed: 3, all: 8 });
  });

  test("of an app whose owner declared that the GDPR applies, the EEA's", async () => {
    const account = await givenAccount();
    const [app] = await db
      .insert(apps)
      .values({
        ...{ accountId: account.id, productId: (await givenProduct()).id, name: "轻语" },
        ...{ sdkAppId: "1400009901", createdAt: beijing("2026-01-05 09:00") },
      })
      .returning();
    await givenDeclared(app!.id, { eea: true });
    const person = await givenStaff();
    const number = await givenFiled(person, { sdkAppId: "1400009901", at: "2026-03-02 09:00" });
    const request = await readOwnRequest(acting(person, NOW), { number });
    expect(request.region).toBe("eea");
    expect(request.due.latest).toBe("2026-06-02");
  });
});

describe("P47: an extension only with notice, inside the first limit", () => {
  test("the requester is told and reads why; the day moves on every surface", async () => {
    const request = await givenRequest(requester.id, { type: "consult" });
    await givenTaken(request, handler);
    await extend(request);
    const own = await readOwnRequest(acting(requester, NOW), request);
    expect(own).toMatchObject({ dueDate: "2026-04-14" });
    expect(own.due).toMatchObject({ extendedAt: beijing(NOW) });
    expect(own.due.term.filter(({ isOver }) => !isOver)).toHaveLength(30);
    expect(own.messages.map(({ body }) => body)).toEqual(["需要从备份里核对，比预计的久。"]);
    expect(await told(request)).toContain("extended");
    await expect(extend(request)).rejects.toThrow("requests.errors.extendedOnce");
  });

  test("not once the limit has passed, and not where the law knows none", async () => {
    const late = await givenRequest(requester.id, { type: "consult" });
    await givenTaken(late, handler);
    await expect(extend(late, "2026-03-24 09:00")).rejects.toThrow("requests.errors.extendedLate");
    expect((await current(late)).dueDate).toBe("2026-03-23");
    const korean = await givenRequest(requester.id, { type: "consult", region: "kr" });
    await givenTaken(korean, handler);
    await expect(extend(korean)).rejects.toThrow("requests.errors.notExtendable");
  });

  test("P49: in the EEA by two months", async () => {
    const request = await givenRequest(requester.id, { type: "consult", region: "eea" });
    await givenTaken(request, handler);
    await extend(request);
    expect((await current(request)).dueDate).toBe("2026-06-02");
  });

  test("an appeal begins a clock that nobody has extended", async () => {
    const request = await givenRequest(requester.id, {
      ...{ type: "question", status: "refused", extendedBy: handler.id },
      extendedAt: beijing(NOW),
    });
    await moveAs(requester, request, { to: "appealed" });
    expect(await current(request)).toMatchObject({ extendedAt: null, dueDate: "2026-03-31" });
  });
});
