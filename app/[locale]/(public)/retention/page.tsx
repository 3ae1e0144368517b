import { type Metadata } from "next";
import { getTranslations, setRequestLocale } from "next-intl/server";

import { ReadingPage } from "@/components/layout/reading-page";
import { RetentionTable } from "@/components/retention/retention-table";
import { Link } from "@/components/ui/link";
import { Section } from "@/components/ui/section";
import type { Locale } from "@/db/vocabulary/languages";
import { HOLD_REASONS } from "@/db/vocabulary/requests";
import { publicMetadata } from "@/server/public-metadata";

type Props = { params: Promise<{ locale: Locale }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params;
  const t = await getTranslations({ locale, namespace: "retention" });
  return publicMetadata({ locale, path: "/retention", title: t("title"), description: t("lead") });
}

/** What this portal holds about people, why, on what ground and how long (P57). */
export default async function RetentionPage({ params }: Props) {
  const { locale } = await params;
  setRequestLocale(locale);
  const [t, hold] = await Promise.all([
    getTranslations("retention"),
    getTranslations("requests.hold"),
  ]);
  return (
    <ReadingPage title={t("title")} lead={t("lead")} span="page">
      <RetentionTable />
      <Section title={t("holdsTitle")}>
        <p className="mb-2">{t("holdsLead")}</p>
        <ul className="list-disc space-y-1 pl-5">
          {HOLD_REASONS.map((one) => (
            <li key={one}>{hold(one)}</li>
          ))}
        </ul>
        <p className="mt-4">
          <Link href="/rights">{t("rights")}</Link>
        </p>
      </Section>
    </ReadingPage>
  );
}
