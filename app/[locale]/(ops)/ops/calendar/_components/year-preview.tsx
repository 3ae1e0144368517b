import { useTranslations } from "next-intl";

import { Banner } from "@/components/ui/banner";
import { type previewYear } from "@/domain/calendar/import-year";

type Year = Awaited<ReturnType<typeof previewYear>>;
type Move = { number: string; from: string; to: string };

/** What a file would write, whose due dates it would move, or what is wrong with it by line. */
export function YearPreview({ year, moves }: { year: Year; moves: readonly Move[] }) {
  const t = useTranslations("calendar.preview");
  const say = useTranslations();
  if (year.problems.length > 0)
    return (
      <Banner tone="danger" title={t("problems", { count: year.problems.length })}>
        <ul>
          {year.problems.slice(0, 100).map(({ line, problem }) => (
            <li key={line}>
              {t("problem", { line, problem: say(problem as Parameters<typeof say>[0]) })}
            </li>
          ))}
        </ul>
      </Banner>
    );
  const count = (kind: string) => year.days.filter((day) => day.kind === kind).length;
  return (
    <Banner tone="plain" title={`${t("title")} · ${year.year}`}>
      {t("days", { rest: count("rest"), work: count("work") })}{" "}
      {moves.length === 0 ? t("same") : t("moved", { count: moves.length })}
      <ul>
        {moves.map((move) => (
          <li key={move.number}>{t("move", move)}</li>
        ))}
      </ul>
    </Banner>
  );
}
