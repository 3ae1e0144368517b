import { useTranslations } from "next-intl";

import { CheckStatus } from "@/components/ui/check-status";
import { Link } from "@/components/ui/link";
import { Pager } from "@/components/ui/pager";
import { Section } from "@/components/ui/section";
import { CellNote, type Column, Table } from "@/components/ui/table";
import type { CustomerAccount } from "@/domain/tickets/look-at-customer";
import { type Address, at, withQuery } from "@/lib/addresses";

type Named = { key: string; userId: string; name: string; email: string; part: React.ReactNode };

/** Who belongs to the account and whom it names for what; addresses in part. */
export function PeopleSection({ account, home }: { account: CustomerAccount; home: Address }) {
  const t = useTranslations("support.people");
  const role = useTranslations("access.memberRole");
  const rows: Named[] = [
    ...account.members.rows.map((one) => ({ ...one, key: one.id, part: role(one.role) })),
    ...account.contacts.map((one) => ({
      ...one,
      key: one.id,
      part: (
        <>
          {t(`kind.${one.kind}`)}{" "}
          {!one.verifiedAt && <CheckStatus isGood={false}>{t("unverified")}</CheckStatus>}
        </>
      ),
    })),
  ];
  const columns: Column<Named>[] = [
    {
      header: t("person"),
      rowHeader: true,
      cell: ({ userId, name, email }) => (
        <>
          <Link href={at("/ops/support/people/*", userId)} tone="main">
            {name}
          </Link>
          <CellNote>
            <span className="wrap-anywhere">{email}</span>
          </CellNote>
        </>
      ),
    },
    { header: t("part"), cell: ({ part }) => part },
  ];
  return (
    <Section id="people" title={t("title")}>
      {rows.length === 0 ? (
        <p className="text-ink-muted">{t("empty")}</p>
      ) : (
        <Table
          caption={t("title")}
          columns={columns}
          rows={rows}
          rowKey={({ key }) => key}
          compact
        />
      )}
      <Pager
        name="members"
        href={withQuery(home, { "#": "people" })}
        previous={account.members.previous}
        next={account.members.next}
      />
    </Section>
  );
}
