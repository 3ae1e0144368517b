import { type Metadata } from "next";
import { getTranslations, setRequestLocale } from "next-intl/server";

import { AnnouncementList } from "@/components/broadcasts/announcement-list";
import { FeedLinks } from "@/components/broadcasts/feed-links";
import { SubscribeLink } from "@/components/broadcasts/subscribe-link";
import { ListSearch } from "@/components/form/list-search";
import { ReadingPage } from "@/components/layout/reading-page";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Pager } from "@/components/ui/pager";
import type { Locale } from "@/db/vocabulary/languages";
import { may } from "@/domain/access/permissions";
import { type Announcement, listAnnouncements } from "@/domain/broadcasts/announcements";
import { listOwnMessages } from "@/domain/inbox/about";
import { soughtWords } from "@/domain/words";
import { at, withLanguage } from "@/lib/addresses";
import { feedAddresses } from "@/server/feed";
import { publicContext } from "@/server/public-context";
import { publicMetadata } from "@/server/public-metadata";
import { visitorContext } from "@/server/session";
import { vendorName } from "@/server/vendor";

type Props = {
  params: Promise<{ locale: Locale }>;
  searchParams: Promise<{ page?: string; q?: string }>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params;
  const t = await getTranslations({ locale, namespace: "announcements" });
  const words = {
    title: t("title"),
    description: t("description", { vendor: vendorName(locale) }),
  };
  return publicMetadata({
    locale,
    path: "/announcements",
    types: feedAddresses(locale),
    ...words,
  });
}

/** What was told to every developer, for everybody to read (P39). */
export default async function AnnouncementsPage({ params, searchParams }: Props) {
  const [{ locale }, search] = [await params, await searchParams];
  setRequestLocale(locale);
  const t = await getTranslations("announcements");
  const q = soughtWords.parse(search.q);
  const { rows, previous, next } = await listAnnouncements(await publicContext(), {
    ...{ q, page: search.page },
  });

  return (
    <ReadingPage title={t("title")} lead={t("lead")}>
      {(q || rows.length > 0) && (
        <ListSearch
          action={withLanguage(locale, "/announcements")}
          id="announcement-search"
          name="q"
          value={q}
          maxLength={80}
          words={{
            label: t("search.label"),
            hint: t("search.hint"),
            find: t("search.find"),
            clear: t("search.clear"),
          }}
          clearHref="/announcements"
        />
      )}
      {q && rows.length === 0 ? (
        <EmptyState title={t("search.none", { words: q })}>{t("search.noneText")}</EmptyState>
      ) : rows.length > 0 ? (
        <AnnouncementList announcements={rows} messages={await ownMessages(rows)} />
      ) : (
        <EmptyState
          title={t("empty")}
          actions={<ButtonLink href="/policies">{t("readPolicies")}</ButtonLink>}
        >
          {t("emptyText")}
        </EmptyState>
      )}
      <Pager href={at("/announcements", { q })} previous={previous} next={next} />
      <SubscribeLink href={at("/subscriptions", { announcements: "yes" })} what="announcements" />
      <FeedLinks addresses={feedAddresses(locale)} />
    </ReadingPage>
  );
}

/** What was sent to the reader too; nothing is read for who is not signed in. */
async function ownMessages(rows: readonly Announcement[]) {
  const ctx = await visitorContext();
  if (!may(ctx.actor, "inbox.readOwn")) return new Map<string, string>();
  return listOwnMessages(ctx, { broadcastIds: rows.map(({ id }) => id) });
}
