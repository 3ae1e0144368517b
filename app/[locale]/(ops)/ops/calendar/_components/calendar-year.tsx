import { useLocale, useTranslations } from "next-intl";

import { CheckStatus } from "@/components/ui/check-status";
import { Facts } from "@/components/ui/facts";
import { Section } from "@/components/ui/section";
import { type listCalendarYears } from "@/domain/calendar/list-years";
import { formatShortDate } from "@/lib/format";
import { addDays, shanghaiMidnight } from "@/lib/shanghai";

import { YearMonths } from "./year-months";

type Year = Awaited<ReturnType<typeof listCalendarYears>>[number];
type Day = Year["days"][number];

/** One year: whether it is whole, where it comes from, its holidays and make-up days. */
export function CalendarYearView({ year }: { year: Year }) {
  const t = useTranslations("calendar");
  return (
    <Section
      title={String(year.year)}
      note={
        <CheckStatus isGood={year.isComplete}>
          {t(year.isComplete ? "complete" : "incomplete")}
        </CheckStatus>
      }
    >
      <YearMonths year={year} />
      <Facts
        facts={[
          { term: t("source"), value: year.source },
          { term: t("rest"), value: <Spans days={year.days} kind="rest" /> },
          { term: t("work"), value: <Spans days={year.days} kind="work" /> },
        ]}
      />
    </Section>
  );
}

function Spans({ days, kind }: { days: readonly Day[]; kind: Day["kind"] }) {
  const locale = useLocale();
  const short = (day: string) => formatShortDate(shanghaiMidnight(day), locale);
  const spans = spansOf(days.filter((day) => day.kind === kind));
  if (spans.length === 0) return "—";
  return (
    <ul className="flex flex-wrap gap-x-6 gap-y-1">
      {spans.map(({ from, to, note }) => (
        <li key={from}>
          {from === to ? short(from) : `${short(from)} – ${short(to)}`}
          {note && <span className="text-ink-muted ml-2">{note}</span>}
        </li>
      ))}
    </ul>
  );
}

/** Days in a row under one name are shown as one. */
function spansOf(days: readonly Day[]): { from: string; to: string; note: string | null }[] {
  const spans: { from: string; to: string; note: string | null }[] = [];
  for (const { day, note } of days) {
    const last = spans.at(-1);
    if (last && last.note === note && addDays(last.to, 1) === day) last.to = day;
    else spans.push({ from: day, to: day, note });
  }
  return spans;
}
