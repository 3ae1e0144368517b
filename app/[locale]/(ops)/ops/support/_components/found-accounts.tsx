import { useTranslations } from "next-intl";

import { Chip } from "@/components/ui/chip";
import { Link } from "@/components/ui/link";
import { Table } from "@/components/ui/table";
import type { FoundCustomers } from "@/domain/tickets/find-customers";
import { at } from "@/lib/addresses";

/** Accounts that fit. A look at one is on the record, so nothing is fetched before the click. */
export function FoundAccounts({ rows }: { rows: FoundCustomers["accounts"]["rows"] }) {
  const t = useTranslations("support.search");
  return (
    <Table
      caption={t("accounts")}
      rows={rows}
      rowKey={({ id }) => id}
      columns={[
        {
          header: t("account"),
          rowHeader: true,
          cell: ({ id, name, closedAt }) => (
            <>
              <Link href={at("/ops/support/accounts/*", id)} tone="main" prefetch={false}>
                {name}
              </Link>{" "}
              {closedAt && <Chip>{t("closed")}</Chip>}
            </>
          ),
        },
        { header: t("uin"), nowrap: true, cell: ({ uin }) => uin },
        { header: t("apps"), align: "end", cell: ({ apps }) => apps },
      ]}
    />
  );
}
