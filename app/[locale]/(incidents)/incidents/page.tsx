import { type Metadata } from "next";
import { useTranslations } from "next-intl";
import { getTranslations, setRequestLocale } from "next-intl/server";

import { FeedLinks } from "@/components/broadcasts/feed-links";
import { IncidentFilter } from "@/components/incidents/incident-filter";
import { IncidentMonths, IncidentYears } from "@/components/incidents/incident-list";
import { ReadingPage } from "@/components/layout/reading-page";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Pager } from "@/components/ui/pager";
import type { Locale } from "@/db/vocabulary/languages";
import { countPublicIncidents } from "@/domain/incidents/count-months";
import { publishedFilter } from "@/domain/incidents/input";
import { listPublishedIncidents } from "@/domain/incidents/list-published";
import { at } from "@/lib/addresses";
import { feedAddresses } from "@/server/feed";
import { publicMetadata } from "@/server/public-metadata";
import { visitorContext } from "@/server/session";
import { vendorName } from "@/server/vendor";

type Props = {
  params: Promise<{ locale: Locale }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params;
  const t = await getTranslations({ locale, namespace: "incidents" });
  const words = {
    title: t("title"),
    description: t("description", { vendor: vendorName(locale) }),
  };
  return publicMetadata({ locale, path: "/incidents", types: feedAddresses(locale), ...words });
}

/** The incidents that this reader may know of: the public ones, and those they were told of. */
export default async function IncidentsPage({ params, searchParams }: Props) {
  const { locale } = await params;
  setRequestLocale(locale);
  const t = await getTranslations("incidents");
  const { page, ...filter } = publishedFilter.parse(await searchParams);
  const ctx = await visitorContext();
  const { rows, previous, next, products } = await listPublishedIncidents(ctx, { ...filter, page });
  const isFiltered = Object.values(filter).some(Boolean);
  const isOwn = rows.some(({ visibility }) => visibility !== "public");

  return (
    <ReadingPage title={t("title")} lead={t("lead")}>
      {!isFiltered && !page && <IncidentMonths months={await countPublicIncidents(ctx, {})} />}
      {products.length > 0 && (
        <IncidentFilter filter={filter} products={products} isFiltered={isFiltered} />
      )}
      {isOwn && <p className="text-small text-ink-muted mb-6">{t("leadOwn")}</p>}
      {rows.length > 0 ? (
        <IncidentYears incidents={rows} />
      ) : (
        <NoIncidents isFiltered={isFiltered} />
      )}
      <Pager href={at("/incidents", filter)} previous={previous} next={next} />
      <FeedLinks addresses={feedAddresses(locale)} />
    </ReadingPage>
  );
}

function NoIncidents({ isFiltered }: { isFiltered: boolean }) {
  const t = useTranslations("incidents.list");
  const back = <ButtonLink href="/incidents">{t("clear")}</ButtonLink>;
  if (isFiltered)
    return (
      <EmptyState title={t("emptyFiltered")} actions={back}>
        {t("emptyFilteredText")}
      </EmptyState>
    );
  return <EmptyState title={t("empty")}>{t("emptyText")}</EmptyState>;
}
