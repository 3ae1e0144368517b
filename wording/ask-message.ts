import type { Locale } from "@/db/vocabulary/languages";
import type { AskMessageFacts } from "@/domain/broadcasts/facts";
import { type Address, at } from "@/lib/addresses";
import { localized } from "@/lib/localized";
import { translator } from "@/messages/translator";

/** That somebody wrote about an answer. What they wrote stands behind the link: a mail is no place for it. */
export function askMessageWords(facts: AskMessageFacts, locale: Locale) {
  const t = translator(locale, "broadcasts");
  const { side, accountName: account, uin } = facts;
  return {
    title: askMessageTitle(facts, locale),
    lead: t(`askMessage.lead.${side}`, { ...named(facts, locale), account, uin }),
    next: t(`askMessage.next.${side}`),
    action: { href: askMessageHref(facts), label: t("askMessage.action") },
  };
}

/** The one line of a list, a subject or a page title. It names no account. */
export const askMessageTitle = (facts: AskMessageFacts, locale: Locale): string =>
  translator(locale, "broadcasts")(`askMessage.title.${facts.side}`, named(facts, locale));

/** Where the conversation stands: for the account its answer's page, for operations its own. */
export const askMessageHref = ({
  side,
  versionId,
  documentId,
  accountId,
}: AskMessageFacts): Address =>
  side === "vendor"
    ? at("/acknowledgements/*", versionId, { "#": `talk-${accountId}` })
    : at("/ops/policies/*/*/answers/*", documentId, versionId, accountId);

const named = ({ documentTitle, label }: AskMessageFacts, locale: Locale) => ({
  title: localized(documentTitle, locale).text,
  label,
});
