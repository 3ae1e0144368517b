import type { Locale } from "@/db/vocabulary/languages";
import type { TimeZone } from "@/db/vocabulary/zones";
import { formatClock, formatDateTime } from "@/lib/format";
import { minuteIn } from "@/lib/zones";
import { translator } from "@/messages/translator";

/** When an announcement is to go out: by the clock it was planned by, where that is another one, and by Beijing's. */
export function plannedText(at: Date, zone: TimeZone | null, locale: Locale): string {
  const beijing = formatDateTime(at, locale);
  if (!zone) return beijing;
  const t = translator(locale, "ui");
  const local = formatClock(minuteIn(zone, at), locale);
  return t("zones.planned", { local, zone: t(`zones.name.${zone}`), beijing });
}
