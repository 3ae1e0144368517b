import { useLocale, useTranslations } from "next-intl";

import { StepChart } from "@/components/ui/step-chart";
import { Time } from "@/components/ui/time";
import { type readCoverage } from "@/domain/policies/coverage";
import { formatDate } from "@/lib/format";

type Props = Awaited<ReturnType<typeof readCoverage>> & { now: Date };

const DAY_MS = 24 * 3_600_000;

/** How the answers came in between the announcement and the effective date, with the reminders (P06). */
export function AnswerCourse({ course, version: { effectiveAt }, totals, reminders, now }: Props) {
  const t = useTranslations("policies.ops.answers.course");
  const locale = useLocale();
  if (!course || !effectiveAt) return null;
  const { announcedAt, remindedAt, steps } = course;
  const last = steps.at(-1)?.at;
  const to = last && last > effectiveAt ? last : effectiveAt;
  const line = (key: "acknowledged" | "disagreed", tone: "ok" | "danger") => ({
    key,
    tone,
    points: steps.map((step) => ({ at: step.at, count: step[key] })),
    text: t(key, { count: steps.at(-1)?.[key] ?? 0 }),
  });
  const ahead = (reminders?.ahead ?? []).map(
    (days) => new Date(effectiveAt.getTime() - days * DAY_MS),
  );
  const { acknowledged, disagreed, all } = totals;
  return (
    <div className="mt-6">
      <StepChart
        label={t("label", {
          from: formatDate(announcedAt, locale),
          ...{ acknowledged, disagreed, all, reminded: remindedAt.length },
        })}
        from={announcedAt}
        to={to}
        end={effectiveAt}
        now={now < to ? now : to}
        total={all}
        lines={[line("acknowledged", "ok"), line("disagreed", "danger")]}
        ticks={[
          ...remindedAt.map((at) => ({ key: at.toISOString(), at, isAhead: false })),
          ...ahead.map((at) => ({ key: at.toISOString(), at, isAhead: true })),
        ]}
        words={{
          from: (
            <>
              {t("announced")} <Time at={announcedAt} form="short" />
            </>
          ),
          end: (
            <>
              {t("effective")} <Time at={effectiveAt} form="short" />
            </>
          ),
        }}
      />
      {remindedAt.length + ahead.length > 0 && (
        <p className="text-caption text-ink-muted mt-1">{t("ticks")}</p>
      )}
    </div>
  );
}
