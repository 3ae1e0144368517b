import { type Metadata } from "next";
import { setRequestLocale } from "next-intl/server";

import type { Locale } from "@/db/vocabulary/languages";

import { VersionPage, versionMetadata } from "../_components/version-page";

type Props = { params: Promise<{ locale: Locale; slug: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale, slug } = await params;
  return versionMetadata({ slug, label: null, locale });
}

/** The version in force, or the newest before the first is. */
export default async function DocumentPage({ params }: Props) {
  const { locale, slug } = await params;
  setRequestLocale(locale);
  return <VersionPage slug={slug} label={null} locale={locale} />;
}
