import type { Locale } from "@/db/vocabulary/languages";
import type { DeregistrationUpdateFacts } from "@/domain/broadcasts/facts";
import { type Address, at } from "@/lib/addresses";
import { formatDateTime } from "@/lib/format";
import { translator } from "@/messages/translator";

export type DeregistrationWords = {
  title: string;
  lead: string;
  next: string;
  /** `at` (ISO 8601) where the value is a moment. */
  facts: { term: string; value: string; at?: string }[];
  action: { href: Address; label: string };
};

/** What an account's owners read of each step of its deregistration (P33). */
export function deregistrationWords(
  facts: DeregistrationUpdateFacts,
  locale: Locale,
): DeregistrationWords {
  const t = translator(locale, "deregistrations");
  const step = stepOf(facts);
  const { number, accountName, uin, executeAfter } = facts;
  const account = t("notice.accountText", { account: accountName, uin });
  const isAhead = ["requestedAlone", "confirmed", "reminded", "resumed"].includes(step);
  return {
    title: deregistrationTitle(facts, locale),
    lead: t(`notice.lead.${step}`, { account }),
    next: t(`notice.next.${step}`),
    facts: [
      { term: t("notice.facts.number"), value: number },
      { term: t("notice.facts.account"), value: account },
      ...(isAhead && executeAfter
        ? [
            {
              term: t("notice.facts.executeAfter"),
              value: t("notice.executeText", { date: formatDateTime(executeAfter, locale) }),
              at: executeAfter,
            },
          ]
        : []),
      ...(facts.reason ? [{ term: t("notice.facts.reason"), value: facts.reason }] : []),
    ],
    action: { href: deregistrationHref(facts), label: t(`notice.action.${step}`) },
  };
}

/** The one line of a list, a subject or a page title. It names a number and nobody. */
export function deregistrationTitle(
  { event, number }: DeregistrationUpdateFacts,
  locale: Locale,
): string {
  return translator(locale, "deregistrations")(`notice.title.${event}`, { number });
}

/** Where an owner acts; once the account has gone, the certificate, which its key opens. */
export function deregistrationHref({
  number,
  uin,
  certificate,
}: DeregistrationUpdateFacts): Address {
  return certificate
    ? at("/deregistration/certificate/*", number, { key: certificate.key })
    : at("/account/deregistration", { account: uin });
}

/** An account with one owner cools off as soon as it is asked for. */
const stepOf = ({ event, executeAfter }: DeregistrationUpdateFacts) =>
  event === "requested" && executeAfter ? "requestedAlone" : event;
