import { getLocale, getTranslations } from "next-intl/server";

import type { TimeZone } from "@/db/vocabulary/zones";
import { minutesLate } from "@/domain/incidents/go-out";
import { machineDateTime } from "@/lib/format";
import { plannedText } from "@/wording/planned-moment";

type Props = { goesOutAt: Date; goesOutZone: TimeZone | null; publishedAt: Date | null };

/** The moment an announcement goes out, and by how much it was missed. */
export async function PlannedMoment({ goesOutAt, goesOutZone, publishedAt }: Props) {
  const [t, locale] = await Promise.all([getTranslations("incidents.desk.facts"), getLocale()]);
  const minutes = publishedAt && minutesLate(goesOutAt, publishedAt);
  return (
    <>
      <time dateTime={machineDateTime(goesOutAt)} className="tabular-nums">
        {plannedText(goesOutAt, goesOutZone, locale)}
      </time>
      {minutes !== null && <p className="text-small text-ink-muted">{t("late", { minutes })}</p>}
    </>
  );
}
