import { useLocale, useTranslations } from "next-intl";

import { ColumnStrip } from "@/components/ui/column-strip";
import { formatMonth, formatMonthName } from "@/lib/format";

/** How many public incidents of each month, the earliest first: "2026-03". */
type Props = { months: readonly { month: string; count: number }[] };

/** One incident is a quarter of the height, so that one does not look like many. */
const LEAST = 4;

/** Twelve months of what everybody was told of. */
export function IncidentMonths({ months }: Props) {
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
