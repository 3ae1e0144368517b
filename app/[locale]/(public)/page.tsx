import { type Metadata } from "next";
import { getTranslations, setRequestLocale } from "next-intl/server";

import { AnnouncementList } from "@/components/broadcasts/announcement-list";
import { IncidentList } from "@/components/incidents/incident-list";
import { ReadingPage } from "@/components/layout/reading-page";
import { Link } from "@/components/ui/link";
import { Section } from "@/components/ui/section";
import type { Locale } from "@/db/vocabulary/languages";
import { listAnnouncements } from "@/domain/broadcasts/announcements";
import { listPublishedIncidents } from "@/domain/incidents/list-published";
import { readLibrary } from "@/domain/policies/library";
import { listUpcomingChanges } from "@/domain/policies/list-upcoming-changes";
import { publicContext } from "@/server/public-context";
import { publicMetadata } from "@/server/public-metadata";
import { contactMail, vendorName } from "@/server/vendor";

import { PoliciesInForce } from "./_components/policies-in-force";
import { TwoDoors } from "./_components/two-doors";
import { UpcomingChanges } from "./_components/upcoming-changes";

/** How many incidents and announcements the front page shows. */
const LATEST = 3;

type Props = { params: Promise<{ locale: Locale }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params;
  const t = await getTranslations({ locale, namespace: "home.public" });
  const words = {
    title: t("title"),
    description: t("description", { vendor: vendorName(locale) }),
  };
  return publicMetadata({ locale, path: "/", ...words });
}

/** The front page: what is ahead, what binds today, what was told, and a door for each reader. */
export default async function FrontPage({ params }: Props) {
  const { locale } = await params;
  setRequestLocale(locale);
  const ctx = await publicContext();
  const [t, upcoming, { rows: documents }, { rows: announcements }, { rows: incidents }] =
    await Promise.all([
      getTranslations("home.public"),
      listUpcomingChanges(ctx, {}),
      readLibrary(ctx, {}),
      listAnnouncements(ctx, {}),
      listPublishedIncidents(ctx, { limit: LATEST }),
    ]);
  const vendor = vendorName(locale);

  return (
    <ReadingPage
      title={t("title")}
      lead={t("lead", { vendor })}
      aside={
        announcements.length > 0 && (
          <Section
            title={t("announcements")}
            more={<Link href="/announcements">{t("allAnnouncements")}</Link>}
          >
            <AnnouncementList announcements={announcements.slice(0, LATEST)} />
          </Section>
        )
      }
    >
      <UpcomingChanges changes={upcoming} />
      <TwoDoors vendor={vendor} contact={await contactMail()} />
      {incidents.length > 0 && (
        <Section title={t("incidents")} more={<Link href="/incidents">{t("allIncidents")}</Link>}>
          <IncidentList incidents={incidents} />
        </Section>
      )}
      <Section title={t("inForce")} more={<Link href="/policies">{t("all")}</Link>}>
        <PoliciesInForce documents={documents} />
      </Section>
    </ReadingPage>
  );
}
