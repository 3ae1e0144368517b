import { useTranslations } from "next-intl";

import { OverdueChip, OwnRequestStatus } from "@/components/requests/request-status";
import { TermBar } from "@/components/requests/term-bar";
import { EmptyState } from "@/components/ui/empty-state";
import { Link } from "@/components/ui/link";
import { CellNote, Table } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { ListedRequest } from "@/domain/requests/read-own";
import { at } from "@/lib/addresses";
import { shanghaiMidnight } from "@/lib/shanghai";

type Props = { requests: readonly ListedRequest[] };

/** The reader's requests that have no answer yet, with the working days until it is due (P47). */
export function OwnRequests({ requests }: Props) {
  const t = useTranslations("home.console.requests");
  const filing = useTranslations("requests.filing");
  const type = useTranslations("requests.type");
  return (
    <Table
      caption={t("title")}
      rows={requests}
      rowKey={({ number }) => number}
      empty={<EmptyState title={t("empty")}>{t("emptyText")}</EmptyState>}
      columns={[
        {
          header: filing("list.number"),
          rowHeader: true,
          nowrap: true,
          cell: ({ number, type: kind }) => (
            <>
              <Link href={at("/requests/*", number)} tone="main">
                {number}
              </Link>
              <CellNote>{type(kind)}</CellNote>
            </>
          ),
        },
        {
          header: filing("list.status"),
          cell: ({ status }) => <OwnRequestStatus status={status} />,
        },
        {
          header: filing("list.due"),
          nowrap: true,
          cell: ({ dueDate, isOverdue, workingDaysLeft, term }) => (
            <>
              <Time at={shanghaiMidnight(dueDate)} form="table-date" />
              {isOverdue ? (
                <CellNote>
                  <OverdueChip />
                </CellNote>
              ) : (
                <CellNote>{t("left", { count: workingDaysLeft ?? 0 })}</CellNote>
              )}
              {term && <TermBar term={term} />}
            </>
          ),
        },
      ]}
    />
  );
}
