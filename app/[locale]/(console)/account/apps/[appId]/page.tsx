import { getLocale, getTranslations } from "next-intl/server";

import { AppClosing, OwnAppFields } from "@/components/accounts/app-fields";
import { ActionForm } from "@/components/form/action-form";
import { Banner } from "@/components/ui/banner";
import { PageHead } from "@/components/ui/page-head";
import { findOwnApp } from "@/domain/accounts/own-apps";
import { formatDate } from "@/lib/format";
import { orNotFound } from "@/server/or-not-found";
import { requireContext } from "@/server/session";

import { closeOwnAppAction, saveOwnAppAction } from "../actions";

type Props = { params: Promise<{ appId: string }> };

export async function generateMetadata() {
  const t = await getTranslations("accounts.appForm");
  return { title: t("edit") };
}

/** An app of one's own account, for its owners to keep right. */
export default async function OwnAppPage({ params }: Props) {
  const ctx = await requireContext("app.manageOwn");
  const { account, app } = await orNotFound(findOwnApp(ctx, await params));
  const [t, locale] = await Promise.all([getTranslations("accounts"), getLocale()]);
  return (
    <>
      <PageHead
        title={t("appForm.edit")}
        note={`${app.name} · SDKAppID ${app.sdkAppId} · ${app.productNames[locale]} · ${account.name}`}
        crumbs={[{ label: t("own.title"), href: "/account" }, { label: app.name }]}
      />
      {app.closedAt && (
        <div className="max-w-form mb-6">
          <Banner>{t("appForm.closed", { date: formatDate(app.closedAt, locale) })}</Banner>
        </div>
      )}
      <ActionForm action={saveOwnAppAction} guard className="max-w-form">
        <OwnAppFields app={app} />
      </ActionForm>
      {!app.closedAt && <AppClosing app={app} action={closeOwnAppAction} />}
    </>
  );
}
