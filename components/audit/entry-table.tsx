import { useTranslations } from "next-intl";

import { Table } from "@/components/ui/table";
import { type AuditRow } from "@/domain/audit/list";
import { cn } from "@/lib/cn";
import { formatTableDate, formatTime, machineDateTime } from "@/lib/format";
import { shanghaiDay } from "@/lib/shanghai";

import { EntryDetails } from "./entry-details";
import { EntrySentence } from "./entry-sentence";

/** Entries below their days; what people did stands out from what the house does by itself. */
export function EntryTable({ entries }: { entries: readonly AuditRow[] }) {
  const t = useTranslations("audit");
  const days = new Map<string, AuditRow[]>();
  for (const entry of entries) {
    const day = shanghaiDay(entry.at);
    days.set(day, [...(days.get(day) ?? []), entry]);
  }
  return (
    <Table
      caption={t("title")}
      groups={Array.from(days, ([key, rows]) => ({
        key,
        head: <span className="font-semibold">{formatTableDate(rows[0]?.at ?? key)}</span>,
        rows,
      }))}
      rowKey={({ seq }) => String(seq)}
      narrow
      compact
      columns={[
        {
          header: t("time"),
          nowrap: true,
          cell: ({ at }) => <time dateTime={machineDateTime(at)}>{formatTime(at)}</time>,
        },
        {
          header: t("entry"),
          cell: (entry) => (
            <div className="flex min-w-0 flex-wrap items-baseline gap-x-3">
              <p className={cn("min-w-0", entry.actor.kind !== "person" && "text-ink-muted")}>
                <EntrySentence entry={entry} />
              </p>
              <EntryDetails entry={entry} />
            </div>
          ),
        },
        {
          header: t("number"),
          align: "end",
          phone: "hidden",
          cell: ({ seq }) => <span className="text-ink-muted">{seq}</span>,
        },
      ]}
    />
  );
}
