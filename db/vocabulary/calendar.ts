export const CALENDAR_DAY_KINDS = ["rest", "work"] as const;
export type CalendarDayKind = (typeof CALENDAR_DAY_KINDS)[number];
