import { useTranslations } from "next-intl";

import { OverdueChip, RequestStatus } from "@/components/requests/request-status";
import { Chip } from "@/components/ui/chip";
import { Link } from "@/components/ui/link";
import { CellNote, type Column, Table } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { RequestStanding } from "@/domain/requests/list-status";
import { at } from "@/lib/addresses";
import { shanghaiMidnight } from "@/lib/shanghai";

type Props = {
  caption: string;
  rows: readonly RequestStanding[];
  canOpen: boolean;
  canIssue?: boolean;
};

/** Where requests stand, without what they say; the number leads to the case for whoever may read it. */
export function StandingTable({ caption, rows, canOpen, canIssue }: Props) {
  const t = useTranslations("support.standing");
  const cases = useTranslations("requests.desk");
  const types = useTranslations("requests.type");
  const columns: Column<RequestStanding>[] = [
    {
      header: t("number"),
      rowHeader: true,
      nowrap: true,
      cell: ({ number, ticketNumber }) => (
        <>
          {canOpen ? (
            <Link href={at("/ops/requests/*", number)} tone="main">
              {number}
            </Link>
          ) : (
            <span className="font-semibold">{number}</span>
          )}
          {ticketNumber && <CellNote>{t("ticket", { ticket: ticketNumber })}</CellNote>}
        </>
      ),
    },
    { header: t("type"), cell: ({ type }) => types(type) },
    { header: t("status"), cell: ({ status }) => <RequestStatus status={status} /> },
    {
      header: t("received"),
      cell: ({ receivedAt, channel }) => (
        <>
          <Time at={receivedAt} form="table" />
          <CellNote>{cases(`channel.${channel}`)}</CellNote>
        </>
      ),
    },
    {
      header: t("due"),
      cell: ({ dueDate, isOpen, isOverdue, isDueProvisional, answeredAt }) =>
        isOpen ? (
          <>
            <Time at={shanghaiMidnight(dueDate)} form="table-date" />{" "}
            {isOverdue && <OverdueChip after />}
            {isDueProvisional && <Chip after>{cases("provisional")}</Chip>}
          </>
        ) : answeredAt ? (
          <>
            {t("answered")} <Time at={answeredAt} form="table-date" />
          </>
        ) : (
          "–"
        ),
    },
  ];
  if (canIssue) columns.push(issuing(t));
  return <Table caption={caption} columns={columns} rows={rows} rowKey={({ id }) => id} />;
}

/** The first of two clicks to a link that leads the requester to the case. */
const issuing = (
  t: ReturnType<typeof useTranslations<"support.standing">>,
): Column<RequestStanding> => ({
  header: t("link"),
  headerHidden: true,
  cell: ({ number, ticketNumber: ticket, isTold }) =>
    isTold && (
      <Link
        href={at("/ops/tickets/new", { purpose: "read_request", request: number, ticket })}
        aria-label={t("linkNamed", { number })}
      >
        {t("link")}
      </Link>
    ),
});
