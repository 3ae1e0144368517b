import { useTranslations } from "next-intl";

import { Table } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { type DueDateStep } from "@/domain/calendar/due-date";
import { shanghaiDay, shanghaiMidnight } from "@/lib/shanghai";

import { DueDateMonths } from "./due-date-months";

type Props = {
  startedAt: Date;
  isAppeal?: boolean;
  isProvisional?: boolean;
  steps: readonly DueDateStep[];
  /** The law that set an earlier day, and when the term was extended. */
  source: string | null;
  extendedAt: Date | null;
};

/** How a due date came about, day by day, for whoever wants to count along (P47). */
export function DueDateSteps({ startedAt, isAppeal, isProvisional, steps, ...on }: Props) {
  const t = useTranslations("requests.dueDate");
  const rows: Row[] = [{ day: shanghaiDay(startedAt), kind: null, note: null, count: 0 }, ...steps];
  return (
    <details className="text-ui mt-2">
      <summary className="text-link cursor-pointer py-1 max-md:py-2">{t("title")}</summary>
      <div className="max-w-form pt-2">
        <p className="text-ink-muted text-small mb-2">
          {t("rule")} {on.source && t("legal", { source: on.source })}{" "}
          {on.extendedAt && t("extended")} {isProvisional && t("provisional")}
        </p>
        <DueDateMonths receivedDay={shanghaiDay(startedAt)} steps={steps} />
        <Table
          caption={t("title")}
          compact
          narrow
          rows={rows}
          rowKey={({ day }) => day}
          columns={[
            {
              header: t("day"),
              cell: ({ day }) => <Time at={shanghaiMidnight(day)} form="table-date" />,
              nowrap: true,
              rowHeader: true,
            },
            {
              header: t("kind"),
              cell: ({ kind, note }) =>
                kind ? (note ?? t(`kindOf.${kind}`)) : t(isAppeal ? "appealDay" : "day0"),
            },
            {
              header: t("counted"),
              cell: ({ kind, count }) =>
                kind === "work" || kind === "make_up" ? t("count", { count }) : "—",
              align: "end",
            },
          ]}
        />
      </div>
    </details>
  );
}

type Row = Omit<DueDateStep, "kind"> & { kind: DueDateStep["kind"] | null };
