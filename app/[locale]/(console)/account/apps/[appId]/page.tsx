import { useLocale, useTranslations } from "next-intl";
import { getLocale, getTranslations } from "next-intl/server";

import { AppDeclarations, DeclarationForm } from "@/components/accounts/app-declarations";
import { SyncedNote } from "@/components/accounts/account-fields";
import { AppClosing, OwnAppFields } from "@/components/accounts/app-fields";
import { AppFacts, SeenVersions } from "@/components/accounts/app-table";
import { GatherLink } from "@/components/audit/gather-evidence";
import { ActionForm } from "@/components/form/action-form";
import { Banner } from "@/components/ui/banner";
import { buttonClass, Buttons } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import { PageHead } from "@/components/ui/page-head";
import { Section } from "@/components/ui/section";
import type { Locale } from "@/db/vocabulary/languages";
import { SDK_VERSION } from "@/domain/accounts/input";
import { type AccountApp } from "@/domain/accounts/list-apps";
import { findOwnApp } from "@/domain/accounts/own-apps";
import type { Context } from "@/domain/context";
import { NotFound } from "@/domain/errors";
import { type PolicyKit, readPolicyKit } from "@/domain/policies/policy-kit";
import { at, withLanguage } from "@/lib/addresses";
import { formatDate } from "@/lib/format";
import { orNotFound } from "@/server/or-not-found";
import { requireContext } from "@/server/session";

import { closeOwnAppAction, declareAction, saveOwnAppAction } from "../actions";

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

/** An app of one's own account with what was declared of it: its owners keep both right, the others see them. */
export default async function OwnAppPage({ params, searchParams }: Props) {
  const ctx = await requireContext("account.readOwn");
  const found = await orNotFound(findOwnApp(ctx, await params));
  const { account, app, isOwner, history, undeclaredOthers } = found;
  const proposed = isOwner ? proposedIn(await searchParams, app) : {};
  const [t, duties, evidence, locale] = await Promise.all([
    getTranslations("accounts"),
    getTranslations("policies.duties"),
    getTranslations("verify.gathered"),
    getLocale(),
  ]);
  return (
    <>
      <PageHead
        title={isOwner ? t("appForm.edit") : app.name}
        note={`${isOwner ? `${app.name} · ` : ""}SDKAppID ${app.sdkAppId} · ${app.productNames[locale]} · ${account.name}`}
        crumbs={[{ label: t("own.title"), href: "/account" }, { label: app.name }]}
      />
      <Standing app={app} proposed={Object.values(proposed)[0]} />
      {isOwner ? (
        <>
          <SyncedNote account={account} of="apps" />
          <ActionForm action={saveOwnAppAction} guard className="max-w-form">
            <OwnAppFields app={app} proposed={proposed} />
          </ActionForm>
          <SeenVersions app={app} />
          <DeclarationForm action={declareAction} {...{ app, history, undeclaredOthers }} />
        </>
      ) : (
        <>
          <AppFacts app={app} />
          <SeenVersions app={app} />
          <AppDeclarations app={app} history={history} />
        </>
      )}
      <Section title={duties("title")} note={duties("openText")}>
        <Link href={at("/account/apps/*/duties", app.id)}>{duties("open")}</Link>
      </Section>
      <KitFiles appId={app.id} kit={await kitOf(ctx, app.id, locale)} />
      <Section title={evidence("title")}>
        <p className="print:hidden">
          <GatherLink scope="app" id={app.id} />
        </p>
      </Section>
      {isOwner && !app.closedAt && <AppClosing app={app} action={closeOwnAppAction} />}
    </>
  );
}

/** Null where the product has no guide in force that lists anything. */
async function kitOf(ctx: Context, appId: string, locale: Locale) {
  try {
    return await readPolicyKit(ctx, { appId, locale });
  } catch (error) {
    if (error instanceof NotFound) return null;
    throw error;
  }
}

const KIT_FILES = [
  ["clause.md", "clause_md"],
  ["clause.html", "clause_html"],
  ["table.csv", "table_csv"],
  ["data-safety.csv", "data_safety_csv"],
  ["privacy-manifest.xml", "privacy_manifest_xml"],
] as const;

/** What the app's own policy has to say of the product, as files (P40). */
function KitFiles({ appId, kit }: { appId: string; kit: PolicyKit | null }) {
  const t = useTranslations("policies.kit");
  const locale = useLocale();
  return (
    <Section
      id="policy-kit"
      title={t("title")}
      note={kit ? t("lead", { title: kit.title, label: kit.label }) : t("none")}
    >
      {kit && (
        <Buttons>
          {KIT_FILES.map(([file, key]) => (
            <a
              key={file}
              href={withLanguage(locale, at("/account/apps/*/policy-kit/*", appId, file))}
              download
              className={buttonClass()}
            >
              {t(`files.${key}`)}
            </a>
          ))}
        </Buttons>
      )}
    </Section>
  );
}

/** That it is closed; that an advice has filled in a version. */
function Standing({ app, proposed }: { app: AccountApp; proposed: string | undefined }) {
  const t = useTranslations("accounts");
  const locale = useLocale();
  return (
    <div className="max-w-form mb-6 grid gap-2 empty:hidden">
      {app.closedAt && (
        <Banner>{t("appForm.closed", { date: formatDate(app.closedAt, locale) })}</Banner>
      )}
      {proposed && <Banner>{t("own.proposedVersion", { version: proposed })}</Banner>}
    </div>
  );
}
