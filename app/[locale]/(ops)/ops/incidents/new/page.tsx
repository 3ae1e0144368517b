import { getLocale, getTranslations } from "next-intl/server";

import { ActionForm } from "@/components/form/action-form";
import { SubmitButton } from "@/components/form/submit-button";
import { type Crumb } from "@/components/ui/breadcrumb";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHead } from "@/components/ui/page-head";
import { SubmitBar } from "@/components/ui/submit-bar";
import { listProducts } from "@/domain/accounts/list-products";
import { listOwners } from "@/domain/incidents/owners";
import { requireContext } from "@/server/session";

import { IncidentFields } from "../_components/incident-fields";
import { openIncidentAction } from "../actions";

export async function generateMetadata() {
  const t = await getTranslations("incidents.desk.incidentForm");
  return { title: t("new") };
}

/** Opens an incident with what is known of it now. */
export default async function NewIncidentPage() {
  const ctx = await requireContext("incident.manage");
  const [t, incidents, locale, products, owners] = await Promise.all([
    getTranslations("incidents.desk.incidentForm"),
    getTranslations("incidents.desk.incidents"),
    getLocale(),
    listProducts(ctx, {}),
    listOwners(ctx, {}),
  ]);
  const crumbs: Crumb[] = [
    { label: incidents("title"), href: "/ops/incidents" },
    { label: t("new") },
  ];
  if (products.length === 0)
    return (
      <>
        <PageHead title={t("new")} crumbs={crumbs} />
        <EmptyState title={t("noProduct")}>{t("noProductText")}</EmptyState>
      </>
    );

  return (
    <>
      <PageHead title={t("new")} note={t("newNote")} crumbs={crumbs} />
      <ActionForm action={openIncidentAction} guard label={t("new")}>
        <IncidentFields
          products={products.map(({ id, names }) => ({ id, name: names[locale] }))}
          owners={owners}
          incident={{ ownerId: ctx.actor.id, discoveredAt: ctx.now }}
        />
        <SubmitBar note={t("newBar")}>
          <ButtonLink href="/ops/incidents">{t("cancel")}</ButtonLink>
          <SubmitButton>{t("open")}</SubmitButton>
        </SubmitBar>
      </ActionForm>
    </>
  );
}
