import { useLocale, useTranslations } from "next-intl";

import { type GridDay, MonthGrid } from "@/components/ui/month-grid";
import { type DueDateStep } from "@/domain/calendar/due-date";
import { formatMonth } from "@/lib/format";
import { addDays } from "@/lib/shanghai";

type Props = { receivedDay: string; steps: readonly DueDateStep[] };

/** The months of a term: the days that count, those that do not, and where it begins and ends (P47). */
export function DueDateMonths({ receivedDay, steps }: Props) {
  const t = useTranslations("requests.dueDate.months");
  const locale = useLocale();
  const last = steps.at(-1)?.day ?? receivedDay;
  return (
    <figure className="mb-4">
      <div className="flex flex-wrap gap-x-6 gap-y-4">
        {monthsBetween(receivedDay, last).map((month) => {
          const days = daysOf(month, { receivedDay, last, steps });
          const name = formatMonth(month, locale);
          const counted = days.filter(({ look }) => look === "counted").length;
          return (
            <MonthGrid
              key={month}
              title={name}
              label={t("label", { month: name, counted })}
              days={days}
            />
          );
        })}
      </div>
      <figcaption className="text-caption text-ink-muted mt-2">{t("key")}</figcaption>
    </figure>
  );
}

function monthsBetween(first: string, last: string): string[] {
  const months: string[] = [];
  for (let day = first; day.slice(0, 7) <= last.slice(0, 7); day = firstOfNext(day))
    months.push(day.slice(0, 7));
  return months;
}

const firstOfNext = (day: string): string =>
  `${addDays(`${day.slice(0, 7)}-28`, 4).slice(0, 7)}-01`;

type Term = { receivedDay: string; last: string; steps: readonly DueDateStep[] };

function daysOf(month: string, { receivedDay, last, steps }: Term): GridDay[] {
  const kinds = new Map(steps.map(({ day, kind }) => [day, kind]));
  const days: GridDay[] = [];
  for (let day = `${month}-01`; day.startsWith(month); day = addDays(day, 1)) {
    const kind = kinds.get(day);
    const look = kind === "holiday" ? "holiday" : kind && kind !== "weekend" ? "counted" : "aside";
    days.push({ day, look, isEnd: day === receivedDay || day === last });
  }
  return days;
}
