import { useTranslations } from "next-intl";

import { Facts } from "@/components/ui/facts";
import { CONTACT_KINDS } from "@/db/vocabulary/accounts";
import type { AccountContact } from "@/domain/accounts/contacts-of";

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
