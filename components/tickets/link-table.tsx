import { useTranslations } from "next-intl";

import { Link } from "@/components/ui/link";
import { CellNote, type Column, Table } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { type ListedLink } from "@/domain/tickets/list-links";
import { at } from "@/lib/addresses";

import { LinkStatus } from "./ticket-status";

export function LinkTable({ caption, rows }: { caption: string; rows: readonly ListedLink[] }) {
  const t = useTranslations("tickets.links");
  const columns: Column<ListedLink>[] = [
    {
      header: t("ticket"),
      rowHeader: true,
      cell: ({ ticketNumber }) => (
        <Link href={at("/ops/support", { q: ticketNumber })} tone="main" className="wrap-anywhere">
          <bdi>{ticketNumber}</bdi>
        </Link>
      ),
    },
    { header: t("purpose"), cell: ({ purpose }) => t(`purposes.${purpose}`) },
    {
      header: t("opened"),
      cell: ({ firstOpenedAt }) => <LinkStatus openedAt={firstOpenedAt} />,
    },
    {
      header: t("until"),
      cell: ({ expiresAt, isOver }) => (
        <>
          <Time at={expiresAt} form="table" />
          {isOver && <CellNote>{t("over")}</CellNote>}
        </>
      ),
    },
    {
      header: t("issued"),
      cell: ({ createdAt, issuerName }) => (
        <>
          <Time at={createdAt} form="table" />
          {issuerName && <CellNote>{issuerName}</CellNote>}
        </>
      ),
    },
  ];
  return <Table caption={caption} columns={columns} rows={rows} rowKey={({ id }) => id} />;
}
