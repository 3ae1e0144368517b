import { useTranslations } from "next-intl";

import { Link } from "@/components/ui/link";
import { Table } from "@/components/ui/table";
import type { FoundPerson } from "@/domain/tickets/find-customers";
import { at } from "@/lib/addresses";

/** People that fit, members of accounts or not; the address in part. */
export function FoundPeople({ rows }: { rows: readonly FoundPerson[] }) {
  const t = useTranslations("support.search");
  return (
    <Table
      caption={t("people")}
      rows={rows}
      rowKey={({ id }) => id}
      columns={[
        {
          header: t("person"),
          rowHeader: true,
          cell: ({ id, name }) => (
            <Link href={at("/ops/support/people/*", id)} tone="main" prefetch={false}>
              {name}
            </Link>
          ),
        },
        {
          header: t("address"),
          cell: ({ email }) => <span className="wrap-anywhere">{email}</span>,
        },
        {
          header: t("of"),
          cell: ({ accountNames }) => accountNames.join(t("separator")) || t("none"),
        },
      ]}
    />
  );
}
