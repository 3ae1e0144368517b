import { useTranslations } from "next-intl";

import { SEVERITY_TONES } from "@/components/incidents/tones";
import { Chip } from "@/components/ui/chip";
import type { Told } from "@/domain/broadcasts/facts";

/** How grave an incident is, and whether its reader has to act; nothing for any other notice. */
export function IncidentSeverity({ told }: { told: Told }) {
  const t = useTranslations("notices");
  if (told.kind !== "incident_notice") return null;
  const { severity, parts } = told.facts;
  return (
    <span className="inline-flex flex-wrap gap-1.5">
      <Chip tone={SEVERITY_TONES[severity]}>{t(`severity.${severity}`)}</Chip>
      {parts.actionability === "required" && <Chip tone="warn">{t("actionability.required")}</Chip>}
    </span>
  );
}
