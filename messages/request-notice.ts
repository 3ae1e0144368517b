import type { Locale } from "@/db/vocabulary";
import type { RequestUpdateFacts } from "@/domain/broadcasts/facts";
import { formatDate } from "@/lib/format";
import { shanghaiMidnight } from "@/lib/shanghai";

import { translator } from "./translator";

export type RequestNotice = {
  title: string;
  lead: string;
  facts: { term: string; value: string }[];
  /** Why the mail says no more. */
  isPrivate: string;
  action: { href: string; label: string };
};

/** What an update of a request says: which request, what happened, by when it is answered (P26, P47). */
export function requestNotice(facts: RequestUpdateFacts, locale: Locale): RequestNotice {
  const t = translator(locale, "broadcasts");
  const type = translator(locale, "requests")(`type.${facts.type}`);
  const date = formatDate(shanghaiMidnight(facts.dueDate), locale);
  return {
    title: requestTitle(facts, locale),
    lead: t(`request.lead.${facts.event}`),
    facts: [
      { term: t("request.facts.number"), value: facts.number },
      { term: t("request.facts.type"), value: type },
      ...(hasDue(facts)
        ? [
            {
              term: t("request.facts.due"),
              value: t(facts.isDueProvisional ? "request.dueProvisional" : "request.due", { date }),
            },
          ]
        : []),
    ],
    isPrivate: t("request.private"),
    action: { href: requestHref(facts), label: t("request.open") },
  };
}

/** The one line of a list, a subject or a page title. It names a number and nobody. */
export function requestTitle({ event, number }: RequestUpdateFacts, locale: Locale): string {
  return translator(locale, "broadcasts")(`request.title.${event}`, { number });
}

/** The page of a request, for its requester; the account's task where a developer is asked. */
export function requestHref({ number, event }: RequestUpdateFacts): string {
  return event === "developer_asked" ? `/requests/${number}/answer` : `/requests/${number}`;
}

/** An answer that has been given is no longer due. */
const hasDue = ({ event }: RequestUpdateFacts): boolean =>
  event !== "decided" && event !== "receipt";
