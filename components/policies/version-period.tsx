import { useTranslations } from "next-intl";

import { Time } from "@/components/ui/time";
import type { VersionStatus } from "@/db/vocabulary/policies";

export type Period = {
  status: VersionStatus;
  effectiveAt: Date | null;
  archivedAt: Date | null;
};

type Props = Period & { inTable?: boolean };

/** Since when, or from when to when, a version binds. */
export function VersionPeriod({ status, effectiveAt, archivedAt, inTable }: Props) {
  const t = useTranslations("policies.period");
  if (!effectiveAt) return <>{t("open")}</>;

  const from = () => <Time at={effectiveAt} />;
  if (status === "withdrawn") return <>{t("withdrawn")}</>;
  if (inTable)
    return (
      <>
        <Time at={effectiveAt} form="table-date" /> –{" "}
        {archivedAt && <Time at={archivedAt} form="table-date" />}
      </>
    );
  if (status === "scheduled") return <>{t.rich("scheduled", { from })}</>;
  if (!archivedAt) return <>{t.rich("inForce", { from })}</>;
  return (
    <>
      {t.rich("archived", {
        from: () => <Time at={effectiveAt} form="date" />,
        to: () => <Time at={archivedAt} form="date" />,
      })}
    </>
  );
}
