import { getTranslations } from "next-intl/server";

import { Banner } from "@/components/ui/banner";
import { ButtonLink } from "@/components/ui/button";
import { type OpsNotice } from "@/domain/incidents/find-notice";
import { at } from "@/lib/addresses";

const GAPS = ["incident.dataKinds", "incident.cause"] as const;

/** What the incident itself must say before a notice of it may leave; each has the id its refusal links to. */
export async function IncidentGaps({ read: { incident, missing } }: { read: OpsNotice }) {
  const t = await getTranslations("incidents.desk.composer");
  const words = await getTranslations("notices.errors.missing");
  const open = GAPS.filter((gap) => missing[gap]);
  if (!incident || open.length === 0) return null;
  return (
    <div className="mt-5 mb-5">
      <Banner
        tone="warn"
        title={t("incidentGaps")}
        actions={
          <ButtonLink size="sm" href={at("/ops/incidents/*/edit", incident.number)}>
            {t("editIncident")}
          </ButtonLink>
        }
      >
        {open.map((gap) => (
          <span key={gap} id={`field-${gap.replace(".", "-")}`} tabIndex={-1} className="block">
            {words(gap === "incident.cause" ? "cause" : "dataKinds")}
          </span>
        ))}
      </Banner>
    </div>
  );
}
