import { useTranslations } from "next-intl";

import { OverdueChip, PriorityChip, RequestStatus } from "@/components/requests/request-status";
import { TermBar } from "@/components/requests/term-bar";
import { ActionForm } from "@/components/form/action-form";
import { SelectField } from "@/components/form/fields";
import { SubmitButton } from "@/components/form/submit-button";
import { Checkbox } from "@/components/ui/choice";
import { Chip } from "@/components/ui/chip";
import { Link } from "@/components/ui/link";
import { CellNote, type Column, Table } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { type QueueRow } from "@/domain/requests/list-queue";
import { isPriority } from "@/domain/requests/rules";
import { at } from "@/lib/addresses";
import { shanghaiMidnight } from "@/lib/shanghai";

import { assignAll } from "../actions";

type Props = {
  rows: readonly QueueRow[];
  /** Each may be ticked, to be given to somebody with others (`AssignForm`). */
  isTickable?: boolean;
};

/** Cases, one a line; what is past its day says so in words. */
export function QueueTable({ rows, isTickable = false }: Props) {
  const t = useTranslations("requests.desk");
  const types = useTranslations("requests.type");
  const tick = useTick();
  const columns: Column<QueueRow>[] = [
    ...(isTickable ? [tick] : []),
    {
      header: t("col.number"),
      cell: ({ number }) => (
        <Link href={at("/ops/requests/*", number)} tone="main">
          {number}
        </Link>
      ),
      rowHeader: true,
      nowrap: true,
    },
    {
      header: t("col.type"),
      phone: "beside",
      cell: ({ type, isOfChildrensApp }) => (
        <>
          {types(type)} {isPriority(type, isOfChildrensApp) && <PriorityChip after />}
        </>
      ),
    },
    {
      header: t("col.status"),
      phone: "beside",
      cell: ({ status, isDeveloperLate }) => (
        <>
          <RequestStatus status={status} />
          {isDeveloperLate && <CellNote>{t("developerLate")}</CellNote>}
        </>
      ),
    },
    {
      header: t("col.due"),
      phone: "beside",
      cell: ({ dueDate, isOverdue, isDueProvisional, term }) => (
        <>
          <Time at={shanghaiMidnight(dueDate)} form="table-date" />{" "}
          {isOverdue && <OverdueChip after />}
          {isDueProvisional && <Chip after>{t("provisional")}</Chip>}
          {term && <TermBar term={term} />}
        </>
      ),
    },
    {
      header: t("col.handler"),
      phone: "beside",
      cell: ({ handlerName, isHandled, answeredAt }) => {
        if (!handlerName) return t("unassigned");
        return isHandled || answeredAt ? handlerName : t("formerHandler", { name: handlerName });
      },
    },
    {
      header: t("col.from"),
      phone: "hidden",
      cell: ({ requesterKind, appName, accountName, ticketNumber }) => (
        <>
          {t(`requester.${requesterKind}`)}
          <CellNote>{appName ?? accountName}</CellNote>
          {ticketNumber && (
            <CellNote>
              {t("col.ticket")} {ticketNumber}
            </CellNote>
          )}
        </>
      ),
    },
  ];
  return <Table caption={t("queue")} columns={columns} rows={rows} rowKey={({ id }) => id} />;
}

/** A box before each case, which sends its number and the revision that was looked at. */
function useTick(): Column<QueueRow> {
  const t = useTranslations("requests.desk.bulk");
  return {
    header: t("title"),
    headerHidden: true,
    phone: "beside",
    cell: ({ id, number, revision }) => (
      <Checkbox
        id={`case-${id}`}
        name="cases"
        value={`${number} ${revision}`}
        label={<span className="sr-only">{t("pick", { number })}</span>}
      />
    ),
  };
}

type Handler = { id: string; name: string; open: number; overdue: number };
type AssignProps = { rows: readonly QueueRow[]; handlers: readonly Handler[] };

/** The queue with a box before each case, and whom the ticked ones are given to: all of them or none. */
export function AssignForm({ rows, handlers }: AssignProps) {
  const t = useTranslations("requests.desk");
  return (
    <ActionForm action={assignAll} label={t("bulk.title")} resetOnDone>
      <QueueTable rows={rows} isTickable />
      <div className="mt-4 flex flex-wrap items-end gap-2">
        <div>
          <SelectField
            name="handlerId"
            label={t("do.handler")}
            options={[
              { value: "", label: t("do.chooseHandler") },
              ...handlers.map(({ id, ...load }) => ({ value: id, label: t("bulk.load", load) })),
            ]}
          />
        </div>
        <SubmitButton variant="outline">{t("bulk.title")}</SubmitButton>
      </div>
    </ActionForm>
  );
}
