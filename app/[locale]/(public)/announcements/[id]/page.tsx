import { type Metadata } from "next";
import { getTranslations, setRequestLocale } from "next-intl/server";

import { ReadAbout } from "@/app/[locale]/_inbox/read-about";
import { BroadcastBody } from "@/components/broadcasts/broadcast-body";
import { FollowBanner } from "@/components/broadcasts/follow-banner";
import { WithdrawnBanner } from "@/components/broadcasts/withdrawal-body";
import { ReadingPage } from "@/components/layout/reading-page";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { Time } from "@/components/ui/time";
import type { Locale } from "@/db/vocabulary/languages";
import { findAnnouncement } from "@/domain/broadcasts/find-announcement";
import { at } from "@/lib/addresses";
import { orNotFound } from "@/server/or-not-found";
import { publicContext } from "@/server/public-context";
import { publicMetadata } from "@/server/public-metadata";
import { visitorContext } from "@/server/session";
import { vendorName } from "@/server/vendor";
import { noticeKind, noticeTitle } from "@/wording/notice-line";

type Props = { params: Promise<{ locale: Locale; id: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale, id } = await params;
  const { told } = await readAnnouncement(id);
  const t = await getTranslations({ locale, namespace: "announcements" });
  const title = noticeTitle(told, locale);
  return publicMetadata({
    locale,
    path: at("/announcements/*", id),
    title,
    description: t("announcementDescription", { vendor: vendorName(locale), title }),
  });
}

/** One announcement: the same sentences every developer got by mail and in-site message (P39). */
export default async function AnnouncementPage({ params }: Props) {
  const { locale, id } = await params;
  setRequestLocale(locale);
  const t = await getTranslations("announcements");
  const announcement = await readAnnouncement(id);
  const { told, startedAt, subjectId, withdrawnAt, withdrawalId, following } = announcement;
  const followed = told.kind === "announcement" ? told.facts.follows?.announcementId : null;

  return (
    <ReadingPage
      as="article"
      above={
        <Breadcrumb
          crumbs={[
            { label: t("title"), href: "/announcements" },
            { label: noticeKind(told, locale) },
          ]}
        />
      }
      title={noticeTitle(told, locale)}
      lead={
        <span className="text-ui text-ink-muted">
          {t.rich("publishedAt", { date: () => <Time at={startedAt} /> })}
        </span>
      }
    >
      {withdrawnAt && (
        <WithdrawnBanner
          at={withdrawnAt}
          href={withdrawalId ? at("/announcements/*", withdrawalId) : null}
        />
      )}
      <FollowBanner
        following={following.map(({ announcementId, ...one }) => ({
          ...one,
          href: at("/announcements/*", announcementId),
        }))}
      />
      <BroadcastBody told={told} original={followed ? at("/announcements/*", followed) : null} />
      <ReadAbout ctx={await visitorContext()} subjectIds={[subjectId]} />
    </ReadingPage>
  );
}

/** One announcement. */
const readAnnouncement = async (id: string) =>
  orNotFound(findAnnouncement(await publicContext(), { id }));
