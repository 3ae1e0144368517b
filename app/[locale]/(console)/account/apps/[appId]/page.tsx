import { getLocale, getTranslations } from "next-intl/server";

import { AppClosing, OwnAppFields } from "@/components/accounts/app-fields";
import { ActionForm } from "@/components/form/action-form";
import { Banner } from "@/components/ui/banner";
import { PageHead } from "@/components/ui/page-head";
import { SDK_VERSION } from "@/domain/accounts/input";
import { type AccountApp } from "@/domain/accounts/list-apps";
import { findOwnApp } from "@/domain/accounts/own-apps";
import { formatDate } from "@/lib/format";
import { orNotFound } from "@/server/or-not-found";
import { requireContext } from "@/server/session";

import { closeOwnAppAction, saveOwnAppAction } from "../actions";

type Query = { version?: string | string[]; platforms?: string | string[] };
type Props = { params: Promise<{ appId: string }>; searchParams: Promise<Query> };

/** What an advice named, for the platforms in use that it concerned; anything else names nothing. */
function proposedIn({ version, platforms }: Query, app: AccountApp) {
  if (typeof version !== "string" || !SDK_VERSION.test(version)) return {};
  const wanted = typeof platforms === "string" ? platforms.split(" ") : [];
  const used = app.platforms.filter(({ platform }) => wanted.includes(platform));
  return Object.fromEntries(used.map(({ platform }) => [platform, version]));
}

export async function generateMetadata() {
  const t = await getTranslations("accounts.appForm");
  return { title: t("edit") };
}

/** An app of one's own account, for its owners to keep right. */
export default async function OwnAppPage({ params, searchParams }: Props) {
  const ctx = await requireContext("app.manageOwn");
  const { account, app } = await orNotFound(findOwnApp(ctx, await params));
  const proposed = proposedIn(await searchParams, app);
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
      {Object.keys(proposed).length > 0 && (
        <div className="max-w-form mb-6">
          <Banner>{t("own.proposedVersion", { version: Object.values(proposed)[0] ?? "" })}</Banner>
        </div>
      )}
      <ActionForm action={saveOwnAppAction} guard className="max-w-form">
        <OwnAppFields app={app} proposed={proposed} />
      </ActionForm>
      {!app.closedAt && <AppClosing app={app} action={closeOwnAppAction} />}
    </>
  );
}
