import { useTranslations } from "next-intl";

import { TickBar } from "@/components/ui/tick-bar";
import { Time } from "@/components/ui/time";
import { COOLING_OFF_DAYS } from "@/domain/deregistrations/rules";

type Props = { executeAfter: Date; now: Date; wide?: boolean };

const DAY_MS = 86_400_000;

/** The days of a cooling-off: those that are over and those in which it can still be cancelled. */
export function CoolingMeter({ executeAfter, now, wide = false }: Props) {
  const t = useTranslations("deregistrations.meter");
  const from = new Date(executeAfter.getTime() - COOLING_OFF_DAYS * DAY_MS);
  const days = Math.floor((now.getTime() - from.getTime()) / DAY_MS);
  const passed = Math.min(Math.max(days, 0), COOLING_OFF_DAYS);
  return (
    <TickBar
      label={t("label", { passed, all: COOLING_OFF_DAYS })}
      size={wide ? "wide" : "row"}
      ticks={Array.from({ length: COOLING_OFF_DAYS }, (_, index) => ({
        ...{ key: String(index), gap: 0 },
        state: index < passed ? "passed" : "left",
      }))}
      now={passed}
      limit={COOLING_OFF_DAYS}
      {...(wide && {
        words: {
          start: (
            <>
              {t("start")} <Time at={from} form="short" />
            </>
          ),
          now: t("now"),
          limit: (
            <>
              {t("end")} <Time at={executeAfter} form="short" />
            </>
          ),
        },
      })}
    />
  );
}
