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

type Props = { searchParams: Promise<{ rehearsal?: string | string[] }> };

export async function generateMetadata({ searchParams }: Props) {
  const { rehearsal } = await searchParams;
  const t = await getTranslations("incidents.desk.incidentForm");
  return { title: t(rehearsal ? "newRehearsal" : "new") };
}

/** Opens an incident with what is known of it now, or a rehearsal of one. */
export default async function NewIncidentPage({ searchParams }: Props) {
  const isRehearsal = Boolean((await searchParams).rehearsal);
  const ctx = await requireContext("incident.manage");
  const [t, incidents, locale, products, owners] = await Promise.all([
    getTranslations("incidents.desk.incidentForm"),
    getTranslations("incidents.desk.incidents"),
    getLocale(),
    listProducts(ctx, {}),
    listOwners(ctx, {}),
  ]);
  const title = t(isRehearsal ? "newRehearsal" : "new");
  const crumbs: Crumb[] = [{ label: incidents("title"), href: "/ops/incidents" }, { label: title }];
  if (products.length === 0)
    return (
      <>
        <PageHead title={title} crumbs={crumbs} />
        <EmptyState title={t("noProduct")}>{t("noProductText")}</EmptyState>
      </>
    );

  return (
    <>
      <PageHead
        title={title}
        note={t(isRehearsal ? "newRehearsalNote" : "newNote")}
        crumbs={crumbs}
      />
      <ActionForm action={openIncidentAction} guard label={title}>
        {isRehearsal && <input type="hidden" name="isRehearsal" value="yes" />}
        <IncidentFields
          products={products.map(({ id, names }) => ({ id, name: names[locale] }))}
          owners={owners}
          incident={{ ownerId: ctx.actor.id, discoveredAt: ctx.now, isRehearsal }}
        />
        <SubmitBar note={t("newBar")}>
          <ButtonLink href="/ops/incidents">{t("cancel")}</ButtonLink>
          <SubmitButton>{t(isRehearsal ? "openRehearsal" : "open")}</SubmitButton>
        </SubmitBar>
      </ActionForm>
    </>
  );
}
