import { useTranslations } from "next-intl";

import { Chip } from "@/components/ui/chip";
import { Table } from "@/components/ui/table";
import { type OwnAccount } from "@/domain/accounts/list-own";

type Props = { members: OwnAccount["members"]; readerId: string };

export function OwnMembers({ members, readerId }: Props) {
  const t = useTranslations("accounts.own");
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
              {name} {userId === readerId && <Chip>{t("you")}</Chip>}
            </>
          ),
        },
        { header: t("role"), cell: (member) => role(member.role) },
        { header: t("email"), cell: ({ email }) => email },
      ]}
    />
  );
}
