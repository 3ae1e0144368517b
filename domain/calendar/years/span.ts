import { addDays } from "@/lib/shanghai";

import type { CalendarYear } from "../input";

type Day = CalendarYear["days"][number];

/** Consecutive days of rest, both ends included. */
export function rest(note: string, from: string, to: string): Day[] {
  const days: Day[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) days.push({ day, kind: "rest", note });
  return days;
}

/** Weekend days that are worked. */
export const work = (note: string, ...days: string[]): Day[] =>
  days.map((day) => ({ day, kind: "work", note }));
