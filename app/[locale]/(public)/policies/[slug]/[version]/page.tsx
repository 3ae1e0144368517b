import { type Metadata } from "next";
import { setRequestLocale } from "next-intl/server";

import {
  VersionPage,
  versionMetadata,
} from "@/app/[locale]/(public)/policies/_components/version-page";
import type { Locale } from "@/db/vocabulary/languages";

type Props = { params: Promise<{ locale: Locale; slug: string; version: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale, slug, version } = await params;
  return versionMetadata({ slug, label: version, locale });
}

/** One published version, for ever (P02). */
export default async function VersionByLabelPage({ params }: Props) {
  const { locale, slug, version } = await params;
  setRequestLocale(locale);
  return <VersionPage slug={slug} label={version} locale={locale} />;
}
