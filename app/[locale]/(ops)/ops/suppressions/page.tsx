import { getLocale, getTranslations } from "next-intl/server";

import { DeliveryReason } from "@/components/broadcasts/delivery-status";
import { BroadcastTitle } from "@/components/broadcasts/broadcast-title";
import { ListSearch } from "@/components/form/list-search";
import { EmptyState } from "@/components/ui/empty-state";
import { Link } from "@/components/ui/link";
import { PageHead } from "@/components/ui/page-head";
import { Pager } from "@/components/ui/pager";
import { CellNote, Table } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { readOwnSenderDomain } from "@/domain/broadcasts/sender-domain";
import { listSuppressions } from "@/domain/broadcasts/suppressions";
import { withLanguage, at } from "@/lib/addresses";
import { requireContext } from "@/server/session";

import { SuccessBanner } from "../_components/success-banner";
import { SenderDomainStatus } from "./_components/sender-domain-status";

type Props = { searchParams: Promise<{ search?: string; page?: string; done?: string }> };

export async function generateMetadata() {
  const t = await getTranslations("broadcasts.suppressions");
  return { title: t("title") };
}

/** The addresses that no mail goes to: why, since when, after which broadcast; each may be lifted. Below them, whether the sender's domain is in order. */
export default async function SuppressionsPage({ searchParams }: Props) {
  const ctx = await requireContext("suppression.read");
  const asked = await searchParams;
  const { rows, total, previous, next } = await listSuppressions(ctx, asked);
  const [t, locale] = await Promise.all([getTranslations("broadcasts.suppressions"), getLocale()]);
  const search = typeof asked.search === "string" ? asked.search.trim() : "";

  return (
    <>
      <PageHead title={t("title")} note={t("lead")} />
      <SuccessBanner what={asked.done} />
      {(total > 0 || search) && (
        <ListSearch
          action={withLanguage(locale, "/ops/suppressions")}
          id="search"
          name="search"
          value={search}
          words={{ label: t("search"), find: t("find"), clear: t("clear") }}
          clearHref="/ops/suppressions"
        />
      )}
      <Table
        caption={t("title")}
        rows={rows}
        rowKey={({ id }) => id}
        empty={
          <EmptyState title={t(search ? "notFound" : "empty")}>
            {t(search ? "notFoundText" : "emptyText")}
          </EmptyState>
        }
        columns={[
          {
            header: t("address"),
            rowHeader: true,
            cell: ({ id, address, userName }) => (
              <>
                <Link href={at("/ops/suppressions/*", id)} tone="main">
                  <span className="wrap-anywhere">{address}</span>
                </Link>
                {userName && <CellNote>{userName}</CellNote>}
              </>
            ),
          },
          {
            header: t("why"),
            cell: ({ reason, detail }) => (
              <>
                {t(`reason.${reason}`)}
                {detail && (
                  <CellNote>
                    <DeliveryReason reason={detail} />
                  </CellNote>
                )}
              </>
            ),
          },
          {
            header: t("since"),
            nowrap: true,
            cell: ({ since }) => <Time at={since} form="table" />,
          },
          {
            header: t("broadcast"),
            cell: ({ told, broadcastId }) =>
              told && broadcastId ? (
                <Link href={at("/ops/broadcasts/*", broadcastId)}>
                  <BroadcastTitle told={told} />
                </Link>
              ) : (
                t("noBroadcast")
              ),
          },
        ]}
      />
      <Pager href={at("/ops/suppressions", { search })} previous={previous} next={next} />
      <SenderDomainStatus domain={await readOwnSenderDomain(ctx, {})} />
    </>
  );
}
