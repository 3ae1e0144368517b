import { getTranslations } from "next-intl/server";

import { BroadcastTitle } from "@/components/broadcasts/broadcast-title";
import { AttemptList } from "@/components/broadcasts/attempt-list";
import { EmptyState } from "@/components/ui/empty-state";
import { Link } from "@/components/ui/link";
import { CellNote, type Column, Table } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { type Unreached, type UnreachedShelf } from "@/domain/broadcasts/unreached";
import { at } from "@/lib/addresses";

type Props = { shelf: UnreachedShelf; rows: readonly Unreached[] };

/** One account a line, with whom the notice tried; settled ones with how they were told after all. */
export async function UnreachedTable({ shelf, rows }: Props) {
  const t = await getTranslations("broadcasts.unreached");
  const how: Column<Unreached> = {
    header: t("how"),
    cell: ({ note, settledBy }) => (
      <>
        <span className="line-clamp-3 wrap-anywhere">{note ?? t("settledByItself")}</span>
        {settledBy && <CellNote>{settledBy}</CellNote>}
      </>
    ),
  };
  return (
    <Table
      caption={t(`shelf.${shelf}`)}
      rows={rows}
      rowKey={({ broadcastId, accountId }) => `${broadcastId} ${accountId}`}
      empty={<EmptyState title={t(`empty.${shelf}`)}>{t(`emptyText.${shelf}`)}</EmptyState>}
      columns={[
        {
          header: t("account"),
          rowHeader: true,
          cell: ({ broadcastId, accountId, accountName, uin }) => (
            <>
              <Link href={at("/ops/unreached/*/*", broadcastId, accountId)} tone="main">
                {accountName}
              </Link>
              <CellNote>{uin}</CellNote>
            </>
          ),
        },
        {
          header: t("notice"),
          cell: ({ broadcastId, told }) => (
            <Link href={at("/ops/broadcasts/*", broadcastId)}>
              <BroadcastTitle told={told} />
            </Link>
          ),
        },
        {
          header: t("tried"),
          cell: ({ broadcastId, tried }) => <AttemptList broadcastId={broadcastId} tried={tried} />,
        },
        {
          header: t(shelf === "open" ? "found" : "settled"),
          nowrap: true,
          cell: ({ foundAt, settledAt }) => <Time at={settledAt ?? foundAt} form="table" />,
        },
        ...(shelf === "settled" ? [how] : []),
      ]}
    />
  );
}
