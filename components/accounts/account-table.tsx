import { useTranslations } from "next-intl";

import { CheckStatus } from "@/components/ui/check-status";
import { Link } from "@/components/ui/link";
import { CellNote, Table } from "@/components/ui/table";
import { type AccountSummary } from "@/domain/accounts/list-accounts";
import { at } from "@/lib/addresses";

import { AccountStatus } from "./account-status";

/** Accounts with how many people and apps they have, and whether anybody may answer for them. */
export function AccountTable({ accounts }: { accounts: readonly AccountSummary[] }) {
  const t = useTranslations("accounts");
  return (
    <Table
      caption={t("title")}
      rows={accounts}
      rowKey={({ id }) => id}
      columns={[
        {
          header: t("list.account"),
          rowHeader: true,
          cell: ({ id, name, uin }) => (
            <>
              <Link href={at("/ops/accounts/*", id)} tone="main">
                {name}
              </Link>
              <CellNote>{t("uin", { uin })}</CellNote>
            </>
          ),
        },
        { header: t("list.members"), align: "end", cell: ({ members }) => members },
        {
          header: t("list.signatories"),
          align: "end",
          cell: ({ signatories }) =>
            signatories > 0 ? (
              t("list.signatoryCount", { count: signatories })
            ) : (
              <CheckStatus isGood={false}>{t("list.nobody")}</CheckStatus>
            ),
        },
        { header: t("list.apps"), align: "end", cell: ({ apps }) => apps },
        {
          header: t("list.state"),
          cell: ({ closedAt }) => <AccountStatus closedAt={closedAt} />,
        },
      ]}
    />
  );
}
