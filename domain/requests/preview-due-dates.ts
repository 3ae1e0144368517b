import { asc, inArray } from "drizzle-orm";

import { requests } from "@/db/schema";

import { calendarYearInput } from "../calendar/input";
import { readCalendar } from "../calendar/read-calendar";
import { query } from "../query";
import { clockStarts, dueIn } from "./due-date";
import { OPEN_STATUSES } from "./rules";

/** Whose due date would move if a year were entered like this; by number, nothing else. */
export const previewDueDates = query({
  may: "calendar.manage",
  input: calendarYearInput.pick({ year: true, isComplete: true, days: true }),

  async run({ db }, { year, isComplete, days }) {
    const known = await readCalendar(db);
    const others = [...known.days].filter(([day]) => Number(day.slice(0, 4)) !== year);
    const calendar = {
      completeYears: new Set(
        [...known.completeYears].filter((one) => one !== year).concat(isComplete ? [year] : []),
      ),
      days: new Map([...others, ...days.map(({ day, ...rest }) => [day, rest] as const)]),
    };
    const open = await db
      .select()
      .from(requests)
      .where(inArray(requests.status, OPEN_STATUSES))
      .orderBy(asc(requests.dueDate));
    const starts = await clockStarts(db, open);
    return open.flatMap((request) => {
      const { id, number, receivedAt, dueDate: from } = request;
      const { dueDate: to } = dueIn(calendar, starts.get(id) ?? receivedAt, request);
      return to === from ? [] : [{ number, from, to }];
    });
  },
});
