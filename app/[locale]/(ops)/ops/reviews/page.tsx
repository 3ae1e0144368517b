import { getLocale, getTranslations } from "next-intl/server";

import { WeightChip } from "@/components/reviews/review-status";
import { EmptyState } from "@/components/ui/empty-state";
import { Link } from "@/components/ui/link";
import { PageHead } from "@/components/ui/page-head";
import { Pager } from "@/components/ui/pager";
import { CellNote, Table } from "@/components/ui/table";
import { formatTableDateTime, timeLeft } from "@/lib/format";
import { requireContext } from "@/server/session";

import { SuccessBanner } from "../_components/success-banner";
import { readWaitingReviews } from "./_reads/waiting";

type Props = { searchParams: Promise<{ done?: string | string[]; page?: string }> };

export async function generateMetadata() {
  const t = await getTranslations("policies.ops.reviews");
  return { title: t("title") };
}

/** The queue of everything a second person decides, versions and notices: what has a limit first, then the longest waiting. */
export default async function ReviewsPage({ searchParams }: Props) {
  const ctx = await requireContext("policy.readDrafts");
  const [t, locale, { done, page }] = await Promise.all([
    getTranslations("policies.ops.reviews"),
    getLocale(),
    searchParams,
  ]);
  const waiting = await readWaitingReviews({ ctx, locale }, { page });

  return (
    <>
      <PageHead title={t("title")} note={t("lead")} />
      <SuccessBanner what={done} />
      <Table
        caption={t("title")}
        rows={waiting.rows}
        rowKey={({ id }) => id}
        empty={<EmptyState title={t("empty")}>{t("emptyText")}</EmptyState>}
        columns={[
          {
            header: t("what"),
            rowHeader: true,
            cell: ({ href, title, lang, isUrgent, mark }) => (
              <>
                <Link href={href} tone="main">
                  <span lang={lang}>{title}</span>
                </Link>{" "}
                {mark && <WeightChip isUrgent={isUrgent}>{mark}</WeightChip>}
              </>
            ),
          },
          { header: t("kind"), cell: ({ kind }) => kind },
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
            cell: ({ effectiveDate, goesOut, dueAt, isOut }) => (
              <>
                {effectiveDate ?? goesOut ?? t("onApproval")}
                {dueAt && (
                  <CellNote>
                    {t(isOut ? "lookLimit" : "limit", { at: formatTableDateTime(dueAt) })}
                  </CellNote>
                )}
              </>
            ),
          },
        ]}
      />
      <Pager href="/ops/reviews" previous={waiting.previous} next={waiting.next} />
    </>
  );
}

/** How long it has been waiting: the time left to now, seen from then. */
function ageOf(since: Date, now: Date) {
  const { unit, count } = timeLeft(now, since);
  return { unit, count };
}
