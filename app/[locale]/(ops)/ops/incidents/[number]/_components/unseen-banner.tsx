import { getTranslations } from "next-intl/server";

import { noticeAddressOf } from "@/app/[locale]/(ops)/ops/_notices/address";
import { LookLine, SentLine } from "@/components/incidents/sending-status";
import { Banner } from "@/components/ui/banner";
import { ButtonLink } from "@/components/ui/button";
import { type OpsIncident } from "@/domain/incidents/find-incident";

/** What one person sent alone and no second person has found right: said above all else. */
export async function UnseenBanner({
  incident,
  sendings,
}: Pick<OpsIncident, "incident" | "sendings">) {
  const t = await getTranslations("incidents.desk.emergency");
  return sendings
    .filter(({ verdict }) => verdict === null)
    .map((sending) => (
      <div key={sending.noticeId} className="mb-6">
        <Banner
          tone="danger"
          title={<SentLine {...sending} />}
          actions={
            <ButtonLink
              size="sm"
              href={noticeAddressOf({ id: sending.noticeId, incidentNumber: incident.number }, "", {
                "#": "look",
              })}
            >
              {t("open")}
            </ButtonLink>
          }
        >
          <LookLine {...sending} />
        </Banner>
      </div>
    ));
}
