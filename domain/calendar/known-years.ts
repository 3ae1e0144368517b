import { db } from "@/db/client";
import { addDays } from "@/lib/shanghai";

import type { Context } from "../context";
import type { CalendarYear } from "./input";
import { findYear, saveCalendarYear } from "./save-year";

type Day = CalendarYear["days"][number];

/** Consecutive days of rest, both ends included. */
function rest(note: string, from: string, to: string): Day[] {
  const days: Day[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) days.push({ day, kind: "rest", note });
  return days;
}

/** Weekend days that are worked. */
const work = (note: string, ...days: string[]): Day[] =>
  days.map((day) => ({ day, kind: "work", note }));

/** As the General Office of the State Council published it on 12 November 2024. */
const year2025: CalendarYear = {
  year: 2025,
  source: "国务院办公厅关于2025年部分节假日安排的通知（国办发明电〔2024〕12号，2024-11-12）",
  isComplete: true,
  days: [
    ...rest("元旦", "2025-01-01", "2025-01-01"),
    ...work("春节调休上班", "2025-01-26"),
    ...rest("春节", "2025-01-28", "2025-02-04"),
    ...work("春节调休上班", "2025-02-08"),
    ...rest("清明节", "2025-04-04", "2025-04-06"),
    ...work("劳动节调休上班", "2025-04-27"),
    ...rest("劳动节", "2025-05-01", "2025-05-05"),
    ...rest("端午节", "2025-05-31", "2025-06-02"),
    ...work("国庆节调休上班", "2025-09-28"),
    ...rest("国庆节、中秋节", "2025-10-01", "2025-10-08"),
    ...work("国庆节调休上班", "2025-10-11"),
  ],
};

/** As the General Office of the State Council published it on 4 November 2025. */
const year2026: CalendarYear = {
  year: 2026,
  source: "国务院办公厅关于2026年部分节假日安排的通知（国办发明电〔2025〕7号，2025-11-04）",
  isComplete: true,
  days: [
    ...rest("元旦", "2026-01-01", "2026-01-03"),
    ...work("元旦调休上班", "2026-01-04"),
    ...work("春节调休上班", "2026-02-14"),
    ...rest("春节", "2026-02-15", "2026-02-23"),
    ...work("春节调休上班", "2026-02-28"),
    ...rest("清明节", "2026-04-04", "2026-04-06"),
    ...rest("劳动节", "2026-05-01", "2026-05-05"),
    ...work("劳动节调休上班", "2026-05-09"),
    ...rest("端午节", "2026-06-19", "2026-06-21"),
    ...work("国庆节调休上班", "2026-09-20"),
    ...rest("中秋节", "2026-09-25", "2026-09-27"),
    ...rest("国庆节", "2026-10-01", "2026-10-07"),
    ...work("国庆节调休上班", "2026-10-10"),
  ],
};

const KNOWN_YEARS = [year2025, year2026];

/** Enters the years that come with the product, on the record; a year somebody has entered stays as it is. */
export async function enterKnownYears(ctx: Context): Promise<void> {
  for (const year of KNOWN_YEARS) {
    if (!(await findYear(ctx.tx ?? db, year.year))) await saveCalendarYear(ctx, year);
  }
}
