import type { StatusTone } from "@/components/ui/status";
import type { IncidentStatus, Severity } from "@/db/vocabulary/incidents";

export const STATUS_TONES: Record<IncidentStatus, StatusTone> = {
  investigating: "warn",
  contained: "run",
  resolved: "ok",
  closed: "off",
};

export const SEVERITY_TONES: Record<Severity, "danger" | "warn" | "plain"> = {
  very_major: "danger",
  major: "danger",
  larger: "warn",
  general: "plain",
};
