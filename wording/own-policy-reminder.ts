import type { Locale } from "@/db/vocabulary/languages";
import type { OwnPolicyReminderFacts } from "@/domain/broadcasts/facts";
import type { Address } from "@/lib/addresses";
import { formatDate } from "@/lib/format";
import { localized } from "@/lib/localized";
import { translator } from "@/messages/translator";

/** That a version in force affects end users, and own policies of apps do not speak of it yet (P40). */
export function ownPolicyReminderWords(facts: OwnPolicyReminderFacts, locale: Locale) {
  const t = translator(locale, "broadcasts");
  const date = formatDate(facts.effectiveAt, locale);
  return {
    title: ownPolicyReminderTitle(facts, locale),
    lead: t("ownPolicy.lead", { ...named(facts, locale), date }),
    next: t("ownPolicy.next"),
    action: { href: ownPolicyReminderHref(), label: t("ownPolicy.action") },
  };
}

/** The one line of a list, a subject or a page title. */
export const ownPolicyReminderTitle = (facts: OwnPolicyReminderFacts, locale: Locale): string =>
  translator(locale, "broadcasts")("ownPolicy.title", named(facts, locale));

/** Where each of the reader's own apps that still waits is listed: one telling speaks to all accounts. */
export const ownPolicyReminderHref = (): Address => "/home";

const named = ({ documentTitle, label }: OwnPolicyReminderFacts, locale: Locale) => ({
  title: localized(documentTitle, locale).text,
  label,
});
