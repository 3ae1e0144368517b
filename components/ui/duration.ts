import { useTranslations } from "next-intl";

const MINUTE_MS = 60_000;

/** A duration in words, in its two largest units: "1 小时 15 分", "2 days 3 hours". */
export function useDuration(): (ms: number) => string {
  const t = useTranslations("ui.duration");
  return (ms) => {
    const whole = Math.max(Math.round(ms / MINUTE_MS), 0);
    const [days, hours, minutes] = [
      Math.floor(whole / 60 / 24),
      Math.floor(whole / 60) % 24,
      whole % 60,
    ];
    if (days > 0) return t(hours > 0 ? "daysHours" : "days", { days, hours });
    if (hours > 0) return t(minutes > 0 ? "hoursMinutes" : "hours", { hours, minutes });
    return whole === 0 ? t("moment") : t("minutes", { minutes });
  };
}
