import { getLocale, getTranslations } from "next-intl/server";

import { Facts } from "@/components/ui/facts";
import { Link } from "@/components/ui/link";
import { Time } from "@/components/ui/time";
import { type OpsIncident } from "@/domain/incidents/find-incident";
import { Texts } from "@/app/[locale]/(ops)/ops/_notices/texts";
import { FirstNoticeClock } from "@/components/incidents/incident-status";
import { at } from "@/lib/addresses";

const MOMENTS = [
  "occurredAt",
  "discoveredAt",
  "containmentBegunAt",
  "containedAt",
  "resolvedAt",
] as const;

/** What is known of an incident; what is not, says so. */
export async function IncidentFacts({ incident, product, ownerName, clock }: OpsIncident) {
  const [t, form, words, visibility, locale] = await Promise.all([
    getTranslations("incidents.desk.incident"),
    getTranslations("incidents.desk.incidentForm"),
    getTranslations("notices"),
    getTranslations("incidents.desk.visibility"),
    getLocale(),
  ]);
  const { kind, contact, dataKinds, cause, publicSummary } = incident;
  const publicPage = at("/incidents/*", incident.number);
  const isRestricted = incident.visibility === "restricted";
  return (
    <Facts
      facts={[
        { term: form("product"), value: product[locale] },
        { term: form("kind"), value: words(`kind.${kind}`) },
        { term: form("visibility"), value: visibility(incident.visibility) },
        ...MOMENTS.map((field) => {
          const at = incident[field];
          return {
            term: form(field),
            value: at ? <Time at={at} form="table" /> : <Unknown>{t(`none.${field}`)}</Unknown>,
          };
        }),
        { term: t("clock"), value: <FirstNoticeClock clock={clock} /> },
        { term: form("dataKinds"), value: <Texts texts={dataKinds} /> },
        { term: form("cause"), value: <Texts texts={cause} /> },
        { term: form("contact"), value: contact },
        { term: form("owner"), value: ownerName },
        ...(isRestricted
          ? [{ term: form("publicSummary"), value: <Texts texts={publicSummary} /> }]
          : []),
        ...(incident.isRehearsal
          ? []
          : [{ term: t("public"), value: <Link href={publicPage}>{publicPage}</Link> }]),
      ]}
    />
  );
}

const Unknown = ({ children }: { children: React.ReactNode }) => (
  <span className="text-ink-muted">{children}</span>
);
