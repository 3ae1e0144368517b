import { getLocale, getTranslations } from "next-intl/server";

import { noticeAddressOf } from "@/app/[locale]/(ops)/ops/_notices/address";
import { Marks } from "@/components/broadcasts/broadcast-status";
import { NoticeStatus } from "@/components/incidents/incident-status";
import { EmptyState } from "@/components/ui/empty-state";
import { Link } from "@/components/ui/link";
import { PageHead } from "@/components/ui/page-head";
import { Pager } from "@/components/ui/pager";
import { CellNote, Table } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { may } from "@/domain/access/permissions";
import { type AnnouncementRow, listAnnouncementNotices } from "@/domain/incidents/list-notices";
import { at } from "@/lib/addresses";
import { localized } from "@/lib/localized";
import { requireContext } from "@/server/session";
import { plannedText } from "@/wording/planned-moment";

import { SuccessBanner } from "../_components/success-banner";
import { StartAnnouncement } from "./_components/start-announcement";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata() {
  const t = await getTranslations("incidents.desk.announcements");
  return { title: t("title") };
}

/** Every announcement, drafts too, the newest first, and the way to the next. */
export default async function OpsAnnouncementsPage({ searchParams }: Props) {
  const ctx = await requireContext("notice.readDrafts");
  const { page, done } = await searchParams;
  const { rows, previous, next } = await listAnnouncementNotices(ctx, {
    page: typeof page === "string" ? page : undefined,
  });
  const t = await getTranslations("incidents.desk.announcements");

  return (
    <>
      <PageHead title={t("title")} note={t("lead")} />
      <SuccessBanner what={done} />
      {may(ctx.actor, "notice.draft") && <StartAnnouncement ctx={ctx} />}
      <AnnouncementTable rows={rows} />
      <Pager href="/ops/announcements" previous={previous} next={next} />
    </>
  );
}

async function AnnouncementTable({ rows }: { rows: readonly AnnouncementRow[] }) {
  const [t, visibility, untitled, kinds, locale] = await Promise.all([
    getTranslations("incidents.desk.announcements"),
    getTranslations("incidents.desk.visibility"),
    getTranslations("incidents.desk.timeline"),
    getTranslations("notices.follow.kind"),
    getLocale(),
  ]);
  return (
    <Table
      caption={t("title")}
      rows={rows}
      rowKey={({ id }) => id}
      empty={<EmptyState title={t("empty")}>{t("emptyText")}</EmptyState>}
      columns={[
        {
          header: t("announcement"),
          rowHeader: true,
          cell: ({ id, parts, product, followKind }) => {
            const title = localized(parts.title, locale);
            return (
              <>
                <Link href={noticeAddressOf({ id, incidentNumber: null })} tone="main">
                  <span lang={title.locale === locale ? undefined : title.locale}>
                    {title.text || untitled("untitled")}
                  </span>
                </Link>
                <CellNote>
                  {followKind ? `${kinds(followKind)} · ${product[locale]}` : product[locale]}
                </CellNote>
              </>
            );
          },
        },
        {
          header: t("status"),
          cell: ({
            status,
            visibility: seenBy,
            goesOutAt,
            goesOutZone,
            withdrawnAt,
            following,
          }) => (
            <>
              <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
                <NoticeStatus status={status} />
                <Marks withdrawnAt={withdrawnAt} following={following} />
              </span>
              {status === "scheduled" && goesOutAt && (
                <CellNote>
                  {t("goesOut", { at: plannedText(goesOutAt, goesOutZone, locale) })}
                </CellNote>
              )}
              <CellNote>{visibility(seenBy)}</CellNote>
            </>
          ),
        },
        { header: t("author"), cell: ({ authorName }) => authorName },
        {
          header: t("at"),
          nowrap: true,
          cell: ({ publishedAt, updatedAt }) => <Time at={publishedAt ?? updatedAt} form="table" />,
        },
        {
          header: t("told"),
          cell: ({ broadcastId, notifies, status }) => {
            if (broadcastId)
              return <Link href={at("/ops/broadcasts/*", broadcastId)}>{t("board")}</Link>;
            if (!notifies) return t("silent");
            if (status === "scheduled") return t("onceOut");
            return t(status === "published" ? "silent" : "notYet");
          },
        },
      ]}
    />
  );
}
