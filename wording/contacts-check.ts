import type { Locale } from "@/db/vocabulary/languages";
import type { ContactsCheckFacts } from "@/domain/broadcasts/facts";
import { type Address, at } from "@/lib/addresses";
import { formatDate } from "@/lib/format";
import { translator } from "@/messages/translator";

/** Once a year: which contacts an account has, and that somebody confirms or changes them. */
export function contactsCheckWords(facts: ContactsCheckFacts, locale: Locale) {
  const t = translator(locale, "contacts");
  const { accountName: account, uin, contacts, lastAt } = facts;
  const counted = contacts.map(({ kind, count }) =>
    t("check.one", { kind: t(`kind.${kind}`), count }),
  );
  return {
    title: contactsCheckTitle(facts, locale),
    lead: t("check.lead", {
      ...{ account, uin, contacts: counted.join(t("check.separator")) },
      date: formatDate(lastAt, locale),
    }),
    next: t("check.next"),
    action: { href: contactsCheckHref(facts), label: t("check.action") },
  };
}

/** The one line of a list, a subject or a page title. */
export const contactsCheckTitle = (
  { accountName: account, isReminder }: ContactsCheckFacts,
  locale: Locale,
): string =>
  translator(locale, "contacts")(isReminder ? "check.again" : "check.title", { account });

export const contactsCheckHref = ({ accountId }: ContactsCheckFacts): Address =>
  at("/account/contacts", { account: accountId });
