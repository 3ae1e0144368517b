import { useTranslations } from "next-intl";

import { StandInShape } from "@/components/accounts/account-status";
import { ContactState } from "@/components/accounts/contact-table";
import { Link } from "@/components/ui/link";
import { Section } from "@/components/ui/section";
import type { ContactKind } from "@/db/vocabulary/accounts";
import type { AccountContact } from "@/domain/accounts/contacts-of";
import type { OwnContacts } from "@/domain/accounts/list-contacts";
import { at } from "@/lib/addresses";

import { ContactActions } from "./contact-actions";

type Props = { kind: ContactKind; own: OwnContacts };

/** One kind of contact: what it is told, who it is, and who stands in while nobody has confirmed. */
export function KindSection({ kind, own: { account, contacts, canManage, owners } }: Props) {
  const t = useTranslations("contacts");
  const those = contacts.filter((contact) => contact.kind === kind);
  const verified = those.filter(({ verifiedAt }) => verifiedAt);
  const names = owners.join(t("separator"));
  const add = at("/account/contacts/new", { account: account.id, kind });
  return (
    <Section
      id={kind}
      title={t(`kind.${kind}`)}
      note={those.length > 0 && t("count", { count: those.length })}
      more={
        canManage && (
          <Link href={add} aria-label={t("add", { kind: t(`kind.${kind}`) })}>
            {t("addShort")}
          </Link>
        )
      }
    >
      <p className="text-ink-muted max-w-measure mb-3">{t(`told.${kind}`)}</p>
      {verified.length === 0 && (
        <p className="max-w-measure mb-3 grid grid-cols-[12px_minmax(0,1fr)] gap-x-2.5">
          <StandInShape kind={kind} />
          {t(`standIn.${kind}`, { owners: names })}
        </p>
      )}
      {those.length > 0 && (
        <ul className="border-line-strong border-t">
          {those.map((contact) => (
            <Entry key={contact.id} contact={contact}>
              {canManage && (
                <ContactActions
                  contact={contact}
                  standIns={verified.length === 1 && contact.verifiedAt ? names : null}
                />
              )}
            </Entry>
          ))}
        </ul>
      )}
    </Section>
  );
}

function Entry({ contact, children }: { contact: AccountContact; children: React.ReactNode }) {
  return (
    <li className="border-line grid items-start gap-x-6 gap-y-1 border-b py-3 md:grid-cols-[minmax(0,1fr)_minmax(0,15em)_minmax(0,16em)]">
      <div className="min-w-0">
        <span className="font-semibold wrap-anywhere">{contact.name}</span>
        <span className="text-small text-ink-muted block wrap-anywhere">{contact.email}</span>
      </div>
      <ContactState contact={contact} />
      {children}
    </li>
  );
}
