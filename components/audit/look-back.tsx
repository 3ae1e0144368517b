import { useLocale, useTranslations } from "next-intl";

import { BroadcastTitle } from "@/components/broadcasts/broadcast-title";
import { DeliveryStatus } from "@/components/broadcasts/delivery-status";
import { Link } from "@/components/ui/link";
import { CellNote, Table } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { LookBack, SeenMessage } from "@/domain/evidence/look-back";
import { type Address, at } from "@/lib/addresses";

type MessagesProps = {
  rows: readonly SeenMessage[];
  /** Whether several people may have been told. */
  isAccount: boolean;
  /** Where a telling is shown as it was told. */
  open: (broadcastId: string) => Address;
};

/** What they had been told by then, and how far each had come. */
export function MessagesThen({ rows, isAccount, open }: MessagesProps) {
  const t = useTranslations("support.then.messages");
  return (
    <Table
      caption={t("title")}
      rows={rows}
      rowKey={({ id }) => id}
      empty={<p className="text-ink-muted">{t("empty")}</p>}
      columns={[
        { header: t("at"), nowrap: true, cell: (row) => <Time at={row.createdAt} form="table" /> },
        {
          header: t("what"),
          rowHeader: true,
          cell: ({ told, broadcastId }) => (
            <Link href={open(broadcastId)}>
              <BroadcastTitle told={told} />
            </Link>
          ),
        },
        ...(isAccount ? [{ header: t("person"), cell: ({ person }: SeenMessage) => person }] : []),
        {
          header: t("message"),
          cell: ({ isRead, isArchived }) => t(isArchived ? "archived" : isRead ? "read" : "unread"),
        },
        {
          header: t("mail"),
          cell: ({ mail }) =>
            mail ? (
              <>
                <DeliveryStatus status={mail.status} />
                <CellNote>
                  <span className="wrap-anywhere">{mail.address}</span>
                </CellNote>
              </>
            ) : (
              t("noMail")
            ),
        },
      ]}
    />
  );
}

type Ask = LookBack["asks"][number];

/** What waited for an answer of theirs. */
export function AsksThen({ rows, isAccount }: { rows: readonly Ask[]; isAccount: boolean }) {
  const t = useTranslations("support.then.asks");
  const locale = useLocale();
  return (
    <Table
      caption={t("title")}
      rows={rows}
      rowKey={({ versionId, accountId }) => `${versionId} ${accountId}`}
      empty={<p className="text-ink-muted">{t("empty")}</p>}
      columns={[
        {
          header: t("version"),
          rowHeader: true,
          cell: ({ slug, label, titles }) => (
            <Link href={at("/policies/*/*", slug, label)}>
              {t("named", { title: titles[locale], label })}
            </Link>
          ),
        },
        ...(isAccount ? [] : [{ header: t("account"), cell: ({ account }: Ask) => account }]),
        {
          header: t("effective"),
          nowrap: true,
          cell: ({ effectiveAt }) => <Time at={effectiveAt} form="table-date" />,
        },
        {
          header: t("state"),
          cell: ({ answer, deferredUntil }) =>
            answer === "disagreed"
              ? t("disagreed")
              : deferredUntil
                ? t("deferred", { day: deferredUntil })
                : t("waiting"),
        },
      ]}
    />
  );
}

/** The texts that held then, and those that were announced. */
export function TextsThen({ rows }: { rows: LookBack["texts"] }) {
  const t = useTranslations("support.then.texts");
  const locale = useLocale();
  return (
    <Table
      caption={t("title")}
      rows={rows}
      rowKey={({ versionId }) => versionId}
      empty={<p className="text-ink-muted">{t("empty")}</p>}
      columns={[
        {
          header: t("version"),
          rowHeader: true,
          cell: ({ slug, label, titles }) => (
            <Link href={at("/policies/*/*", slug, label)}>
              {t("named", { title: titles[locale], label })}
            </Link>
          ),
        },
        {
          header: t("state"),
          cell: ({ isInForce }) => t(isInForce ? "inForce" : "ahead"),
        },
        {
          header: t("effective"),
          nowrap: true,
          cell: ({ effectiveAt }) => <Time at={effectiveAt} form="table-date" />,
        },
      ]}
    />
  );
}
