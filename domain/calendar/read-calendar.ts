import type { Db, Tx } from "@/db/client";
import { calendarDays, calendarYears } from "@/db/schema";

import type { Calendar } from "./due-date";

/** The whole calendar as entered: a few dozen days a year. */
export async function readCalendar(db: Db | Tx): Promise<Calendar> {
  const [years, days] = await Promise.all([
    db.select().from(calendarYears),
    db.select().from(calendarDays),
  ]);
  return {
    completeYears: new Set(years.filter((one) => one.isComplete).map((one) => one.year)),
    days: new Map(days.map(({ day, kind, note }) => [day, { kind, note }])),
  };
}
