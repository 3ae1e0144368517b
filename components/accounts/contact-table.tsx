import { useTranslations } from "next-intl";

import { EmptyState } from "@/components/ui/empty-state";
import { Facts } from "@/components/ui/facts";
import { CellNote, Table } from "@/components/ui/table";
import { CONTACT_KINDS } from "@/db/vocabulary/accounts";
import type { AccountContact } from "@/domain/accounts/contacts-of";
import { formatTableDate, formatTableDateTime } from "@/lib/format";

import { ContactStatus } from "./account-status";

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
              <CellNote>
                <span className="wrap-anywhere">{email}</span>
              </CellNote>
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

/** Whether a contact is told, and if not, what is missing. */
export function ContactState({ contact }: { contact: AccountContact }) {
  const t = useTranslations("contacts");
  const { verifiedAt, sentAt, suppressed, isExpired } = contact;
  const state = suppressed
    ? "suppressed"
    : verifiedAt
      ? "verified"
      : isExpired
        ? "expired"
        : "waiting";
  const notes = {
    suppressed: () => t("suppressedNote"),
    verified: () => verifiedAt && t("since", { date: formatTableDate(verifiedAt) }),
    expired: () => sentAt && t("expiredNote", { date: formatTableDate(sentAt) }),
    waiting: () => sentAt && t("sent", { at: formatTableDateTime(sentAt) }),
  };
  return (
    <div>
      <ContactStatus state={state} />
      <CellNote>{notes[state]()}</CellNote>
    </div>
  );
}

/** How many contacts of each kind an account has, and how many of them have confirmed. */
export function ContactSummary({ contacts }: { contacts: readonly AccountContact[] }) {
  const t = useTranslations("contacts");
  return (
    <Facts
      tight
      facts={CONTACT_KINDS.map((kind) => {
        const those = contacts.filter((contact) => contact.kind === kind);
        const verified = those.filter(({ verifiedAt }) => verifiedAt).length;
        const waiting = those.length - verified;
        const parts = [
          verified > 0 && t("own.verified", { count: verified }),
          waiting > 0 && t("own.waiting", { count: waiting }),
          verified === 0 && t("own.none"),
        ].filter(Boolean);
        return { term: t(`kind.${kind}`), value: parts.join(t("separator")) };
      })}
    />
  );
}
