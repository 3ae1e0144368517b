import { type Metadata } from "next";
import { getTranslations, setRequestLocale } from "next-intl/server";

import { Comparing } from "@/app/[locale]/(public)/policies/_components/comparing";
import { readComparison } from "@/app/[locale]/(public)/policies/_reads/comparison";
import { readPublicVersion } from "@/app/[locale]/(public)/policies/_reads/version";
import { readDiffOptions } from "@/components/policies/diff-options";
import type { Locale } from "@/db/vocabulary/languages";
import { at } from "@/lib/addresses";
import { publicMetadata } from "@/server/public-metadata";
import { redirectTo } from "@/server/redirect";

type Search = { since?: string; to?: string; layout?: string; view?: string; part?: string };
type Props = {
  params: Promise<{ locale: Locale; slug: string; version: string }>;
  searchParams: Promise<Search>;
};

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const [{ locale, slug, version }, { since }] = [await params, await searchParams];
  const { document, previousLabel } = await readPublicVersion(slug, version, locale);
  const before = since ?? previousLabel;
  const t = await getTranslations({ locale, namespace: "policies.compare" });
  const words = { title: document.titles[locale], after: version, before: before ?? "" };
  return publicMetadata({
    locale,
    path: at("/policies/*/*/changes", slug, version, { since }),
    title: before ? t("title", words) : t("plainTitle", words),
    description: before ? t("description", words) : t("plainTitle", words),
  });
}

/** What changed between two versions; without `since`, from the version before. */
export default async function ChangesPage({ params, searchParams }: Props) {
  const [{ locale, slug, version }, search] = [await params, await searchParams];
  setRequestLocale(locale);
  // The form can only add to the query; the version it chose belongs into the path.
  if (search.to && search.to !== version) {
    const { to, ...query } = search;
    return redirectTo(at("/policies/*/*/changes", slug, to, query));
  }
  const comparing = await readComparison({
    slug,
    label: version,
    since: search.since ?? null,
    locale,
  });
  return <Comparing {...comparing} options={readDiffOptions(search)} />;
}
