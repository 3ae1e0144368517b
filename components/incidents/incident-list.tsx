import { useLocale, useTranslations } from "next-intl";

import { ColumnStrip } from "@/components/ui/column-strip";
import { Link } from "@/components/ui/link";
import { SectionHead } from "@/components/ui/section";
import { Time } from "@/components/ui/time";
import type { PublishedIncident } from "@/domain/incidents/list-published";
import { at } from "@/lib/addresses";
import { formatMonth, formatMonthName, formatTableDate } from "@/lib/format";
import { localized } from "@/lib/localized";

import { IncidentMarks } from "./incident-status";

type Props = { incidents: readonly PublishedIncident[] };

/** Incidents by the year in which they were first told of, the newest first. */
export function IncidentYears({ incidents }: Props) {
  const t = useTranslations("incidents.list");
  const years = [...new Set(incidents.map(yearOf))];
  return years.map((year) => {
    const rows = incidents.filter((incident) => yearOf(incident) === year);
    return (
      <section key={year} className="mt-10 first:mt-0">
        <SectionHead title={t("year", { year })} note={t("count", { count: rows.length })} />
        <IncidentList incidents={rows} />
      </section>
    );
  });
}

const yearOf = ({ firstAt }: PublishedIncident) => formatTableDate(firstAt).slice(0, 4);

/** Incidents, one below the other: the day they were first told of, what, and how they stand. */
export function IncidentList({ incidents }: Props) {
  const t = useTranslations("incidents.list");
  const locale = useLocale();
  return (
    <ul className="border-line border-t">
      {incidents.map(({ number, title, product, notices, firstAt, lastAt, own, ...marks }) => {
        const { text, locale: language } = localized(title, locale);
        return (
          <li
            key={number}
            className="border-line grid gap-x-6 gap-y-1 border-b py-4 sm:grid-cols-[6.5rem_minmax(0,1fr)]"
          >
            <span className="text-small text-ink-muted sm:pt-1">
              <span className="sr-only">{t("firstAt")} </span>
              <Time at={firstAt} form="table-date" />
            </span>
            <div className="min-w-0">
              <Link
                href={at("/incidents/*", number)}
                tone="main"
                className="max-md:py-1"
                lang={language === locale ? undefined : language}
              >
                {text}
              </Link>
              {own.apps.length > 0 && (
                <p className="text-small mt-1 font-semibold">
                  {t(own.hasMore ? "concernedMore" : "concerned", {
                    apps: own.apps.join(t("separator")),
                  })}
                </p>
              )}
              <div className="mt-1.5">
                <IncidentMarks {...marks} product={product[locale]} />
              </div>
              <p className="text-small text-ink-muted mt-1.5">
                {number} · {t("notices", { count: notices })}
                {notices > 1 && (
                  <>
                    {" · "}
                    {t.rich("lastAt", { date: () => <Time at={lastAt} form="table" /> })}
                  </>
                )}
              </p>
            </div>
          </li>
        );
      })}
    </ul>
  );
}

/** How many public incidents of each month, the earliest first: "2026-03". */
type MonthsProps = { months: readonly { month: string; count: number }[] };

/** One incident is a quarter of the height, so that one does not look like many. */
const LEAST = 4;

/** Twelve months of what everybody was told of. */
export function IncidentMonths({ months }: MonthsProps) {
  const t = useTranslations("incidents.months");
  const locale = useLocale();
  const all = months.reduce((sum, { count }) => sum + count, 0);
  const some = months
    .filter(({ count }) => count > 0)
    .map(({ month, count }) => t("month", { month: formatMonth(month, locale), count }));
  return (
    <div className="mb-8">
      <p className="text-caption text-ink-muted mb-1">{t("title")}</p>
      <ColumnStrip
        label={t(all === 0 ? "none" : "label", { all, list: some.join(t("separator")) })}
        columns={months.map(({ month, count }) => ({
          ...{ key: month, count },
          text: formatMonthName(month, locale),
        }))}
        least={LEAST}
      />
    </div>
  );
}
