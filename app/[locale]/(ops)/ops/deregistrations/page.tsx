import { getLocale, getTranslations } from "next-intl/server";

import { DeregistrationStatus } from "@/components/deregistrations/deregistration-status";
import { ListSearch } from "@/components/form/list-search";
import { EmptyState } from "@/components/ui/empty-state";
import { Link } from "@/components/ui/link";
import { PageHead } from "@/components/ui/page-head";
import { Pager } from "@/components/ui/pager";
import { CellNote, type Column, Table } from "@/components/ui/table";
import { TabLinks } from "@/components/ui/tabs";
import { Time } from "@/components/ui/time";
import {
  countDeregistrations,
  DEREGISTRATION_VIEWS,
  type DeregistrationRow,
  type DeregistrationView,
  listDeregistrations,
} from "@/domain/deregistrations/list";
import { withLanguage, at } from "@/lib/addresses";
import { requireContext } from "@/server/session";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };
type Asked = Parameters<typeof listDeregistrations>[1];

export async function generateMetadata() {
  const t = await getTranslations("deregistrations.ops");
  return { title: t("title") };
}

/** The accounts on their way out, those that have gone, and those that stayed. */
export default async function DeregistrationsPage({ searchParams }: Props) {
  const ctx = await requireContext("deregistration.read");
  const search = await searchParams;
  // What an address says besides the known words is "open": the query's schema says so.
  const [{ rows, previous, next, view: current }, counts, t] = await Promise.all([
    listDeregistrations(ctx, search as Asked),
    countDeregistrations(ctx, {}),
    getTranslations("deregistrations.ops"),
  ]);
  const text = typeof search.text === "string" ? search.text.trim().slice(0, 120) : "";
  const href = (view: DeregistrationView) => at("/ops/deregistrations", { view, text });
  return (
    <>
      <PageHead title={t("title")} note={t("lead")} />
      <TabLinks
        label={t("view.label")}
        tabs={DEREGISTRATION_VIEWS.map((view) => ({
          href: href(view),
          label: t(`view.${view}`),
          count: counts[view],
          current: view === current,
        }))}
      />
      <Filter view={current} text={text} />
      {rows.length > 0 ? (
        <List rows={rows} />
      ) : text ? (
        <EmptyState title={t("notFound", { text })}>{t("notFoundText")}</EmptyState>
      ) : (
        <EmptyState title={t(`noneIn.${current}`)}>
          {current === "open" || current === "all" ? t("emptyText") : null}
        </EmptyState>
      )}
      <Pager href={href(current)} previous={previous} next={next} />
    </>
  );
}

async function Filter({ view, text }: { view: DeregistrationView; text: string }) {
  const [t, locale] = await Promise.all([getTranslations("deregistrations.ops"), getLocale()]);
  return (
    <ListSearch
      action={withLanguage(locale, "/ops/deregistrations")}
      id="text"
      name="text"
      value={text}
      maxLength={120}
      words={{ label: t("searchHint"), find: t("find"), clear: t("clear") }}
      clearHref={at("/ops/deregistrations", { view })}
      kept={{ view }}
    />
  );
}

async function List({ rows }: { rows: readonly DeregistrationRow[] }) {
  const t = await getTranslations("deregistrations.ops");
  const columns: Column<DeregistrationRow>[] = [
    {
      header: t("number"),
      rowHeader: true,
      nowrap: true,
      cell: ({ number }) => (
        <Link href={at("/ops/deregistrations/*", number)} tone="main">
          {number}
        </Link>
      ),
    },
    {
      header: t("account"),
      cell: ({ accountName, uin }) => (
        <>
          <bdi className="wrap-anywhere">{accountName}</bdi>
          <CellNote>{uin}</CellNote>
        </>
      ),
    },
    {
      header: t("status"),
      cell: ({ status }) => <DeregistrationStatus status={status} />,
    },
    {
      header: t("requestedAt"),
      nowrap: true,
      cell: ({ requestedAt }) => <Time at={requestedAt} form="table" />,
    },
    {
      header: t("executeAfter"),
      nowrap: true,
      cell: ({ completedAt, executeAfter }) => {
        const at = completedAt ?? executeAfter;
        return at ? <Time at={at} form="table" /> : "—";
      },
    },
  ];
  return (
    <Table caption={t("title")} columns={columns} rows={rows} rowKey={({ number }) => number} />
  );
}
