import { asc, eq, sql } from "drizzle-orm";

import type { Db, Tx } from "@/db/client";
import { calendarDays, calendarYears } from "@/db/schema";
import { hashOf } from "@/lib/hash";

import { Invalid } from "../errors";
import { wakeJob } from "../jobs";
import { verb } from "../verb";
import { type CalendarYear, calendarYearInput } from "./input";

/**
 * Enters a year of the working calendar, or replaces what was entered: all its days or none. The due
 * dates of open requests are computed again by a job of the same transaction. The same year entered
 * twice changes nothing.
 * @throws Invalid when a day lies outside the year, is named twice, or a complete year has no holiday
 */
export const saveCalendarYear = verb({
  may: "calendar.manage",
  input: calendarYearInput,

  async run({ tx, now, record, unchanged }, wanted) {
    assertWhole(wanted);
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('calendar'))`);
    const known = await findYear(tx, wanted.year);
    if (known && hashOf(known) === hashOf(inOrder(wanted))) return unchanged();

    const { year, source, isComplete } = wanted;
    const head = { source, isComplete, enteredAt: now };
    await tx
      .insert(calendarYears)
      .values({ year, ...head })
      .onConflictDoUpdate({ target: calendarYears.year, set: head });
    await tx.delete(calendarDays).where(eq(calendarDays.year, year));
    if (wanted.days.length > 0)
      await tx.insert(calendarDays).values(wanted.days.map((day) => ({ ...day, year })));
    await record("calendar.year_saved", {
      id: String(year),
      before: known ? summary(known) : undefined,
      after: summary(wanted),
    });
    await wakeJob(tx, "recompute-due-dates");
  },
});

/** A year as it is entered now, its days in order. */
export async function findYear(db: Db | Tx, year: number): Promise<CalendarYear | null> {
  const [head] = await db.select().from(calendarYears).where(eq(calendarYears.year, year));
  if (!head) return null;
  const days = await db
    .select({ day: calendarDays.day, kind: calendarDays.kind, note: calendarDays.note })
    .from(calendarDays)
    .where(eq(calendarDays.year, year))
    .orderBy(asc(calendarDays.day));
  return { year, source: head.source, isComplete: head.isComplete, days };
}

function assertWhole({ year, days, isComplete }: CalendarYear): void {
  if (days.some(({ day }) => Number(day.slice(0, 4)) !== year))
    throw new Invalid("errors.form", { days: ["calendar.errors.otherYear"] });
  if (new Set(days.map(({ day }) => day)).size !== days.length)
    throw new Invalid("errors.form", { days: ["calendar.errors.twice"] });
  if (isComplete && !days.some(({ kind }) => kind === "rest"))
    throw new Invalid("errors.form", { isComplete: ["calendar.errors.noHolidays"] });
}

const inOrder = (year: CalendarYear): CalendarYear => ({
  ...year,
  days: year.days.toSorted((one, other) => one.day.localeCompare(other.day)),
});

const summary = ({ source, isComplete, days }: CalendarYear) => ({
  source,
  isComplete,
  days: days.length,
});
