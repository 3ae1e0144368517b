import { useTranslations } from "next-intl";

import { Chip } from "@/components/ui/chip";
import { EmptyState } from "@/components/ui/empty-state";
import { Link } from "@/components/ui/link";
import { CellNote, type Column, Table } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { type StaffMember } from "@/domain/staff/list-staff";
import { at } from "@/lib/addresses";

type Props = { rows: readonly StaffMember[]; readerId: string; canManage: boolean };

/** Who may what, since when, and by whom it was given. */
export function StaffTable({ rows, readerId, canManage }: Props) {
  const t = useTranslations("staff");
  const columns: Column<StaffMember>[] = [
    {
      header: t("name"),
      rowHeader: true,
      cell: ({ id, name, email }) => (
        <>
          {canManage ? (
            <Link href={at("/ops/staff/*", id)} tone="main">
              {name}
            </Link>
          ) : (
            name
          )}
          {id === readerId && <Chip after>{t("you")}</Chip>}
          <CellNote>
            <span className="wrap-anywhere">{email}</span>
          </CellNote>
        </>
      ),
    },
    { header: t("roles"), cell: (row) => <HeldRoles member={row} /> },
  ];
  return (
    <Table
      caption={t("title")}
      rows={rows}
      rowKey={({ id }) => id}
      columns={columns}
      empty={<EmptyState title={t("empty")}>{t("emptyText")}</EmptyState>}
    />
  );
}

type MemberProps = { member: Pick<StaffMember, "roles" | "proposal"> };

/** A person's roles, each with since when and by whom; a proposal waits at their end. */
export function HeldRoles({ member: { roles, proposal } }: MemberProps) {
  const t = useTranslations("staff");
  const name = useTranslations("access.staffRole");
  const given = ({ grantedByName, confirmedByName }: StaffMember["roles"][number]) => {
    if (!grantedByName) return t("bySetup");
    if (!confirmedByName) return t("by", { name: grantedByName });
    return t("byTwo", { proposer: grantedByName, confirmer: confirmedByName });
  };
  return (
    <ul className="grid gap-1">
      {roles.map((held) => (
        <li key={held.role}>
          {name(held.role)}
          <span className="text-ink-muted text-small ml-2">
            {t.rich("since", { at: () => <Time at={held.grantedAt} form="table" /> })}
            {t("separator")}
            {given(held)}
          </span>
        </li>
      ))}
      {proposal && (
        <li>
          {name("admin")}
          <Chip after>{t("waiting")}</Chip>
          <span className="text-ink-muted text-small ml-2">
            <Time at={proposal.proposedAt} form="table" />
            {t("separator")}
            {t("proposedBy", { name: proposal.proposedByName })}
          </span>
        </li>
      )}
    </ul>
  );
}
