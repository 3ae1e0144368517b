import { type Metadata } from "next";
import { getTranslations, setRequestLocale } from "next-intl/server";

import { ReadingHead } from "@/components/layout/reading-head";
import { DocumentEntry } from "@/components/policies/document-entry";
import { EmptyState } from "@/components/ui/empty-state";
import type { Locale } from "@/db/vocabulary/languages";
import { readLibrary } from "@/domain/policies/library";
import { publicContext } from "@/server/public-context";
import { publicMetadata } from "@/server/public-metadata";

type Props = { params: Promise<{ locale: Locale }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params;
  const t = await getTranslations({ locale, namespace: "policies.library" });
  const words = { title: t("title"), description: t("description") };
  return publicMetadata({ locale, path: "/policies", ...words });
}

/** The library: every document, what is in force, what is ahead, and the archive (P02). */
export default async function LibraryPage({ params }: Props) {
  const { locale } = await params;
  setRequestLocale(locale);
  const [t, documents] = await Promise.all([
    getTranslations("policies.library"),
    readLibrary(await publicContext(), {}),
  ]);

  return (
    <div className="mx-auto max-w-200">
      <ReadingHead title={t("title")} lead={t("lead")} />
      {documents.length === 0 && <EmptyState title={t("empty")}>{t("emptyText")}</EmptyState>}
      <div className="border-ink border-t-2">
        {documents.map((document) => (
          <DocumentEntry key={document.id} document={document} />
        ))}
      </div>
    </div>
  );
}
