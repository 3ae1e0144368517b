import { z } from "zod";

import { CALENDAR_DAY_KINDS } from "@/db/vocabulary/calendar";

import { line } from "../input";

/** A day that exists: "2026-02-29" is none. */
export const calendarDay = z.iso.date({ error: "calendar.errors.day" });

export const calendarYear = z
  .number({ error: "calendar.errors.year" })
  .int("calendar.errors.year")
  .min(2020, "calendar.errors.year")
  .max(2100, "calendar.errors.year");

export const calendarYearInput = z.object({
  year: calendarYear,
  source: line(200),
  isComplete: z.boolean(),
  days: z.array(
    z.object({
      day: calendarDay,
      kind: z.enum(CALENDAR_DAY_KINDS),
      note: line(60).nullable(),
    }),
  ),
});

export type CalendarYear = z.output<typeof calendarYearInput>;
