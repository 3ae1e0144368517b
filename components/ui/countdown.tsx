import { useTranslations } from "next-intl";

import { timeLeft } from "@/lib/format";

type Props = { until: Date | string; now: Date | string };

/** "还有 16 天" in words, as of `now`; the date itself stands beside it. */
export function Countdown({ until, now }: Props) {
  const t = useTranslations("ui.countdown");
  const { unit, count } = timeLeft(until, now);
  return <>{t(unit, { count })}</>;
}
