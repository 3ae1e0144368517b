import { useTranslations } from "next-intl";
import { getTranslations } from "next-intl/server";

import { FoldedNoteForm } from "@/components/form/note-form";
import { EmptyState } from "@/components/ui/empty-state";
import { AskStatus } from "@/components/policies/answer-status";
import { Link } from "@/components/ui/link";
import { CellNote, Table } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { type CoverageRow } from "@/domain/policies/coverage";
import { OPEN_ASK_STATES } from "@/db/vocabulary/policies";
import { at } from "@/lib/addresses";

import { waive } from "../actions";

type Props = {
  rows: readonly CoverageRow[];
  caption: string;
  filtered: boolean;
  versionId: string;
  documentId: string;
  waives: boolean;
};

/** One account a line, with its latest answer and the receipt that proves it. */
export async function AnswerTable({
  rows,
  caption,
  filtered,
  waives,
  versionId,
  documentId,
}: Props) {
  const [t, talk, role] = await Promise.all([
    getTranslations("policies.ops.answers"),
    getTranslations("policies.ops.talk"),
    getTranslations("access.memberRole"),
  ]);
  return (
    <Table
      caption={caption}
      rows={rows}
      rowKey={({ accountId }) => accountId}
      empty={<Nobody filtered={filtered} />}
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
        { header: t("tier"), cell: ({ tier }) => tier ?? t("none") },
        {
          header: t("answer"),
          cell: ({ state, reason, accountId, name, isUnreached }) => (
            <>
              <AskStatus state={state} reader="coverage" />
              {isUnreached && <CellNote>{t("narrow.unreached")}</CellNote>}
              {reason && <CellNote>{reason}</CellNote>}
              {waives && OPEN_ASK_STATES.some((one) => one === state) && (
                <WaiveForm account={{ id: accountId, name }} versionId={versionId} />
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
          cell: ({ answeredAt: at }) => (at ? <Time at={at} form="table" /> : t("none")),
        },
        {
          header: t("receipt"),
          nowrap: true,
          cell: ({ receiptNumber }) => receiptNumber ?? t("none"),
        },
        {
          header: talk("column"),
          nowrap: true,
          cell: ({ accountId, messages: count }) => (
            <Link href={at("/ops/policies/*/*/answers/*", documentId, versionId, accountId)}>
              {talk("count", { count })}
            </Link>
          ),
        },
      ]}
    />
  );
}

function Nobody({ filtered }: Pick<Props, "filtered">) {
  const t = useTranslations("policies.ops.answers");
  return (
    <EmptyState title={t(filtered ? "noneOfThese" : "nobody")}>
      {t(filtered ? "noneOfTheseText" : "nobodyText")}
    </EmptyState>
  );
}

type WaiveProps = { account: { id: string; name: string }; versionId: string };

/** Asks one account no longer, with a reason that it will read. */
async function WaiveForm({ account, versionId }: WaiveProps) {
  const t = await getTranslations("policies.ops.waive");
  return (
    <FoldedNoteForm
      action={waive}
      open={t("open")}
      label={t("title", { account: account.name })}
      subject={{ versionId, accountId: account.id }}
      note={{
        ...{ name: "reason", label: t("reason"), hint: t("reasonHint") },
        ...{ rows: 2, maxLength: 1000 },
      }}
      submit={t("submit")}
    />
  );
}
