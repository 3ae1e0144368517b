import { getTranslations } from "next-intl/server";

import { EmptyState } from "@/components/ui/empty-state";
import { ButtonLink } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import { PageHead } from "@/components/ui/page-head";
import { CellNote, type Column, Table } from "@/components/ui/table";
import { TabLinks } from "@/components/ui/tabs";
import { Time } from "@/components/ui/time";
import { type EndRow, listEnds } from "@/domain/disposals/ends";
import { at } from "@/lib/addresses";
import { shanghaiDay, shanghaiMidnight } from "@/lib/shanghai";
import { requireContext } from "@/server/session";

type Props = { searchParams: Promise<{ view?: string | string[] }> };

const VIEWS = ["open", "settled"] as const;

export async function generateMetadata() {
  const t = await getTranslations("disposals");
  return { title: t("title") };
}

/** The services that ended and what is still to become of their data, the nearest day first (P10). */
export default async function DisposalsPage({ searchParams }: Props) {
  const ctx = await requireContext("disposal.read");
  const { view: asked } = await searchParams;
  const view = VIEWS.find((one) => one === asked) ?? "open";
  const [ends, t] = await Promise.all([listEnds(ctx, { view }), getTranslations("disposals")]);
  return (
    <>
      <PageHead
        title={t("title")}
        note={t("lead")}
        actions={<ButtonLink href="/ops/disposals/stores">{t("stores.title")}</ButtonLink>}
      />
      <TabLinks
        label={t("view.label")}
        tabs={VIEWS.map((one) => ({
          href: at("/ops/disposals", { view: one }),
          label: t(`view.${one}`),
          current: one === view,
        }))}
      />
      {ends.length === 0 ? (
        <EmptyState title={t(`none.${view}`)}>{t("noneText")}</EmptyState>
      ) : (
        <Ends ends={ends} today={shanghaiDay(ctx.now)} />
      )}
    </>
  );
}

async function Ends({ ends, today }: { ends: readonly EndRow[]; today: string }) {
  const t = await getTranslations("disposals");
  const columns: Column<EndRow>[] = [
    {
      header: t("of"),
      rowHeader: true,
      cell: ({ id, appName, accountName, uin }) => (
        <>
          <Link href={at("/ops/disposals/*", id)} tone="main">
            {appName ?? accountName}
          </Link>
          <CellNote>{t("account", { account: accountName, uin })}</CellNote>
        </>
      ),
    },
    { header: t("causeHead"), cell: ({ cause }) => t(`cause.${cause}`) },
    { header: t("endedAt"), nowrap: true, cell: (one) => <Time at={one.endedAt} form="table" /> },
    {
      header: t("due"),
      nowrap: true,
      cell: ({ dueDate, settledAt }) =>
        settledAt ? (
          <Time at={settledAt} form="table" />
        ) : (
          dueDate && (
            <span className={dueDate < today ? "text-danger font-semibold" : undefined}>
              <Time at={shanghaiMidnight(dueDate)} form="table-date" />
              {dueDate < today && ` ${t("overdue")}`}
            </span>
          )
        ),
    },
    {
      header: t("done"),
      nowrap: true,
      cell: ({ done, total }) => (
        <span className="tabular-nums">{t("doneOf", { done, total })}</span>
      ),
    },
  ];
  return <Table caption={t("title")} rows={ends} rowKey={({ id }) => id} columns={columns} />;
}
