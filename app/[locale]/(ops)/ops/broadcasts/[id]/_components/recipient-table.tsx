import { getTranslations } from "next-intl/server";

import {
  DeliveryReason,
  DeliveryStatus,
  ReadStatus,
} from "@/components/broadcasts/delivery-status";
import { EmptyState } from "@/components/ui/empty-state";
import { Link } from "@/components/ui/link";
import { CellNote, Table } from "@/components/ui/table";
import { type Recipient } from "@/domain/broadcasts/list-recipients";
import { at } from "@/lib/addresses";
import { formatTableDateTime } from "@/lib/format";

type Props = {
  broadcastId: string;
  rows: readonly Recipient[];
  caption: string;
  search: string;
};

/** One person a line, leading to their whole way: the mail with its moments, the in-site message and when it was read. */
export async function RecipientTable({ broadcastId, rows, caption, search }: Props) {
  const t = await getTranslations("broadcasts.board.recipients");
  return (
    <Table
      caption={caption}
      rows={rows}
      rowKey={({ userId }) => userId}
      compact
      empty={
        <EmptyState title={t(search ? "notFound" : "none")}>
          {t(search ? "notFoundText" : "noneText")}
        </EmptyState>
      }
      columns={[
        {
          header: t("person"),
          rowHeader: true,
          cell: ({ userId, name, accounts }) => (
            <>
              <Link
                href={at("/ops/broadcasts/*/recipients/*", broadcastId, userId)}
                className="whitespace-nowrap"
              >
                {name}
              </Link>
              <CellNote>{accounts.join(t("separator"))}</CellNote>
            </>
          ),
        },
        {
          header: t("mail"),
          phone: "beside",
          cell: ({ mail }) => (mail ? <MailCell mail={mail} /> : t("noMail")),
        },
        {
          header: t("address"),
          phone: "hidden",
          cell: ({ mail }) =>
            mail ? (
              <span className="block wrap-anywhere xl:min-w-52">{mail.address}</span>
            ) : (
              t("nothing")
            ),
        },
        {
          header: t("sent"),
          nowrap: true,
          phone: "hidden",
          cell: ({ mail }) => (mail?.sentAt ? formatTableDateTime(mail.sentAt) : t("nothing")),
        },
        {
          header: t("settled"),
          nowrap: true,
          phone: "beside",
          cell: ({ mail }) =>
            mail?.settledAt ? formatTableDateTime(mail.settledAt) : t("nothing"),
        },
        {
          header: t("message"),
          phone: "beside",
          cell: ({ inbox }) => (inbox ? <ReadStatus {...inbox} /> : t("nothing")),
        },
      ]}
    />
  );
}

function MailCell({ mail: { status, reason } }: { mail: NonNullable<Recipient["mail"]> }) {
  return (
    <>
      <DeliveryStatus status={status} />
      {reason && (
        <CellNote>
          <DeliveryReason reason={reason} />
        </CellNote>
      )}
    </>
  );
}
