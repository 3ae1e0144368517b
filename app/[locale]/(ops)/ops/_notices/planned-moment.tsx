import { getTranslations } from "next-intl/server";

import { Time } from "@/components/ui/time";
import { minutesLate } from "@/domain/incidents/go-out";

type Props = { goesOutAt: Date; publishedAt: Date | null };

/** The moment an announcement goes out, and by how much it was missed. */
export async function PlannedMoment({ goesOutAt, publishedAt }: Props) {
  const t = await getTranslations("incidents.desk.facts");
  const minutes = publishedAt && minutesLate(goesOutAt, publishedAt);
  return (
    <>
      <Time at={goesOutAt} />
      {minutes !== null && <p className="text-small text-ink-muted">{t("late", { minutes })}</p>}
    </>
  );
}
