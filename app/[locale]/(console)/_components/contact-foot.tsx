import { getLocale, getTranslations } from "next-intl/server";

import { ContactLines } from "@/components/policies/contact-card";
import { shownCard } from "@/server/vendor";

/** At the foot of every page of the console: who answers for the guides, and how to reach them (P58). */
export async function ContactFoot() {
  const [t, locale] = await Promise.all([getTranslations("policies.card"), getLocale()]);
  return (
    <footer className="border-line text-small text-ink-muted mt-16 border-t pt-4 leading-5.5 print:hidden">
      <h2 className="text-small text-ink mb-1">{t("title")}</h2>
      <ul className="max-md:*:min-h-6 md:flex md:flex-wrap md:gap-x-5">
        <ContactLines card={await shownCard(locale)} />
      </ul>
    </footer>
  );
}
