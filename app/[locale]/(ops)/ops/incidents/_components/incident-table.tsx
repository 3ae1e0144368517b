import { useLocale, useTranslations } from "next-intl";

import {
  FirstNoticeClock,
  IncidentStatus,
  NoticeStatus,
  RehearsalChip,
  SeverityChip,
} from "@/components/incidents/incident-status";
import { Link } from "@/components/ui/link";
import { CellNote, type Column, Table } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { type IncidentRow } from "@/domain/incidents/list-incidents";
import { at } from "@/lib/addresses";
import { localized } from "@/lib/localized";

type Props = { rows: readonly IncidentRow[]; empty: React.ReactNode };

/** Incidents, one a line: what, how grave, where it stands, what has been told and what is on its way. */
export function IncidentTable({ rows, empty }: Props) {
  const t = useTranslations("incidents.desk.incidents");
  const words = useTranslations("notices");
  const visibility = useTranslations("incidents.desk.visibility");
  const locale = useLocale();
  const columns: Column<IncidentRow>[] = [
    {
      header: t("incident"),
      rowHeader: true,
      cell: ({ number, title, product }) => {
        const name = localized(title, locale);
        return (
          <div className="min-w-48">
            <Link href={at("/ops/incidents/*", number)} tone="main">
              <span lang={name.locale === locale ? undefined : name.locale}>{name.text}</span>
            </Link>
            <CellNote>
              <span className="tabular-nums">{number}</span> · {product[locale]}
            </CellNote>
          </div>
        );
      },
    },
    {
      header: t("grade"),
      cell: ({ severity, kind, isRehearsal }) => (
        <>
          {isRehearsal ? <RehearsalChip /> : <SeverityChip severity={severity} />}
          <CellNote>{words(`kind.${kind}`)}</CellNote>
        </>
      ),
    },
    {
      header: t("status"),
      cell: ({ status, visibility: seenBy }) => (
        <>
          <IncidentStatus status={status} />
          <CellNote>{visibility(seenBy)}</CellNote>
        </>
      ),
    },
    {
      header: t("discovered"),
      nowrap: true,
      cell: ({ discoveredAt, ownerName }) => (
        <>
          <Time at={discoveredAt} form="table" />
          <CellNote>{t("owner", { name: ownerName })}</CellNote>
        </>
      ),
    },
    { header: t("firstNotice"), cell: ({ clock }) => <FirstNoticeClock clock={clock} /> },
    {
      header: t("notices"),
      cell: ({ number, published, ahead }) => (
        <>
          {t("published", { count: published })}
          {ahead && (
            <CellNote>
              <Link href={at("/ops/incidents/*/notices/*", number, ahead.id)}>
                <NoticeStatus status={ahead.status} />
              </Link>
            </CellNote>
          )}
        </>
      ),
    },
  ];
  return (
    <Table
      caption={t("title")}
      columns={columns}
      rows={rows}
      rowKey={({ id }) => id}
      empty={empty}
    />
  );
}
