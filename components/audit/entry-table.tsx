import { useTranslations } from "next-intl";

import { Table } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { type AuditRow } from "@/domain/audit/list";

import { EntryDetails } from "./entry-details";
import { EntrySentence } from "./entry-sentence";

export function EntryTable({ entries }: { entries: readonly AuditRow[] }) {
  const t = useTranslations("audit");
  return (
    <Table
      caption={t("title")}
      rows={entries}
      rowKey={({ seq }) => String(seq)}
      columns={[
        { header: t("time"), nowrap: true, cell: ({ at }) => <Time at={at} form="table" /> },
        {
          header: t("entry"),
          cell: (entry) => (
            <div className="flex min-w-0 flex-wrap items-baseline gap-x-3">
              <p className="min-w-0">
                <EntrySentence entry={entry} />
              </p>
              <EntryDetails entry={entry} />
            </div>
          ),
        },
        {
          header: t("number"),
          align: "end",
          cell: ({ seq }) => <span className="text-ink-muted">{seq}</span>,
        },
      ]}
    />
  );
}
