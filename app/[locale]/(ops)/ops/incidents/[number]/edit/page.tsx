import { getTranslations } from "next-intl/server";

import { IncidentFields } from "@/app/[locale]/(ops)/ops/incidents/_components/incident-fields";
import { editIncidentAction } from "@/app/[locale]/(ops)/ops/incidents/actions";
import { ActionForm } from "@/components/form/action-form";
import { SubmitButton } from "@/components/form/submit-button";
import { Banner } from "@/components/ui/banner";
import { ButtonLink } from "@/components/ui/button";
import { PageHead } from "@/components/ui/page-head";
import { SubmitBar } from "@/components/ui/submit-bar";
import { findIncident } from "@/domain/incidents/find-incident";
import { listOwners } from "@/domain/incidents/owners";
import { at } from "@/lib/addresses";
import { orNotFound } from "@/server/or-not-found";
import { requireContext } from "@/server/session";

type Props = { params: Promise<{ number: string }> };

export async function generateMetadata({ params }: Props) {
  const t = await getTranslations("incidents.desk.incidentForm");
  return { title: t("editTitle", await params) };
}

/** Changes what is known of an incident; what waits for approval tells these facts and goes back. */
export default async function EditIncidentPage({ params }: Props) {
  const ctx = await requireContext("incident.manage");
  const { incident, notices } = await orNotFound(findIncident(ctx, await params));
  const [t, incidents, owners] = await Promise.all([
    getTranslations("incidents.desk.incidentForm"),
    getTranslations("incidents.desk.incidents"),
    listOwners(ctx, {}),
  ]);
  const href = at("/ops/incidents/*", incident.number);

  return (
    <>
      <PageHead
        title={t("edit")}
        crumbs={[
          { label: incidents("title"), href: "/ops/incidents" },
          { label: incident.number, href },
          { label: t("edit") },
        ]}
      />
      {notices.some(({ status }) => status === "in_review") && (
        <div className="mb-6">
          <Banner tone="warn" title={t("inReview")}>
            {t("inReviewText")}
          </Banner>
        </div>
      )}
      <ActionForm action={editIncidentAction} guard label={t("edit")}>
        <input type="hidden" name="incidentId" value={incident.id} />
        <input type="hidden" name="revision" value={incident.revision} />
        <IncidentFields owners={owners} incident={incident} />
        <SubmitBar note={t("editBar")}>
          <ButtonLink href={href}>{t("cancel")}</ButtonLink>
          <SubmitButton>{t("save")}</SubmitButton>
        </SubmitBar>
      </ActionForm>
    </>
  );
}
