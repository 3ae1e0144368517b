import { useTranslations } from "next-intl";

import { Chip } from "@/components/ui/chip";
import { Status } from "@/components/ui/status";
import type { IncidentStatus as Value, Severity } from "@/db/vocabulary/incidents";

import { SEVERITY_TONES, STATUS_TONES } from "./tones";

export function IncidentStatus({ status }: { status: Value }) {
  const t = useTranslations("notices.status");
  return <Status tone={STATUS_TONES[status]}>{t(status)}</Status>;
}

export function SeverityChip({ severity }: { severity: Severity }) {
  const t = useTranslations("notices.severity");
  return <Chip tone={SEVERITY_TONES[severity]}>{t(severity)}</Chip>;
}
