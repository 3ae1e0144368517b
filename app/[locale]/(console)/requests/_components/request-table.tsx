import { useTranslations } from "next-intl";

import { TermBar } from "@/components/requests/term-bar";
import { OverdueChip, OwnRequestStatus } from "@/components/requests/request-status";
import { Link } from "@/components/ui/link";
import { CellNote, Table } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { ListedRequest } from "@/domain/requests/read-own";
import { at } from "@/lib/addresses";
import { shanghaiMidnight } from "@/lib/shanghai";

type Props = {
  caption: string;
  requests: readonly ListedRequest[];
  /** End users' requests that the reader's account is asked to handle, or has been. */
  task?: "open" | "ended";
};

/** Requests by number, with where they stand and by when they are answered. */
export function RequestTable({ caption, requests, task }: Props) {
  const t = useTranslations("requests.filing");
  const type = useTranslations("requests.type");
  const left = useTranslations("home.console.requests");
  const dueColumn = {
    header: t(task ? "list.taskDue" : "list.due"),
    nowrap: true,
    cell: (row: ListedRequest) => (
      <>
        <Time at={shanghaiMidnight(row.dueDate)} form="table-date" />{" "}
        {row.isOverdue && <OverdueChip after />}
        {row.workingDaysLeft !== null && !row.isOverdue && (
          <CellNote>{left("left", { count: row.workingDaysLeft })}</CellNote>
        )}
        {row.term && <TermBar term={row.term} />}
      </>
    ),
  };
  return (
    <Table
      caption={caption}
      rows={requests}
      rowKey={({ number }) => number}
      columns={[
        {
          header: t("list.number"),
          rowHeader: true,
          cell: (row) => (
            <>
              <Link
                href={task ? at("/requests/*/answer", row.number) : at("/requests/*", row.number)}
                tone="main"
              >
                {row.number}
              </Link>
              <CellNote>{placeOf(row)}</CellNote>
            </>
          ),
        },
        { header: t("list.type"), cell: (row) => type(row.type) },
        {
          header: t("list.status"),
          cell: ({ status }) => <OwnRequestStatus status={status} isYours={task === "open"} />,
        },
        {
          header: t("list.received"),
          nowrap: true,
          cell: (row) => <Time at={row.receivedAt} form="table" />,
        },
        ...(task === "ended" ? [] : [dueColumn]),
      ]}
    />
  );
}

/** The app as an end user named it, else the account. */
const placeOf = ({ appName, accountName }: ListedRequest) => appName ?? accountName;
