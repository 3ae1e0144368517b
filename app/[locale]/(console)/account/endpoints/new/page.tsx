import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";

import { EndpointFields } from "@/components/endpoints/endpoint-fields";
import { ActionForm } from "@/components/form/action-form";
import { PageHead } from "@/components/ui/page-head";
import { listOwnEndpoints } from "@/domain/endpoints/list";
import { at } from "@/lib/addresses";
import { orNotFound } from "@/server/or-not-found";
import { requireContext } from "@/server/session";

import { addEndpointAction } from "../actions";

type Props = { searchParams: Promise<{ account?: string }> };

export async function generateMetadata() {
  const t = await getTranslations("endpoints.form");
  return { title: t("title") };
}

/** Names one more endpoint; who may only look finds nothing here. */
export default async function NewEndpointPage({ searchParams }: Props) {
  const ctx = await requireContext("endpoint.manageOwn");
  const { account: asked } = await searchParams;
  const accountId = asked ?? ctx.actor.memberships[0]?.accountId ?? "";
  const { account, canManage } = await orNotFound(listOwnEndpoints(ctx, { accountId }));
  if (!canManage) notFound();
  const t = await getTranslations("endpoints");
  return (
    <>
      <PageHead
        title={t("form.title")}
        note={t("of", { account: account.name, uin: account.uin })}
        crumbs={[
          { label: t("title"), href: at("/account/endpoints", { account: account.id }) },
          { label: t("form.title") },
        ]}
      />
      <ActionForm action={addEndpointAction} guard className="max-w-form">
        <EndpointFields accountId={account.id} />
      </ActionForm>
    </>
  );
}
