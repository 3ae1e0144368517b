import { useTranslations } from "next-intl";

import { DeliveryStatus, ReadStatus } from "@/components/broadcasts/delivery-status";
import { CheckStatus } from "@/components/ui/check-status";
import { Link } from "@/components/ui/link";
import { CellNote, type Column, Table } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type {
  CustomerBroadcast,
  CustomerDelivery,
} from "@/domain/tickets/list-customer-broadcasts";
import { at } from "@/lib/addresses";

import { BroadcastTitle } from "../broadcasts/broadcast-title";
import { NoticeKind } from "../broadcasts/gravity";

/** What was told, one broadcast after another, each with who got it and whether it arrived. */
export function CustomerBroadcasts({ rows }: { rows: readonly CustomerBroadcast[] }) {
  const t = useTranslations("support.told");
  return (
    <Table
      caption={t("people")}
      compact
      groups={rows.map((row) => ({
        key: row.id,
        head: <Told row={row} />,
        rows: row.people.map((person) => ({ ...person, broadcastId: row.id })),
      }))}
      rowKey={({ userId }) => userId}
      columns={columnsOf(t)}
    />
  );
}

function Told({
  row: { id, told, startedAt, people, more, mails, arrived, read },
}: {
  row: CustomerBroadcast;
}) {
  const t = useTranslations("support.told");
  return (
    <div className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
      <div className="min-w-0">
        <Link href={at("/ops/broadcasts/*", id)} tone="main">
          <BroadcastTitle told={told} />
        </Link>
        <CellNote>
          <NoticeKind told={told} /> · <Time at={startedAt} form="table" />
        </CellNote>
      </div>
      <p className="text-small flex flex-wrap gap-x-4 md:ml-auto">
        {mails > 0 && (
          <CheckStatus isGood={arrived === mails}>{t("mails", { arrived, mails })}</CheckStatus>
        )}
        <span className="text-ink-muted">{t("read", { read, people: people.length + more })}</span>
        {more > 0 && <Link href={at("/ops/broadcasts/*", id)}>{t("more", { count: more })}</Link>}
      </p>
    </div>
  );
}

type Row = CustomerDelivery & { broadcastId: string };

function columnsOf(t: ReturnType<typeof useTranslations<"support.told">>): Column<Row>[] {
  return [
    {
      header: t("person"),
      rowHeader: true,
      cell: ({ broadcastId, userId, name, mail }) => (
        <>
          <Link href={at("/ops/broadcasts/*/recipients/*", broadcastId, userId)} tone="plain">
            {name}
          </Link>
          {mail && (
            <CellNote>
              <span className="wrap-anywhere">{mail.address}</span>
            </CellNote>
          )}
        </>
      ),
    },
    {
      header: t("mail"),
      phone: "beside",
      cell: ({ mail }) =>
        mail ? (
          <>
            <DeliveryStatus status={mail.status} />
            <CellNote>
              {mail.at && <Time at={mail.at} form="table" />}
              {mail.isFallback && ` ${t("fallback")}`}
              {mail.reason && (
                <span lang="en" className="block max-w-80 wrap-anywhere">
                  {mail.reason}
                </span>
              )}
            </CellNote>
          </>
        ) : (
          t("noMail")
        ),
    },
    {
      header: t("message"),
      phone: "beside",
      cell: ({ inbox }) => (inbox ? <ReadStatus {...inbox} /> : t("noMessage")),
    },
  ];
}
