import { getLocale, getTranslations } from "next-intl/server";

import { Chip } from "@/components/ui/chip";
import { EmptyState } from "@/components/ui/empty-state";
import { Link } from "@/components/ui/link";
import { PageHead } from "@/components/ui/page-head";
import { CellNote, Table } from "@/components/ui/table";
import { formatTableDateTime, timeLeft } from "@/lib/format";
import { listReviews } from "@/domain/policies/list-reviews";
import { requireContext } from "@/server/session";

export async function generateMetadata() {
  const t = await getTranslations("policies.ops.reviews");
  return { title: t("title") };
}

/** The queue: the longest waiting first. */
export default async function ReviewsPage() {
  const ctx = await requireContext("policy.readDrafts");
  const [t, locale, reviews] = await Promise.all([
    getTranslations("policies.ops.reviews"),
    getLocale(),
    listReviews(ctx, {}),
  ]);

  return (
    <>
      <PageHead title={t("title")} note={t("lead")} />
      <Table
        caption={t("title")}
        rows={reviews}
        rowKey={({ id }) => id}
        empty={<EmptyState title={t("empty")}>{t("emptyText")}</EmptyState>}
        columns={[
          {
            header: t("version"),
            rowHeader: true,
            cell: ({ id, documentId, titles, label, isMajor }) => (
              <>
                <Link href={`/ops/policies/${documentId}/${id}/review`} tone="main">
                  {t("named", { title: titles[locale], label })}
                </Link>{" "}
                {isMajor && <Chip>{t("major")}</Chip>}
              </>
            ),
          },
          {
            header: t("author"),
            cell: ({ authorName, writerIds }) => (
              <>
                {authorName}
                {writerIds.includes(ctx.actor.id) && <CellNote>{t("own")}</CellNote>}
              </>
            ),
          },
          {
            header: t("waiting"),
            nowrap: true,
            cell: ({ submittedAt }) =>
              submittedAt && (
                <>
                  {t("age", ageOf(submittedAt, ctx.now))}
                  <CellNote>{formatTableDateTime(submittedAt)}</CellNote>
                </>
              ),
          },
          {
            header: t("effective"),
            nowrap: true,
            cell: ({ effectiveDate }) => effectiveDate,
          },
        ]}
      />
    </>
  );
}

/** How long it has been waiting: the time left to now, seen from then. */
function ageOf(since: Date, now: Date) {
  const { unit, count } = timeLeft(now, since);
  return { unit, count };
}
