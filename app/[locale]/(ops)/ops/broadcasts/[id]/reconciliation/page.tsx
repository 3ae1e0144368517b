import { getLocale, getTranslations } from "next-intl/server";

import { Banner } from "@/components/ui/banner";
import { CheckStatus } from "@/components/ui/check-status";
import { PageHead } from "@/components/ui/page-head";
import { Table } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { findBroadcast } from "@/domain/broadcasts/find";
import { reconcile } from "@/domain/broadcasts/reconcile";
import { at } from "@/lib/addresses";
import { formatNumber } from "@/lib/format";
import { orNotFound } from "@/server/or-not-found";
import { requireContext } from "@/server/session";
import { noticeTitle } from "@/wording/notice-line";

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata() {
  const t = await getTranslations("broadcasts.reconciliation");
  return { title: t("title") };
}

/** Whether the books of one broadcast agree: in one line, then point by point. */
export default async function ReconciliationPage({ params }: Props) {
  const ctx = await requireContext("broadcast.reconcile");
  const { id } = await params;
  const { told } = await orNotFound(findBroadcast(ctx, { id }));
  const { agrees, checks, people, mails, withheld } = await orNotFound(reconcile(ctx, { id }));
  const [t, board, locale] = await Promise.all([
    getTranslations("broadcasts.reconciliation"),
    getTranslations("broadcasts.board"),
    getLocale(),
  ]);
  const wrong = checks.filter(({ expected, found }) => expected !== found);
  return (
    <>
      <PageHead
        title={t("title")}
        crumbs={[
          { label: board("list.title"), href: "/ops/broadcasts" },
          { label: noticeTitle(told, locale), href: at("/ops/broadcasts/*", id) },
          { label: t("title") },
        ]}
        note={t.rich("at", { at: () => <Time at={ctx.now} form="table" /> })}
      />
      <div className="mb-6">
        <Banner tone={agrees ? "ok" : "danger"}>
          {agrees ? t("agrees", { people, mails }) : t("disagrees", { count: wrong.length })}
          {withheld > 0 && ` ${t("withheld", { count: withheld })}`}
        </Banner>
      </div>
      <Table
        caption={t("title")}
        rows={checks}
        rowKey={({ what }) => what}
        columns={[
          { header: t("check"), cell: ({ what }) => t(`what.${what}`), rowHeader: true },
          {
            header: t("expected"),
            cell: ({ expected }) => formatNumber(expected, locale),
            align: "end",
          },
          { header: t("found"), cell: ({ found }) => formatNumber(found, locale), align: "end" },
          {
            header: t("result"),
            cell: ({ expected, found }) => (
              <CheckStatus isGood={expected === found}>
                {t(expected === found ? "same" : "differs")}
              </CheckStatus>
            ),
          },
        ]}
      />
    </>
  );
}
