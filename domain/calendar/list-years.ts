import { asc, desc } from "drizzle-orm";
import { z } from "zod";

import { calendarDays, calendarYears } from "@/db/schema";

import { query } from "../query";

/** Every year as entered, the latest first, with its days. */
export const listCalendarYears = query({
  may: "calendar.readDesk",
  input: z.object({}),

  async run({ db }) {
    const years = await db.select().from(calendarYears).orderBy(desc(calendarYears.year));
    const days = await db.select().from(calendarDays).orderBy(asc(calendarDays.day));
    return years.map((year) => ({
      ...year,
      days: days.filter((day) => day.year === year.year),
    }));
  },
});
