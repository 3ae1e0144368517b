import { getLocale, getTranslations } from "next-intl/server";

import { EmptyState } from "@/components/ui/empty-state";
import { Link } from "@/components/ui/link";
import { CheckStatus } from "@/components/ui/check-status";
import { CellNote, Table } from "@/components/ui/table";
import { type AudienceApp } from "@/domain/incidents/list-audience";
import { at } from "@/lib/addresses";

import { reasonWords } from "./reason-text";

type Props = {
  rows: readonly AudienceApp[];
  /** Whether the rows are those of a search, so that none means another thing. */
  hasSearch: boolean;
};

/** The apps a notice concerns: whose each is, why it is in, how its account is reached. */
export async function AppTable({ rows, hasSearch }: Props) {
  const t = await getTranslations("incidents.desk.audienceList");
  return (
    <Table
      caption={t("caption")}
      rows={rows}
      rowKey={({ sdkAppId }) => sdkAppId}
      empty={
        <EmptyState title={t(hasSearch ? "noneFound" : "empty")}>
          {t(hasSearch ? "noneFoundText" : "emptyText")}
        </EmptyState>
      }
      columns={[
        {
          header: t("app"),
          rowHeader: true,
          cell: ({ name, sdkAppId }) => (
            <>
              {name}
              <CellNote>
                <span className="tabular-nums">{sdkAppId}</span>
              </CellNote>
            </>
          ),
        },
        {
          header: t("account"),
          cell: ({ accountId, accountName, uin }) => (
            <>
              <Link href={at("/ops/accounts/*", accountId)}>{accountName}</Link>
              <CellNote>
                <span className="tabular-nums">{uin}</span>
              </CellNote>
            </>
          ),
        },
        { header: t("why"), cell: ({ reason }) => <Why reason={reason} /> },
        { header: t("reach"), cell: (app) => <Reach {...app} /> },
      ]}
    />
  );
}

async function Why({ reason }: Pick<AudienceApp, "reason">) {
  const { ways, others } = reasonWords(reason, await getLocale());
  return (
    <>
      {ways.map(({ text, note }) => (
        <span key={text} className="block">
          {text}
          {note && <CellNote>{note}</CellNote>}
        </span>
      ))}
      {others.map((text) => (
        <CellNote key={text}>{text}</CellNote>
      ))}
    </>
  );
}

async function Reach({ people, unreached }: AudienceApp) {
  const t = await getTranslations("incidents.desk.audienceList");
  if (unreached === null) return t("people", { count: people });
  return (
    <>
      <CheckStatus isGood={false}>{t("noMail")}</CheckStatus>
      <CellNote>{t(`because.${unreached}`)}</CellNote>
    </>
  );
}
