import { useTranslations } from "next-intl";

import { EmptyState } from "@/components/ui/empty-state";
import { CellNote, Table } from "@/components/ui/table";
import type { AccountContact } from "@/domain/accounts/contacts-of";

import { ContactState } from "./contact-state";

export function ContactTable({ contacts }: { contacts: readonly AccountContact[] }) {
  const t = useTranslations("contacts");
  return (
    <Table
      caption={t("ops.title")}
      rows={contacts}
      rowKey={({ id }) => id}
      columns={[
        {
          header: t("ops.contact"),
          rowHeader: true,
          cell: ({ name, email }) => (
            <>
              {name}
              <CellNote>{email}</CellNote>
            </>
          ),
        },
        { header: t("ops.kind"), cell: ({ kind }) => t(`kind.${kind}`) },
        { header: t("ops.state"), cell: (contact) => <ContactState contact={contact} /> },
      ]}
      empty={<EmptyState title={t("ops.empty")}>{t("ops.emptyText")}</EmptyState>}
    />
  );
}
