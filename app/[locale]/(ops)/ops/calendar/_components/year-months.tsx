import { useLocale, useTranslations } from "next-intl";

import { type GridDay, MonthGrid } from "@/components/ui/month-grid";
import { type Calendar, kindOfDay } from "@/domain/calendar/due-date";
import { type listCalendarYears } from "@/domain/calendar/list-years";
import { formatMonth } from "@/lib/format";
import { addDays } from "@/lib/shanghai";

type Year = Awaited<ReturnType<typeof listCalendarYears>>[number];

/** A year as twelve small months: what is worked, what is free, what is worked in exchange (P47). */
export function YearMonths({ year }: { year: Year }) {
  const t = useTranslations("calendar.months");
  const locale = useLocale();
  return (
    <figure className="my-4">
      <div className="flex flex-wrap gap-x-6 gap-y-4">
        {monthsOf(year).map((days) => {
          const month = formatMonth(days[0]?.day ?? "", locale);
          const count = (look: GridDay["look"]) => days.filter((day) => day.look === look).length;
          return (
            <MonthGrid
              key={month}
              title={month}
              label={t(year.isComplete ? "label" : "unknown", {
                ...{ month, work: count("work") + count("make_up") },
                ...{ holidays: count("holiday"), makeUp: count("make_up") },
              })}
              days={days}
            />
          );
        })}
      </div>
      <figcaption className="text-caption text-ink-muted mt-2">
        {t(year.isComplete ? "key" : "keyUnknown")}
      </figcaption>
    </figure>
  );
}

/** A weekday of a year that is not whole may yet turn out to be a holiday. */
function monthsOf({ year, isComplete, days }: Year): GridDay[][] {
  const calendar: Calendar = {
    completeYears: new Set(isComplete ? [year] : []),
    days: new Map(days.map(({ day, kind, note }) => [day, { kind, note }])),
  };
  const months: GridDay[][] = Array.from({ length: 12 }, () => []);
  for (let day = `${year}-01-01`; day.startsWith(String(year)); day = addDays(day, 1))
    months[Number(day.slice(5, 7)) - 1]?.push({ day, look: lookOf(calendar, { day, isComplete }) });
  return months;
}

function lookOf(calendar: Calendar, { day, isComplete }: { day: string; isComplete: boolean }) {
  const kind = kindOfDay(calendar, day);
  if (kind === "weekend") return "off";
  return kind === "work" && !isComplete ? "unknown" : kind;
}
