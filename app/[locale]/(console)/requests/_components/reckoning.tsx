import { useLocale, useTranslations } from "next-intl";

import type { ReckonedDay } from "@/domain/calendar/due-date";
import { formatDate } from "@/lib/format";
import { shanghaiMidnight } from "@/lib/shanghai";

type Props = { steps: readonly ReckonedDay[]; isProvisional: boolean };

/** How the due date comes about, day by day; folded away until somebody asks. */
export function Reckoning({ steps, isProvisional }: Props) {
  const t = useTranslations("filing.reckoning");
  const locale = useLocale();
  return (
    <details className="text-ui mt-2">
      <summary className="text-link cursor-pointer">{t("title")}</summary>
      <p className="text-ink-muted my-2">{t(isProvisional ? "provisional" : "rule")}</p>
      <ol className="border-line border-t">
        {steps.map(({ day, kind, note, count }) => (
          <li key={day} className="border-line flex gap-4 border-b py-1">
            <span className="w-32 tabular-nums">{formatDate(shanghaiMidnight(day), locale)}</span>
            <span className="text-ink-muted flex-1">{note ?? t(`kind.${kind}`)}</span>
            <span className="tabular-nums">
              {kind === "work" || kind === "make_up" ? t("day", { count }) : ""}
            </span>
          </li>
        ))}
      </ol>
    </details>
  );
}
