import { getTranslations } from "next-intl/server";

import { EmptyState } from "@/components/ui/empty-state";
import { AskStatus } from "@/components/policies/answer-status";
import { Link } from "@/components/ui/link";
import { CellNote, Table } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { type CoverageRow } from "@/domain/policies/coverage";
import { OPEN_ASK_STATES } from "@/db/vocabulary/policies";
import { at } from "@/lib/addresses";

import { WaiveForm } from "./waive-form";

type Props = {
  rows: readonly CoverageRow[];
  caption: string;
  filtered: boolean;
  waives: { versionId: string } | null;
};

/** One account a line, with its latest answer and the receipt that proves it. */
export async function AnswerTable({ rows, caption, filtered, waives }: Props) {
  const [t, role] = await Promise.all([
    getTranslations("policies.ops.answers"),
    getTranslations("access.memberRole"),
  ]);
  return (
    <Table
      caption={caption}
      rows={rows}
      rowKey={({ accountId }) => accountId}
      empty={
        <EmptyState title={t(filtered ? "noneOfThese" : "nobody")}>
          {t(filtered ? "noneOfTheseText" : "nobodyText")}
        </EmptyState>
      }
      columns={[
        {
          header: t("account"),
          rowHeader: true,
          cell: ({ accountId, name, uin }) => (
            <>
              <Link href={at("/ops/accounts/*", accountId)} tone="main">
                {name}
              </Link>
              <CellNote>UIN {uin}</CellNote>
            </>
          ),
        },
        {
          header: t("answer"),
          cell: ({ state, reason, accountId, name }) => (
            <>
              <AskStatus state={state} reader="coverage" />
              {reason && <CellNote>{reason}</CellNote>}
              {waives && OPEN_ASK_STATES.some((one) => one === state) && (
                <WaiveForm account={{ id: accountId, name }} versionId={waives.versionId} />
              )}
            </>
          ),
        },
        {
          header: t("person"),
          cell: ({ personName, memberRole }) => (
            <>
              {personName ?? t("none")}
              {memberRole && <CellNote>{role(memberRole)}</CellNote>}
            </>
          ),
        },
        {
          header: t("at"),
          nowrap: true,
          cell: ({ answeredAt }) =>
            answeredAt ? <Time at={answeredAt} form="table" /> : t("none"),
        },
        {
          header: t("receipt"),
          nowrap: true,
          cell: ({ receiptNumber }) => receiptNumber ?? t("none"),
        },
      ]}
    />
  );
}
