import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";

import { db } from "@/db/client";
import { asJob } from "@/domain/context";
import { addDays } from "@/lib/shanghai";
import { beijing } from "@/tests/support/context";

import { type Calendar, dueDateOf, kindOfDay, termDays } from "./due-date";
import { enterKnownYears } from "./known-years";
import { readCalendar } from "./read-calendar";
import { findYear, saveCalendarYear } from "./save-year";

const setup = asJob("setup", beijing("2026-01-05 09:00"));
let calendar: Calendar;

beforeAll(async () => {
  await enterKnownYears(setup);
  calendar = await readCalendar(db);
});

describe("P47: an answer is due after 15 Chinese working days", () => {
  test.each([
    ["2026-02-06", "2026-03-05"],
    ["2026-02-13", "2026-03-12"],
    ["2026-09-18", "2026-10-15"],
    ["2026-09-24", "2026-10-22"],
    ["2026-09-30", "2026-10-27"],
    ["2026-11-23", "2026-12-14"],
  ])("received on %s, due on %s", (received, due) => {
    expect(dueDateOf(calendar, received)).toMatchObject({ dueDate: due, isProvisional: false });
  });

  test("the day of receipt is not counted, a make-up Saturday is", () => {
    const { steps } = dueDateOf(calendar, "2026-02-13", 1);
    expect(steps).toEqual([{ day: "2026-02-14", kind: "make_up", note: "春节调休上班", count: 1 }]);
  });

  test("a date that reaches into a year that is not entered is provisional", () => {
    expect(dueDateOf(calendar, "2026-12-10")).toMatchObject({
      dueDate: "2026-12-31",
      isProvisional: false,
    });
    expect(dueDateOf(calendar, "2026-12-14").isProvisional).toBe(true);
  });

  test("a year that is entered in part still makes it provisional", async () => {
    await saveCalendarYear(setup, {
      year: 2027,
      source: "尚未公布",
      isComplete: false,
      days: [{ day: "2027-01-01", kind: "rest", note: "元旦" }],
    });
    const { dueDate, isProvisional } = dueDateOf(await readCalendar(db), "2026-12-14");
    expect({ dueDate, isProvisional }).toEqual({ dueDate: "2027-01-05", isProvisional: true });
  });

  test("it never comes later than the month the GDPR gives, in the years entered", () => {
    for (let day = "2025-01-01"; day <= "2026-11-30"; day = addDays(day, 1)) {
      const month = new Date(`${day}T00:00:00Z`);
      month.setUTCMonth(month.getUTCMonth() + 1);
      expect(dueDateOf(calendar, day).dueDate <= month.toISOString().slice(0, 10), day).toBe(true);
    }
  });

  test("whatever the calendar, it equals a naive day-by-day count", () => {
    const anyDay = fc.integer({ min: 0, max: 729 }).map((n) => addDays("2026-01-01", n));
    const anyCalendar = fc
      .dictionary(anyDay, fc.constantFrom("rest" as const, "work" as const), { maxKeys: 80 })
      .map((days): Calendar => ({
        completeYears: new Set([2026]),
        days: new Map(Object.entries(days).map(([day, kind]) => [day, { kind, note: null }])),
      }));
    fc.assert(
      fc.property(anyCalendar, anyDay, fc.integer({ min: 1, max: 40 }), (any, received, term) => {
        const { dueDate, isProvisional, steps } = dueDateOf(any, received, term);
        const naive = naiveCount(any, received, term);
        expect({ dueDate, isProvisional }).toEqual(naive);
        expect(steps.filter(({ kind }) => kind === "work" || kind === "make_up")).toHaveLength(
          term,
        );
        expect(steps.at(-1)).toMatchObject({ day: dueDate, count: term });
        steps.forEach(({ day, kind }) => expect(kind).toBe(kindOfDay(any, day)));
      }),
      { numRuns: 300 },
    );
  });
});

/** Counts with Date alone, as somebody would on a paper calendar. */
function naiveCount(calendar: Calendar, received: string, term: number) {
  const date = new Date(`${received}T12:00:00Z`);
  let left = term;
  let isProvisional = false;
  while (left > 0) {
    date.setTime(date.getTime() + 86_400_000);
    const entry = calendar.days.get(date.toISOString().slice(0, 10));
    const works = entry ? entry.kind === "work" : date.getUTCDay() % 6 !== 0;
    // A "work" entry on a weekday says what the week says already.
    if (works) left -= 1;
    if (date.getUTCFullYear() !== 2026) isProvisional = true;
  }
  return { dueDate: date.toISOString().slice(0, 10), isProvisional };
}

describe("the working days of a term", () => {
  const term = { receivedDay: "2026-09-23", dueDate: "2026-10-21" };

  test("are those that the due date counts, and say how many days off lie before each", () => {
    const days = termDays(calendar, { ...term, today: "2026-09-29" });
    const { steps } = dueDateOf(calendar, term.receivedDay);
    const counted = steps.filter(({ kind }) => kind === "work" || kind === "make_up");
    expect(days.map(({ day }) => day)).toEqual(counted.map(({ day }) => day));
    expect(days.filter(({ isPassed }) => isPassed)).toHaveLength(3);
    expect(days.reduce((sum, { daysOff }) => sum + daysOff, 0)).toBe(steps.length - counted.length);
    // Mid-autumn closes three days, the national holiday seven.
    expect(Math.max(...days.map(({ daysOff }) => daysOff))).toBe(7);
  });

  test("go on to today where it is late", () => {
    const days = termDays(calendar, { ...term, today: "2026-10-23" });
    expect(days.filter(({ isOver }) => isOver).map(({ day }) => day)).toEqual([
      "2026-10-22",
      "2026-10-23",
    ]);
  });

  test("are provisional from the first year whose holidays are not known", () => {
    const days = termDays(calendar, {
      ...{ receivedDay: "2028-12-27", dueDate: "2029-01-03", today: "2028-12-27" },
    });
    expect(days.every(({ isProvisional }) => isProvisional)).toBe(true);
    const known = termDays(calendar, { ...term, today: "2026-09-29" });
    expect(known.some(({ isProvisional }) => isProvisional)).toBe(false);
  });
});

describe("a year of the calendar is entered", () => {
  test("on the record, once; what somebody has entered stays", async () => {
    const own = { year: 2025, source: "手工核对", isComplete: false, days: [] };
    await saveCalendarYear(setup, own);
    await enterKnownYears(setup);
    expect(await findYear(db, 2025)).toEqual(own);
    expect((await findYear(db, 2026))?.days).toHaveLength(39);
  });

  test.each([
    ["a day of another year", [{ day: "2028-01-01", kind: "rest" as const, note: null }], "days"],
    [
      "a day named twice",
      [
        { day: "2029-01-01", kind: "rest" as const, note: null },
        { day: "2029-01-01", kind: "work" as const, note: null },
      ],
      "days",
    ],
    [
      "a day that does not exist",
      [{ day: "2029-02-29", kind: "rest" as const, note: null }],
      "days.0.day",
    ],
    ["a complete year without a holiday", [], "isComplete"],
  ])("%s is refused", async (_what, days, field) => {
    const saving = saveCalendarYear(setup, { year: 2029, source: "x", isComplete: true, days });
    await expect(saving).rejects.toMatchObject({ fields: { [field]: [expect.any(String)] } });
    expect(await findYear(db, 2029)).toBeNull();
  });
});
