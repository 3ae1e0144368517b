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
  return (
    <ol className="grid gap-7">
      {rows.map((row) => (
        <li key={row.id}>
          <Told row={row} />
        </li>
      ))}
    </ol>
  );
}

function Told({
  row: { id, told, startedAt, people, more, mails, arrived, read },
}: {
  row: CustomerBroadcast;
}) {
  const t = useTranslations("support.told");
  return (
    <>
      <header className="mb-1 flex flex-wrap items-baseline gap-x-4 gap-y-1">
        <h3 className="text-ui min-w-0">
          <Link href={at("/ops/broadcasts/*", id)} tone="main">
            <BroadcastTitle told={told} />
          </Link>
          <span className="text-small text-ink-muted block font-normal">
            <NoticeKind told={told} /> · <Time at={startedAt} form="table" />
          </span>
        </h3>
        <p className="text-small flex flex-wrap gap-x-4 md:ml-auto">
          {mails > 0 && (
            <CheckStatus isGood={arrived === mails}>{t("mails", { arrived, mails })}</CheckStatus>
          )}
          <span className="text-ink-muted">
            {t("read", { read, people: people.length + more })}
          </span>
        </p>
      </header>
      <People broadcastId={id} people={people} />
      {more > 0 && (
        <p className="text-small mt-2">
          <Link href={at("/ops/broadcasts/*", id)}>{t("more", { count: more })}</Link>
        </p>
      )}
    </>
  );
}

type PeopleProps = { broadcastId: string; people: readonly CustomerDelivery[] };

function People({ broadcastId, people }: PeopleProps) {
  const t = useTranslations("support.told");
  const columns: Column<CustomerDelivery>[] = [
    {
      header: t("person"),
      rowHeader: true,
      cell: ({ userId, name, mail }) => (
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
      cell: ({ inbox }) => (inbox ? <ReadStatus readAt={inbox.readAt} /> : t("noMessage")),
    },
  ];
  return (
    <Table
      caption={t("people")}
      columns={columns}
      rows={people}
      rowKey={({ userId }) => userId}
      compact
    />
  );
}
