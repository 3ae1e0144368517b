import { useLocale, useTranslations } from "next-intl";

import { RehearsalChip, RestrictedChip } from "@/components/incidents/incident-status";
import { CellNote, type Column, Table } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { AccountIncident } from "@/domain/incidents/list-account-incidents";
import { localized } from "@/lib/localized";

/** The incidents an account was told of, and how many of its apps they concern. */
export function IncidentTable({ rows }: { rows: readonly AccountIncident[] }) {
  const t = useTranslations("support.incidents");
  const words = useTranslations("notices");
  const locale = useLocale();
  const columns: Column<AccountIncident>[] = [
    {
      header: t("incident"),
      rowHeader: true,
      cell: ({ number, title, visibility, isRehearsal }) => {
        const { text, locale: language } = localized(title, locale);
        return (
          <>
            {text ? (
              <span lang={language} className="font-semibold">
                {text}
              </span>
            ) : (
              <span className="text-ink-muted">{t("withheld")}</span>
            )}
            <CellNote>
              {number} {visibility === "restricted" && <RestrictedChip />}
              {isRehearsal && <RehearsalChip />}
            </CellNote>
          </>
        );
      },
    },
    {
      header: t("status"),
      cell: ({ status, severity }) => (
        <>
          {words(`status.${status}`)}
          <CellNote>{words(`severity.${severity}`)}</CellNote>
        </>
      ),
    },
    { header: t("apps"), align: "end", cell: ({ apps }) => apps },
    {
      header: t("told"),
      cell: ({ notices, toldAt }) => (
        <>
          {toldAt && <Time at={toldAt} form="table" />}
          <CellNote>{t("notices", { count: notices })}</CellNote>
        </>
      ),
    },
  ];
  return (
    <Table caption={t("title")} columns={columns} rows={rows} rowKey={({ number }) => number} />
  );
}
