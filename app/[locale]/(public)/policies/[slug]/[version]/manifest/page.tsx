import { type Metadata } from "next";
import { getTranslations, setRequestLocale } from "next-intl/server";

import { ReadingPage } from "@/components/layout/reading-page";
import { ListChanges } from "@/components/policies/list-changes";
import { ManifestTables } from "@/components/policies/manifest-tables";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { ButtonLink, Buttons } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import type { Locale } from "@/db/vocabulary/languages";
import { readManifest } from "@/domain/policies/read-manifest";
import { at, withLanguage } from "@/lib/addresses";
import { orNotFound } from "@/server/or-not-found";
import { publicContext } from "@/server/public-context";
import { publicMetadata } from "@/server/public-metadata";

type Props = { params: Promise<{ locale: Locale; slug: string; version: string }> };

const readList = async ({ locale, slug, version }: Awaited<Props["params"]>) =>
  orNotFound(readManifest(await publicContext(), { slug, label: version, locale }));

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale, slug, version } = await params;
  const { document } = await readList(await params);
  const t = await getTranslations({ locale, namespace: "policies.manifest" });
  const words = { title: document.titles[locale], label: version };
  return publicMetadata({
    locale,
    path: at("/policies/*/*/manifest", slug, version),
    title: t("pageTitle", words),
    description: t("description", words),
  });
}

/** What one version lists, for ever: personal information, permissions, and everybody else concerned. */
export default async function ManifestPage({ params }: Props) {
  const { locale, slug, version: label } = await params;
  setRequestLocale(locale);
  const { document, manifest, isBinding, changes, ...read } = await readList(await params);
  const [t, p] = [await getTranslations("policies.manifest"), await getTranslations("policies")];
  const here = at("/policies/*/*", slug, label);
  const languages = {
    wanted: p(`language.${locale}`),
    shown: p(`language.${read.locale}`),
    binding: p(`language.${document.bindingLocale}`),
  };
  return (
    <ReadingPage
      span="sheet"
      above={
        <Breadcrumb
          crumbs={[
            { label: document.titles[locale], href: at("/policies/*", slug) },
            { label: p("version", { label }), href: here },
            { label: t("title") },
          ]}
        />
      }
      title={t("title")}
      lead={manifest && t(manifest.source === "entered" ? "entered" : "fromText")}
    >
      {read.locale !== locale && manifest && (
        <p className="text-small text-ink-muted mb-3">{t("binding", languages)}</p>
      )}
      {read.locale === locale && !isBinding && (
        <p className="text-small text-ink-muted mb-3">{t("translation", languages)}</p>
      )}
      {manifest ? (
        <>
          <Buttons>
            <ButtonLink href={here}>{t("back", { label })}</ButtonLink>
            <a
              className="text-link text-ui underline"
              href={`/api/v1/policies/${slug}/versions/${label}/manifest?locale=${read.locale}`}
            >
              {t("json")}
            </a>
          </Buttons>
          <div className="mt-6">
            <ListChanges changes={changes} />
            <ManifestTables
              rows={manifest}
              lang={read.locale}
              csv={(part) =>
                withLanguage(
                  read.locale,
                  at("/policies/*/*/manifest/*", slug, label, `${part}.csv`),
                )
              }
            />
          </div>
        </>
      ) : (
        <EmptyState
          title={t("empty")}
          actions={<ButtonLink href={here}>{t("back", { label })}</ButtonLink>}
        >
          {t("emptyText")}
        </EmptyState>
      )}
    </ReadingPage>
  );
}
