import type { CalendarDayKind } from "@/db/vocabulary/calendar";
import { addDays } from "@/lib/shanghai";

export type CalendarDay = { kind: CalendarDayKind; note: string | null };

/** What is known of the Chinese working calendar: the days that differ from the week, and which years are whole. */
export type Calendar = {
  completeYears: ReadonlySet<number>;
  days: ReadonlyMap<string, CalendarDay>;
};

/** How a day counts. `make_up` is a weekend day that is worked in exchange for a day of rest. */
export type DayKind = "work" | "make_up" | "weekend" | "holiday";

/** One day of the way to a due date; `count` is how many working days have passed at its end. */
export type DueDateStep = { day: string; kind: DayKind; note: string | null; count: number };

export type DueDate = { dueDate: string; isProvisional: boolean; steps: DueDateStep[] };

/** The privacy guide's promise: an answer within 15 working days (P47). */
export const WORKING_DAYS = 15;

/** How a day counts: by the calendar where it says something, else by the week. */
export function kindOfDay(calendar: Calendar, day: string): DayKind {
  const entered = calendar.days.get(day)?.kind;
  const isWeekend = [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay());
  if (entered === "rest") return "holiday";
  if (isWeekend) return entered === "work" ? "make_up" : "weekend";
  return "work";
}

const WORKED: readonly DayKind[] = ["work", "make_up"];

/** Whether a day is worked: a weekday that is no holiday, or a weekend day in exchange. */
export const isWorkingDay = (calendar: Calendar, day: string): boolean =>
  WORKED.includes(kindOfDay(calendar, day));

/** How many working days there are after today, up to and with a day: 0 on it, -1 once it has passed. */
export function workingDaysLeft(calendar: Calendar, today: string, dueDate: string): number {
  if (today > dueDate) return -1;
  let left = 0;
  for (let day = addDays(today, 1); day <= dueDate; day = addDays(day, 1))
    if (isWorkingDay(calendar, day)) left += 1;
  return left;
}

/**
 * The last day of a term of working days, counted day by day. The day of receipt (in Asia/Shanghai)
 * is not counted, make-up days are, weekends and holidays are not. A date that reaches into a year
 * whose calendar is not complete is provisional: its holidays may still move it.
 */
export function dueDateOf(
  calendar: Calendar,
  receivedDay: string,
  workingDays = WORKING_DAYS,
): DueDate {
  const steps: DueDateStep[] = [];
  let count = 0;
  let isProvisional = false;
  for (let day = addDays(receivedDay, 1); count < workingDays; day = addDays(day, 1)) {
    const kind = kindOfDay(calendar, day);
    if (kind === "work" || kind === "make_up") count += 1;
    isProvisional ||= !calendar.completeYears.has(Number(day.slice(0, 4)));
    steps.push({ day, kind, note: calendar.days.get(day)?.note ?? null, count });
  }
  return { dueDate: steps.at(-1)?.day ?? receivedDay, isProvisional, steps };
}

/** Every day after the day of receipt up to a day that something else has set, counted the same way. */
export function stepsTo(
  calendar: Calendar,
  receivedDay: string,
  dueDate: string,
): Pick<DueDate, "steps" | "isProvisional"> {
  const steps: DueDateStep[] = [];
  let count = 0;
  let isProvisional = false;
  for (let day = addDays(receivedDay, 1); day <= dueDate; day = addDays(day, 1)) {
    if (isWorkingDay(calendar, day)) count += 1;
    isProvisional ||= !calendar.completeYears.has(Number(day.slice(0, 4)));
    steps.push({
      ...{ day, kind: kindOfDay(calendar, day), count },
      note: calendar.days.get(day)?.note ?? null,
    });
  }
  return { steps, isProvisional };
}

/** A working day between what arrived and today or the due date, whichever is later. */
export type TermDay = {
  day: string;
  isPassed: boolean;
  /** After the due date. */
  isOver: boolean;
  /** Of a year whose holidays are not all known. */
  isProvisional: boolean;
  /** How many days off lie between it and the working day before. */
  daysOff: number;
};

/** The working days of a term from the day of receipt, which is not one of them; a late one goes on to today. */
export function termDays(
  calendar: Calendar,
  { receivedDay, dueDate, today }: { receivedDay: string; dueDate: string; today: string },
): TermDay[] {
  const term: TermDay[] = [];
  const last = today > dueDate ? today : dueDate;
  let daysOff = 0;
  for (let day = addDays(receivedDay, 1); day <= last; day = addDays(day, 1)) {
    if (!isWorkingDay(calendar, day)) {
      daysOff += 1;
      continue;
    }
    const isProvisional = !calendar.completeYears.has(Number(day.slice(0, 4)));
    term.push({ day, isPassed: day <= today, isOver: day > dueDate, isProvisional, daysOff });
    daysOff = 0;
  }
  return term;
}
