import { boolean, date, index, integer, pgTable, text } from "drizzle-orm/pg-core";

import { at } from "../columns";
import { CALENDAR_DAY_KINDS } from "../vocabulary/calendar";

/** A year of the Chinese working calendar, as the State Council published it. */
export const calendarYears = pgTable("calendar_years", {
  year: integer().primaryKey(),
  /** Where its days come from, e.g. the State Council's notice by number and day. */
  source: text().notNull(),
  /** Whether all its days are entered; a due date that reaches into any other year is provisional. */
  isComplete: boolean().notNull(),
  enteredAt: at().notNull(),
});

/** The days that differ from the week: rest on a weekday, work on a weekend. */
export const calendarDays = pgTable(
  "calendar_days",
  {
    day: date({ mode: "string" }).primaryKey(),
    year: integer()
      .notNull()
      .references(() => calendarYears.year),
    kind: text({ enum: CALENDAR_DAY_KINDS }).notNull(),
    note: text(),
  },
  (t) => [index().on(t.year)],
);
