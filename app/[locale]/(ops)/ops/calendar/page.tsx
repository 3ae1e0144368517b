import { getTranslations } from "next-intl/server";

import { ScheduledAnnouncements } from "@/app/[locale]/(ops)/ops/_notices/scheduled";
import { Banner } from "@/components/ui/banner";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHead } from "@/components/ui/page-head";
import { may } from "@/domain/access/permissions";
import { listCalendarYears } from "@/domain/calendar/list-years";
import { shanghaiDay } from "@/lib/shanghai";
import { Drawn } from "@/server/drawn";
import { requireContext } from "@/server/session";

import { CalendarYearView } from "./_components/calendar-year";
import { YearForm } from "./_components/year-form";

export async function generateMetadata() {
  const t = await getTranslations("calendar");
  return { title: t("title") };
}

/** The years of the working calendar, and the form by which an administrator enters one. */
export default async function CalendarPage() {
  const ctx = await requireContext("calendar.readDesk");
  const [t, years] = await Promise.all([getTranslations("calendar"), listCalendarYears(ctx, {})]);
  const thisYear = Number(shanghaiDay(ctx.now).slice(0, 4));
  const missing = [thisYear, thisYear + 1].filter(
    (wanted) => !years.some(({ year, isComplete }) => year === wanted && isComplete),
  );
  return (
    <>
      <PageHead title={t("title")} note={<p className="max-w-measure">{t("lead")}</p>} />
      <Drawn />
      <div className="mb-6 grid gap-2 empty:hidden">
        {missing.map((year) => (
          <Banner key={year} tone="warn">
            {t("missing", { year: String(year) })}
          </Banner>
        ))}
      </div>
      <ScheduledAnnouncements ctx={ctx} />
      {years.length === 0 && <EmptyState title={t("none")}>{t("noneText")}</EmptyState>}
      {years.map((year) => (
        <CalendarYearView key={year.year} year={year} />
      ))}
      {may(ctx.actor, "calendar.manage") && <YearForm nextYear={missing[0] ?? thisYear + 1} />}
    </>
  );
}
