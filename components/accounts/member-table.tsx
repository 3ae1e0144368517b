import { useTranslations } from "next-intl";

import { Chip } from "@/components/ui/chip";
import { EmptyState } from "@/components/ui/empty-state";
import { Link } from "@/components/ui/link";
import { CellNote, type Column, Table } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { type AccountMember } from "@/domain/accounts/list-members";
import { type OwnAccount } from "@/domain/accounts/list-own";
import { type Address } from "@/lib/addresses";

import { LeftStatus } from "./account-status";

type Props = {
  members: readonly AccountMember[];
  /** Where a member is changed; without it the table is for reading. */
  editHref?: (memberId: string) => Address;
};

/** At the end of a row: the way to change what it shows. */
export function changeColumn<Row extends { id: string; name: string }>(
  t: ReturnType<typeof useTranslations<"accounts">>,
  editHref: (id: string) => Address,
): Column<Row> {
  return {
    header: t("detail.actions"),
    headerHidden: true,
    align: "end",
    cell: ({ id, name }) => (
      <Link href={editHref(id)} aria-label={t("detail.changeNamed", { name })}>
        {t("detail.change")}
      </Link>
    ),
  };
}

/** The members of an account, those who left at its end. */
export function MemberTable({ members, editHref }: Props) {
  const t = useTranslations("accounts");
  const role = useTranslations("access.memberRole");
  const columns: Column<AccountMember>[] = [
    {
      header: t("detail.name"),
      rowHeader: true,
      cell: ({ name, email }) => (
        <>
          {name}
          <CellNote>
            <span className="wrap-anywhere">{email}</span>
          </CellNote>
        </>
      ),
    },
    {
      header: t("detail.role"),
      cell: (member) => (member.leftAt ? <LeftStatus at={member.leftAt} /> : role(member.role)),
    },
    { header: t("detail.language"), cell: ({ locale }) => t(`locale.${locale}`) },
    {
      header: t("detail.joined"),
      nowrap: true,
      cell: ({ joinedAt }) => <Time at={joinedAt} form="table-date" />,
    },
  ];
  if (editHref) columns.push(changeColumn(t, editHref));
  return (
    <Table
      caption={t("detail.members")}
      rows={members}
      rowKey={({ id }) => id}
      columns={columns}
      empty={<EmptyState title={t("detail.noMembers")}>{t("detail.noMembersText")}</EmptyState>}
    />
  );
}

type OwnMembersProps = {
  members: OwnAccount["members"]["rows"];
  readerId: string;
  /** Where an owner changes a member; without it the table is for reading. */
  editHref?: (memberId: string) => Address;
};

export function OwnMembers({ members, readerId, editHref }: OwnMembersProps) {
  const t = useTranslations("accounts.own");
  const words = useTranslations("accounts");
  const role = useTranslations("access.memberRole");
  return (
    <Table
      caption={t("members")}
      rows={members}
      rowKey={({ id }) => id}
      columns={[
        {
          header: t("name"),
          rowHeader: true,
          cell: ({ name, userId }) => (
            <>
              {name} {userId === readerId && <Chip after>{t("you")}</Chip>}
            </>
          ),
        },
        { header: t("role"), cell: (member) => role(member.role) },
        { header: t("email"), cell: ({ email }) => email ?? t("hidden") },
        ...(editHref ? [changeColumn<(typeof members)[number]>(words, editHref)] : []),
      ]}
    />
  );
}
