import { useLocale, useTranslations } from "next-intl";

import { AskStatus } from "@/components/policies/answer-status";
import { CellNote, type Column, Table } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { AccountAnswer } from "@/domain/policies/account-answers";

/** What an account answered to the changes that ask for an answer, by whom, with which receipt. */
export function AnswerTable({ rows }: { rows: readonly AccountAnswer[] }) {
  const t = useTranslations("support.answers");
  const role = useTranslations("access.memberRole");
  const locale = useLocale();
  const columns: Column<AccountAnswer>[] = [
    {
      header: t("version"),
      rowHeader: true,
      cell: ({ titles, label }) => t("named", { title: titles[locale], label }),
    },
    {
      header: t("effective"),
      nowrap: true,
      cell: ({ effectiveAt }) => <Time at={effectiveAt} form="table-date" />,
    },
    {
      header: t("answer"),
      cell: ({ state }) => <AskStatus state={state} reader="support" />,
    },
    {
      header: t("by"),
      cell: ({ personName, memberRole, answeredAt }) =>
        answeredAt ? (
          <>
            {personName}
            <CellNote>
              {memberRole && role(memberRole)} <Time at={answeredAt} form="table" />
            </CellNote>
          </>
        ) : (
          "–"
        ),
    },
    { header: t("receipt"), nowrap: true, cell: ({ receiptNumber }) => receiptNumber ?? "–" },
  ];
  return (
    <Table
      caption={t("title")}
      columns={columns}
      rows={rows}
      rowKey={({ versionId }) => versionId}
    />
  );
}
