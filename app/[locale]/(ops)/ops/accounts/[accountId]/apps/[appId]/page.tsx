import { getLocale, getTranslations } from "next-intl/server";

import { SyncedNote } from "@/components/accounts/account-fields";
import { AppDeclarations } from "@/components/accounts/app-declarations";
import { AppClosing, AppFields } from "@/components/accounts/app-fields";
import { AppFacts, SeenVersions } from "@/components/accounts/app-table";
import { accountCrumbs } from "@/components/accounts/crumbs";
import { GatherLink } from "@/components/audit/gather-evidence";
import { ActionForm } from "@/components/form/action-form";
import { Banner } from "@/components/ui/banner";
import { PageHead } from "@/components/ui/page-head";
import { may } from "@/domain/access/permissions";
import { findApp } from "@/domain/accounts/list-apps";
import { listProducts } from "@/domain/accounts/list-products";
import { formatDate } from "@/lib/format";
import { orNotFound } from "@/server/or-not-found";
import { requireContext } from "@/server/session";

import { closeAppAction, saveAppAction } from "../actions";

type Props = { params: Promise<{ accountId: string; appId: string }> };

export async function generateMetadata() {
  const t = await getTranslations("accounts.appForm");
  return { title: t("edit") };
}

export default async function AppPage({ params }: Props) {
  const ctx = await requireContext("account.read");
  const { account, app, history } = await orNotFound(findApp(ctx, await params));
  const canManage = may(ctx.actor, "account.manage");
  const [t, locale, products] = await Promise.all([
    getTranslations("accounts"),
    getLocale(),
    listProducts(ctx, {}),
  ]);

  return (
    <>
      <PageHead
        title={canManage ? t("appForm.edit") : app.name}
        note={`${canManage ? `${app.name} · ` : ""}SDKAppID ${app.sdkAppId}`}
        crumbs={accountCrumbs(t("title"), { account, here: app.name })}
      />
      {app.closedAt && (
        <div className="max-w-form mb-6">
          <Banner>{t("appForm.closed", { date: formatDate(app.closedAt, locale) })}</Banner>
        </div>
      )}
      {canManage ? (
        <>
          <SyncedNote account={account} of="apps" />
          <ActionForm action={saveAppAction} guard className="max-w-form">
            <AppFields accountId={account.id} products={products} app={app} />
          </ActionForm>
        </>
      ) : (
        <AppFacts app={app} />
      )}
      <SeenVersions app={app} />
      <AppDeclarations app={app} history={history} />
      {may(ctx.actor, "audit.read") && (
        <p className="mt-6 print:hidden">
          <GatherLink scope="app" id={app.id} />
        </p>
      )}
      {canManage && !app.closedAt && <AppClosing app={app} action={closeAppAction} />}
    </>
  );
}
