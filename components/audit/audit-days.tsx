import { useLocale, useTranslations } from "next-intl";

import { ColumnStrip } from "@/components/ui/column-strip";
import { Time } from "@/components/ui/time";
import { formatShortDate } from "@/lib/format";
import { shanghaiMidnight } from "@/lib/shanghai";

/** How many entries of each day the record has; null where nobody counted. */
type Props = { days: readonly { day: string; count: number | null }[] };

/** The record of the last weeks at a glance, whatever is filtered below. */
export function AuditDays({ days }: Props) {
  const t = useTranslations("audit.days");
  const locale = useLocale();
  const [first, last] = [days[0], days.at(-1)];
  if (!first || !last) return null;
  const known = days.filter(({ count }) => count !== null);
  const all = known.reduce((sum, { count }) => sum + (count ?? 0), 0);
  const top = known.toSorted((a, b) => (b.count ?? 0) - (a.count ?? 0))[0] ?? last;
  const words = {
    ...{ days: days.length, all, most: top.count ?? 0 },
    day: formatShortDate(shanghaiMidnight(top.day), locale),
  };
  return (
    <div className="mb-6">
      <p className="text-caption text-ink-muted mb-1">{t("title", { days: days.length })}</p>
      <ColumnStrip
        label={t(known.length < days.length ? "labelCut" : "label", words)}
        columns={days.map(({ day, count }) => ({ key: day, count }))}
        words={{
          from: <Time at={shanghaiMidnight(first.day)} form="short" />,
          to: <Time at={shanghaiMidnight(last.day)} form="short" />,
        }}
      />
    </div>
  );
}
