import { useTranslations } from "next-intl";

import { Hash } from "@/components/ui/hash";
import { CellNote, Table } from "@/components/ui/table";
import type { Dispatched } from "@/domain/broadcasts/list-dispatches";
import { formatTableDateTime } from "@/lib/format";

import { DispatchReason, DispatchStatus } from "./endpoint-status";

/** To which endpoints a broadcast was posted, a row for each. */
export function DispatchTable({ rows }: { rows: Dispatched["rows"] }) {
  const t = useTranslations("endpoints");
  return (
    <Table
      caption={t("board.title")}
      rows={rows}
      rowKey={({ id }) => id}
      compact
      columns={[
        {
          header: t("board.account"),
          rowHeader: true,
          cell: ({ owner }) => <span className="wrap-anywhere">{owner}</span>,
        },
        {
          header: t("board.endpoint"),
          cell: ({ channel, name, host }) => (
            <>
              {t(`channel.${channel}`)}
              <CellNote>
                <span className="wrap-anywhere">
                  {name} · {host}
                </span>
              </CellNote>
            </>
          ),
        },
        {
          header: t("page.result"),
          cell: ({ status, reason }) => (
            <>
              <DispatchStatus status={status} />
              {reason && (
                <CellNote>
                  <DispatchReason reason={reason} />
                </CellNote>
              )}
            </>
          ),
        },
        {
          header: t("page.tries"),
          align: "end",
          cell: ({ attempts }) => attempts,
        },
        {
          header: t("board.hash"),
          nowrap: true,
          cell: ({ bodyHash }) => (bodyHash ? <Hash value={bodyHash} /> : "–"),
        },
        {
          header: t("page.at"),
          nowrap: true,
          cell: ({ settledAt }) => (settledAt ? formatTableDateTime(settledAt) : "–"),
        },
      ]}
    />
  );
}
