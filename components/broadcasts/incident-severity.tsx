import { ActionabilityChip, SeverityChip } from "@/components/incidents/incident-status";
import type { Told } from "@/domain/broadcasts/facts";

/** How grave an incident is, and whether its reader has to act; nothing for any other notice. */
export function IncidentSeverity({ told }: { told: Told }) {
  if (told.kind !== "incident_notice") return null;
  const { severity, parts } = told.facts;
  return (
    <span className="inline-flex flex-wrap gap-1.5">
      <SeverityChip severity={severity} />
      {parts.actionability === "required" && <ActionabilityChip value="required" />}
    </span>
  );
}
